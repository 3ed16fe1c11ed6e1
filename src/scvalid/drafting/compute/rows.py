"""Rows of the sample sheet from what the files are called and hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from scvalid.drafting.compute.apart import holds
from scvalid.drafting.compute.arms import Arm, Vocabulary, arm_of, arm_words_of, named_arms
from scvalid.drafting.compute.crossing import crossed_arms, rests_of
from scvalid.drafting.compute.donors import donor_words, donors_of
from scvalid.drafting.compute.draft import Row
from scvalid.drafting.compute.grouping import Group
from scvalid.drafting.compute.naming import sample_ids
from scvalid.errors import sentence, shown
from scvalid.settings import Sample

FEW_CELLS = 20


@dataclass(frozen=True)
class View:
    """A file as rows are made from it.

    Attributes
    ----------
    name
        What it is called.
    path
        As it is to stand in the sheet.
    groups
        The samples in it; none: it is one.
    long_name
        What it is called together with its folders, '' where these tell nothing.
    """

    name: str
    path: str
    groups: tuple[Group, ...] = ()
    long_name: str = ""


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
    long = {view.path: view.long_name or view.name for view in views}
    named, notes = _best_named(good, long, vocabulary)
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


def _best_named(rows: Sequence[Row], long: Mapping[str, str], vocabulary: Vocabulary) -> tuple[list[Row], list[str]]:
    """Return rows with arms and donors as the names of the files tell, or as they tell with their folders if that is more."""
    short_rows, notes = _with_arms_and_donors(rows, vocabulary)
    are_files = [bool(row.label) and row.label == row.sample_id for row in rows]
    renamed = [
        replace(row, sample_id=long[row.path], label=long[row.path]) if is_file else row
        for row, is_file in zip(rows, are_files, strict=True)
    ]
    long_rows, long_notes = _with_arms_and_donors(renamed, vocabulary)
    is_repeated = len({row.sample_id for row in rows}) < len({row.sample_id for row in renamed})
    more = _n_told(long_rows) - _n_told(short_rows)
    return (long_rows, long_notes) if more > 0 or (is_repeated and more == 0) else (short_rows, notes)


def _n_told(rows: Sequence[Row]) -> int:
    return sum(bool(row.arm) + bool(row.donor_id) for row in rows)


def _with_arms_and_donors(rows: Sequence[Row], vocabulary: Vocabulary) -> tuple[list[Row], list[str]]:
    split = [arm_words_of(row.label, vocabulary) for row in rows]
    arms = [Arm(row.arm, "") if row.arm else arm_of(words, vocabulary) for row, words in zip(rows, split, strict=True)]
    arms = _with_crossed(split, arms)
    names = named_arms(arms)
    are_stated = all(any(holds(name, word) for word in vocabulary.stated) for name in names)
    without = [i for i, row in enumerate(rows) if not row.donor_id]
    used = [arms[i].words for i in without]
    found = donors_of([split[i] for i in without], used, [names[i] for i in without], are_stated=are_stated)
    donors = dict(zip(without, found.names, strict=True))
    told = [
        replace(row, arm=arm, donor_id=donors.get(i, row.donor_id))
        for i, (row, arm) in enumerate(zip(rows, names, strict=True))
    ]
    return told, [found.doubt] if found.doubt else []


def _with_crossed(split: Sequence[Sequence[str]], arms: Sequence[Arm]) -> list[Arm]:
    """Return arms, those that no word tells of guessed from the pattern of all names."""
    if all(arm.name for arm in arms):
        return list(arms)
    used = [arm.words if arm.name else () for arm in arms]
    names = [arm.name for arm in arms]
    rests = rests_of(split, used)
    named = donors_of(split, used, names).names
    donors = [
        donor_words(words, donor) or (rest if name else [])
        for words, donor, rest, name in zip(split, named, rests, names, strict=True)
    ]
    crossed = crossed_arms(split, donors, names)
    return [Arm(" ".join(words), "", words=tuple(words)) if words else arm for arm, words in zip(arms, crossed, strict=True)]


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
