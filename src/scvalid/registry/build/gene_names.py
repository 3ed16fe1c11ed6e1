"""All tables of gene names at once: what ``resources/genes`` holds."""

from pathlib import Path

import pandas as pd

from scvalid.registry.build.aliases import read_aliases_human, read_aliases_mouse
from scvalid.registry.build.genes import LATIN, read_genes
from scvalid.registry.build.orthologs import read_orthologs_of_human
from scvalid.registry.build.tables import packed


def build_gene_names(sources: Path) -> dict[str, bytes]:
    """Return file name in ``resources/genes`` -> bytes, rebuilt from the source archives.

    Parameters
    ----------
    sources
        Folder with the four archives that ``wheels`` names.

    Raises
    ------
    ContractError
        If an archive is missing or another one.
    """
    genes = {species: read_genes(sources, species=species) for species in LATIN}
    tables: dict[str, pd.DataFrame] = {
        **genes,
        "aliases_human": read_aliases_human(sources, genes["human"]),
        "aliases_mouse": read_aliases_mouse(sources, genes["mouse"]),
        "orthologs": read_orthologs_of_human(sources, human=genes["human"], mouse=genes["mouse"], rat=genes["rat"]),
    }
    return {f"{name}.tsv.gz": packed(table) for name, table in tables.items()}
