"""Samples in one file: which columns of obs tell them apart, and the cells of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Role = Literal["sample", "donor", "arm", "batch"]
USUAL: dict[Role, tuple[str, ...]] = {
    "sample": ("sample_id", "sample", "sampleid", "sample_name", "orig.ident", "样本", "样品"),
    "donor": (
        "donor_id", "donor", "donorid", "patient_id", "patient", "subject_id", "subject", "individual_id", "individual",
        "participant", "mouse_id", "animal_id", "animal", "供体", "供者", "患者",
    ),
    "arm": (
        "arm", "condition", "treatment", "stim", "stimulation", "treatment_group", "group", "perturbation", "drug", "compound",
        "处理", "分组", "组别",
    ),
    "batch": ("batch_id", "batch", "library_id", "library", "lane", "gem_group", "批次"),
}  # fmt: skip
"""Names of columns in lower case, the surest first."""
DOUBLETS = (
    "demuxlet", "singlet", "is_singlet", "doublet", "is_doublet", "predicted_doublet", "doublet_class", "scdblfinder.class",
    "demux_type", "droplet_type",
)  # fmt: skip
"""Columns that tell single cells from doublets."""
MAX_VALUES = 300
_NOBODY = frozenset({"", "nan", "na", "none", "unassigned", "undetermined", "unknown", "doublet", "negative", "ambiguous"})
"""What programs that tell donors apart write for a cell of no donor."""

Columns = Mapping[str, NDArray[np.object_]]


@dataclass(frozen=True)
class Group:
    """The cells of one sample in a file of several."""

    selection: tuple[tuple[str, str], ...]
    values: Mapping[Role, str]
    n_cells: int


def wanted_obs(known: Sequence[str]) -> list[str]:
    """Return the columns of obs that may tell samples, donors, arms, batches or doublets."""
    usual = {name for names in USUAL.values() for name in names} | set(DOUBLETS)
    return [column for column in known if column.casefold() in usual]


def roles_of(columns: Columns) -> dict[Role, str]:
    """Return role -> column; a column with a value for nearly each cell tells no samples apart."""
    chosen: dict[Role, str] = {}
    by_name = {column.casefold(): column for column in reversed(list(columns))}
    for role, names in USUAL.items():
        for name in names:
            if name in by_name and 0 < _n_values(columns[by_name[name]]) <= min(MAX_VALUES, len(columns[by_name[name]])):
                chosen[role] = by_name[name]
                break
    return chosen


def group_cells(columns: Columns, roles: Mapping[Role, str]) -> tuple[tuple[Group, ...], int]:
    """Return the samples of a file, and how many cells belong to none.

    The columns that pick a sample are as few as tell all of them apart: that of samples if there is one, and each of donor, arm
    and batch that still differs within what those before it pick.

    Parameters
    ----------
    columns
        Column of obs -> its values as text.
    roles
        Role -> column.
    """
    order: list[Role] = [role for role in ("sample", "donor", "arm", "batch") if role in roles]
    if not order:
        return (), 0
    cells = list(zip(*(columns[roles[role]] for role in order), strict=True))
    tally = Counter(cell for cell in cells if not any(str(value).casefold() in _NOBODY for value in cell))
    keys = _keys(list(tally), len(order))
    groups = [
        Group(
            tuple((roles[order[i]], str(cell[i])) for i in keys),
            {role: str(value) for role, value in zip(order, cell, strict=True)},
            n_cells,
        )
        for cell, n_cells in sorted(tally.items(), key=lambda item: tuple(map(str, item[0])))
    ]
    return tuple(groups), len(cells) - tally.total()


def notes_of_doublets(columns: Columns) -> list[str]:
    """Return a sentence for each column that tells doublets: whoever wants them out adds it to ``cells``."""
    notes = []
    for column, values in columns.items():
        if column.casefold() in DOUBLETS and 1 < _n_values(values) <= 10:
            shares = ", ".join(f"{value} {n}" for value, n in Counter(map(str, values)).most_common() if value)
            best = Counter(v for v in map(str, values) if v).most_common(1)[0][0]
            notes.append(f"obs column {column} tells {shares} cells; to keep one kind, add ;{column}={best} to cells.")
    return notes


def _keys(cells: Sequence[tuple[str, ...]], n_roles: int) -> list[int]:
    """Return the places of the fewest leading columns that tell all combinations apart."""
    keys: list[int] = []
    for i in range(n_roles):
        within: dict[tuple[str, ...], set[str]] = {}
        for cell in cells:
            within.setdefault(tuple(cell[k] for k in keys), set()).add(cell[i])
        if any(len(values) > 1 for values in within.values()):
            keys.append(i)
    return keys


def _n_values(values: NDArray[np.object_]) -> int:
    return len({str(value) for value in values} - {""})
