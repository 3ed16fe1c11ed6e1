"""Rows of the sample sheet from what the files are called and hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from scvalid.drafting.compute.arms import Arm, Vocabulary, arm_of, named_arms
from scvalid.drafting.compute.donors import donors_of
from scvalid.drafting.compute.draft import Row
from scvalid.drafting.compute.grouping import Group
from scvalid.drafting.compute.naming import sample_ids, words_of
from scvalid.errors import sentence, shown
from scvalid.settings import Sample

FEW_CELLS = 20


@dataclass(frozen=True)
class View:
    """A file as rows are made from it: what it is called, its path in the sheet, and the samples in it (none: it is one)."""

    name: str
    path: str
    groups: tuple[Group, ...] = ()


def rows_of(views: Sequence[View], vocabulary: Vocabulary) -> tuple[tuple[Row, ...], list[str], list[str]]:
    """Return the rows, sentences on what was left out, and notes on guesses that may be wrong.

    Parameters
    ----------
    views
        The files, in their order.
    vocabulary
        The words that name an arm.
    """
    raw = [row for view in views for row in _raw_rows(view, is_only=len(views) == 1)]
    faults = {id(row): _fault_of(row) for row in raw}
    good = [row for row in raw if faults[id(row)] is None]
    notes: list[str] = []
    named = _with_arms_and_donors(good, vocabulary, notes)
    ids = sample_ids([row.sample_id for row in named])
    rows = tuple(replace(row, sample_id=sample_id) for row, sample_id in zip(named, ids, strict=True))
    few = [
        f"{shown(_cells(group))} picks {group.n_cells} cells: too few for a profile."
        for view in views
        for group in view.groups
        if group.n_cells < FEW_CELLS
    ]
    return rows, [fault for fault in faults.values() if fault], notes + few


def _raw_rows(view: View, *, is_only: bool) -> list[Row]:
    """Return the rows of a file, with what its obs columns say; ``sample_id`` and ``label`` still hold the words for them."""
    if not view.groups:
        return [Row(sample_id=view.name, label=view.name, path=view.path)]
    rows = []
    for group in view.groups:
        picked = " ".join(value for _, value in group.selection)
        values = group.values
        title = picked if is_only and picked else f"{view.name} {picked}".strip()
        # a column of samples often says donor and arm in one word
        label = values.get("sample") or ("" if group.selection else view.name)
        rows.append(
            Row(
                sample_id=title,
                label=label,
                path=view.path,
                donor_id=values.get("donor", ""),
                arm=values.get("arm", ""),
                batch_id=values.get("batch", ""),
                cells=_cells(group),
            )
        )
    return rows


def _with_arms_and_donors(rows: Sequence[Row], vocabulary: Vocabulary, notes: list[str]) -> list[Row]:
    split = [words_of(row.label) for row in rows]
    arms = [Arm(row.arm, "") if row.arm else arm_of(words, vocabulary) for row, words in zip(rows, split, strict=True)]
    names = named_arms(arms)
    without = [i for i, row in enumerate(rows) if not row.donor_id]
    found = donors_of([split[i] for i in without], [arms[i].words for i in without], [names[i] for i in without])
    notes += [found.doubt] if found.doubt else []
    donors = dict(zip(without, found.names, strict=True))
    return [
        replace(row, arm=arm, donor_id=donors.get(i, row.donor_id))
        for i, (row, arm) in enumerate(zip(rows, names, strict=True))
    ]


def _cells(group: Group) -> str:
    return ";".join(f"{column}={value}" for column, value in group.selection)


def _fault_of(row: Row) -> str | None:
    """Return why a row cannot stand in a sheet: a path or a value that would not be read back as it is."""
    given = {"donor_id": row.donor_id or "x", "arm": row.arm or "x", "batch_id": row.batch_id or "x"}
    try:
        sample = Sample(sample_id="x", path=row.path, cells=row.cells, **given)
    except ValidationError as error:
        place = error.errors(include_url=False)[0]["loc"][0]
        is_path = place == "path"
    else:
        is_path = sample.path != row.path or "{" in row.path or "}" in row.path
        pairs = ";".join(f"{column}={value}" for column, value in sample.selection.items())
        if not is_path and pairs == row.cells:
            return None
    if is_path:
        must = "have a path of at most 200 letters on one line, without { and }, or a space at its end"
        return sentence("a file", must, shown(row.path), "Rename the file or its folder.")
    must = "hold values on one line, without ';' or a space at an end, where cells are to be picked"
    return sentence(f"obs of {shown(row.path)}", must, shown(row.cells), "Rename the value, or write one file a sample.")
