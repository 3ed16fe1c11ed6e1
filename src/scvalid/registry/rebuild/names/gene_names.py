"""All tables of gene names at once: what ``resources/genes`` holds."""

from pathlib import Path

import pandas as pd

from scvalid.io.gene_names import NICKNAMES, read_nicknames
from scvalid.registry.rebuild.names.aliases import read_aliases_human, read_aliases_mouse
from scvalid.registry.rebuild.names.genes import LATIN, read_genes
from scvalid.registry.rebuild.names.ortholog_overrides import OVERRIDES, read_overrides
from scvalid.registry.rebuild.names.orthologs import read_orthologs_of_human
from scvalid.registry.rebuild.names.symbol_overrides import RAT_OVERRIDES, read_symbol_overrides, with_symbols
from scvalid.registry.rebuild.tables import packed


def build_gene_names(sources: Path, *, entered: Path) -> dict[str, bytes]:
    """Return file name in ``resources/genes`` -> bytes, rebuilt from the source archives.

    Parameters
    ----------
    sources
        Folder with the four archives that ``wheels`` names.
    entered
        Folder with the sheets of names that were entered by hand: nicknames, and pairs and rat symbols that the sources get
        wrong.

    Raises
    ------
    ContractError
        If an archive is missing or another one, or a sheet names what is no gene.
    """
    genes = read_all_genes(sources, entered=entered)
    nicknames = read_nicknames(entered / NICKNAMES).keys()
    overrides = read_overrides(entered / OVERRIDES)
    tables: dict[str, pd.DataFrame] = {
        **genes,
        "aliases_human": read_aliases_human(sources, genes["human"], nicknames=nicknames),
        "aliases_mouse": read_aliases_mouse(sources, genes["mouse"], nicknames=nicknames),
        "orthologs": read_orthologs_of_human(sources, **genes, overrides=overrides),
    }
    return {f"{name}.tsv.gz": packed(table) for name, table in tables.items()}


def read_all_genes(sources: Path, *, entered: Path) -> dict[str, pd.DataFrame]:
    """Return species -> table of genes, with the symbols of rat that were entered by hand."""
    genes = {species: read_genes(sources, species=species) for species in LATIN}
    return genes | {"rat": with_symbols(genes["rat"], read_symbol_overrides(entered / RAT_OVERRIDES))}
