"""Which cells of a file are the sample."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from scvalid.errors import nearest, sentence, shown

_MAX_ADVICE = 300


def select_cells(
    columns: Mapping[str, NDArray[np.object_]], selection: Mapping[str, str], *, n_cells: int
) -> NDArray[np.bool_]:
    """Return which cells have every stated value.

    Parameters
    ----------
    columns
        Column of obs -> its values as text, ``n_cells`` each; at least the columns of ``selection``.
    selection
        Column of obs -> value that a cell of the sample has there; empty takes all cells.
    """
    is_selected = np.ones(n_cells, dtype=bool)
    for column, value in selection.items():
        is_selected &= columns[column] == value
    return is_selected


def faults_of_columns(known: Iterable[str], selection: Mapping[str, str], *, where: str) -> list[str]:
    """Return one sentence for each column of the selection that the file does not have."""
    names = list(known)
    missing = [column for column in selection if column not in names]
    faults = []
    for column in missing:
        must = f"have the obs column {shown(column)} that 'cells' names"
        fix = _advice(column, names) if names else "Leave 'cells' empty for a file without obs columns."
        faults.append(sentence(where, must, "none of that name", fix))
    return faults


def faults_of_selection(columns: Mapping[str, NDArray[np.object_]], selection: Mapping[str, str], *, where: str) -> list[str]:
    """Return a sentence for each value that no cell has, or one if no cell has all values together."""
    faults = []
    for column, value in selection.items():
        if not (columns[column] == value).any():
            advice = _advice(value, set(columns[column]) - {""})
            faults.append(sentence(where, f"have cells with {shown(f'{column}={value}')}", "none", advice))
    n_cells = len(next(iter(columns.values()))) if columns else 1
    if not faults and not select_cells(columns, selection, n_cells=n_cells).any():
        pairs = ";".join(f"{column}={value}" for column, value in selection.items())
        faults.append(sentence(where, f"have cells with {shown(pairs)}", "none with all of them", "Check the combination."))
    return faults


def _advice(name: str, known: Iterable[str]) -> str:
    names = list(known)
    text = nearest(name, names)
    return text if len(text) <= _MAX_ADVICE else f"There are {len(names)} others; check the spelling."
