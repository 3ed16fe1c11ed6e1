"""alevin-fry output: ``alevin/quants_mat.mtx`` (cells x genes), ``quants_mat_rows.txt`` (barcodes), ``quants_mat_cols.txt``."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from scvalid.intake.readers.mtx.layouts.layout import Layout, ending, files_of, the_file
from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text.lines import first_fields

MATRIX = "quants_mat.mtx"
_FOLDER = "alevin"
_FACTS = "quant.json"
_MAX_FACTS = 1_000_000
_UNSPLICED, _AMBIGUOUS = "-U", "-A"


def alevin_layout(folder: Path) -> Layout | None:
    """Return the layout of alevin-fry for its output folder or the folder ``alevin`` in it; None if it is none.

    Where spliced, unspliced and ambiguous counts stand apart (USA mode), spliced + ambiguous are taken, as the output format
    ``scRNA`` of alevin-fry's own loaders does (He et al. 2022, doi:10.1038/s41592-022-01408-3); the name says so.

    Raises
    ------
    Refusal
        If a file of names is missing, or ``quant.json`` says USA mode and the names of the genes do not.
    """
    inner = folder / _FOLDER if (folder / _FOLDER).is_dir() else folder
    files = files_of(inner)
    if not ending(files, MATRIX):
        return None
    genes = the_file(files, "quants_mat_cols.txt")
    is_split = bare_names(first_fields(genes)) is not None
    if _says_split(inner.parent / _FACTS) and not is_split:
        must = "name each gene three times in USA mode, spliced, unspliced (-U) and ambiguous (-A)"
        raise Refusal(must=must, got="other names in quants_mat_cols.txt", fix="Hand in the folder as alevin-fry wrote it.")
    return Layout(
        f"{MATRIX} (spliced + ambiguous)" if is_split else MATRIX,
        (the_file(files, MATRIX),),
        cells=the_file(files, "quants_mat_rows.txt"),
        genes=genes,
        is_cells_by_genes=True,
        is_split=is_split,
    )


def bare_names(names: Sequence[str]) -> list[str] | None:
    """Return the names of the genes if each stands three times, plain, with -U and with -A; else None."""
    known = frozenset(names)
    bare = [name for name in names if name + _UNSPLICED in known and name + _AMBIGUOUS in known]
    return bare if bare and 3 * len(bare) == len(names) == len(known) else None


def sum_spliced(counts: sparse.csr_matrix, names: Sequence[str], bare: Sequence[str]) -> sparse.csr_matrix:
    """Return cells x ``bare`` genes, spliced + ambiguous, from cells x ``names``."""
    place = {name: i for i, name in enumerate(names)}
    rows = [place[name + kind] for kind in ("", _AMBIGUOUS) for name in bare]
    ones = np.ones(len(rows), dtype=counts.dtype)
    columns = np.tile(np.arange(len(bare)), 2)
    return sparse.csr_matrix(counts @ sparse.csr_matrix((ones, (rows, columns)), shape=(len(names), len(bare))))


def _says_split(facts: Path) -> bool:
    if not facts.is_file():
        return False
    with facts.open("rb") as stream:
        text = stream.read(_MAX_FACTS + 1)
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal(must=f"have a readable {_FACTS}", got="other text", fix="Copy the folder again.") from None
    return isinstance(said, dict) and said.get("usa_mode") is True
