"""A draft of a submission from the files that a person points at."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scvalid.drafting.answers import Answers, Ask, ask_of_data, ask_of_treatment
from scvalid.drafting.compute.arms import Vocabulary, arm_of, choose_arms, note_of_vehicle
from scvalid.drafting.compute.draft import Draft
from scvalid.drafting.compute.grouping import group_cells, notes_of_doublets, roles_of
from scvalid.drafting.compute.naming import name_of_source, name_with_folders, slug_of, words_of
from scvalid.drafting.compute.rows import View, rows_of
from scvalid.drafting.finding import find_sources
from scvalid.drafting.knowledge import (
    Library,
    awaited_columns,
    chosen_claims,
    compound_finder,
    fitting_claims,
    known_compound,
    read_library,
)
from scvalid.drafting.looking import Seen, look
from scvalid.drafting.parting import part_samples
from scvalid.errors import SubmissionError, sentence, shown

FOLDER_OF_LINKS = "data"
_ENDS_OF_TIMES = frozenset("hrsdyn0123456789")
"""24h, 3hours, 7d, 2days, 30min, day3; an amount that ends otherwise is a dose."""


def draft_submission(
    files: Sequence[str], *, answers: Answers, ask: Ask | None, resources: Path, out: Path
) -> tuple[Draft, list[str]]:
    """Return a draft, and a sentence for each file that was left out.

    Parameters
    ----------
    files
        Files, folders and patterns.
    answers
        What was said by options; it counts more than what is guessed.
    ask
        How a person is asked for the rest; None asks nobody.
    resources
        Folder of the registered claims and compounds.
    out
        Folder that the draft will be written into.

    Raises
    ------
    SubmissionError
        If no file can be used, or a claim is not registered.
    """
    library = read_library(resources)
    claims = chosen_claims(answers.claims, resources=resources, out=out)
    words = Vocabulary(compound_finder(library), tuple(filter(None, [answers.vehicle])), tuple(filter(None, [answers.treated])))
    sources, findings = find_sources(files)
    seen = _look_at_all(sources, findings, out=out)
    draft = _guessed(seen, answers, words, findings, out=out)
    draft = ask_of_data(draft, ask, words) if ask else draft
    draft = _with_what_was_given(draft, answers, library, words)
    draft = ask_of_treatment(draft, ask, lambda name: known_compound(name, library)) if ask else draft
    if not any(claims):
        fitting = fitting_claims(draft, library, resources=resources)
        typed = ask("claims to be tested, ids joined by commas", ",".join(fitting)) if ask else ",".join(fitting)
        claims = chosen_claims(typed.replace(",", " ").split(), resources=resources, out=out)
    draft = replace(draft, claims=claims[0], claims_file=claims[1])
    return replace(draft, standard=awaited_columns(draft, resources=resources)), findings


def _guessed(seen: Sequence[Seen], answers: Answers, words: Vocabulary, findings: list[str], *, out: Path) -> Draft:
    """Return what the files tell, where it was not said."""
    notes: list[str] = []
    rows, faults, doubts = rows_of(_views(seen, out=out, notes=notes), words)
    findings += faults
    if not rows:
        raise SubmissionError(findings)
    arms = [row.arm for row in rows]
    treated, vehicle = choose_arms(arms, words)
    doubts += [note for note in (note_of_vehicle(vehicle, words), *_unseen(answers, {treated, vehicle} - set(arms))) if note]
    return Draft(
        dataset=slug_of(answers.dataset or _name_of_data([one.source for one in seen], out)),
        rows=rows,
        species=answers.species or _only({one.species for one in seen}),
        cell_type=answers.cell_type,
        medium=answers.medium,
        induction=answers.induction,
        treated=treated,
        vehicle=vehicle,
        counts_layer=_layer(seen, findings),
        notes=tuple(dict.fromkeys([*notes, *doubts])),
    )


def _look_at_all(sources: Sequence[Path], findings: list[str], *, out: Path) -> list[Seen]:
    """Return what could be read; what could not is said, and the others go on."""
    seen = []
    for source in sources:
        parts, faults = part_samples(source, out=out / FOLDER_OF_LINKS)
        findings += faults
        for part in parts:
            try:
                seen.append(look(part, where=shown(str(part))))
            except SubmissionError as error:
                findings += error.findings
    return seen


def _unseen(answers: Answers, missing: set[str]) -> list[str]:
    """Return a sentence for each arm that a person gave and no sample has."""
    given = {"--treated": answers.treated, "--vehicle": answers.vehicle}
    return [
        f"{option} {word} is in the config, but no sample has this arm: correct the column arm of samples.tsv."
        for option, word in given.items()
        if word and word in missing
    ]


def _views(seen: Sequence[Seen], *, out: Path, notes: list[str]) -> list[View]:
    shared = Path(os.path.commonpath([one.source.absolute().parent for one in seen])) if seen else Path()
    return [_view(one, out=out, notes=notes, n_shared=len(shared.parts)) for one in seen]


def _view(seen: Seen, *, out: Path, notes: list[str], n_shared: int) -> View:
    groups, n_left_out = group_cells(seen.columns, roles_of(seen.columns))
    name = name_of_source(seen.source.absolute().parts[1:])
    notes += notes_of_doublets(seen.columns)
    if n_left_out:
        notes.append(f"{n_left_out} cells of {shown(seen.source.name)} have no donor or arm, and are in no sample.")
    long_name = name_with_folders(seen.source.absolute().parts, n_shared=n_shared)
    return View(name, _path_in_sheet(seen.source, out), groups, long_name)


def _path_in_sheet(source: Path, out: Path) -> str:
    """Return the path seen from the sheet if the data lie below the working directory or the sheet, else the whole path."""
    whole, here, there = source.absolute(), Path.cwd(), out.resolve()
    if ".." in whole.parts:
        # what lies above a link is not what its name says
        whole = whole.parent.resolve() / whole.name
    is_near = any(whole.is_relative_to(folder) for folder in (here, there, out.absolute()))
    if not is_near:
        return str(whole)
    # the sheet is read where a link to its folder leads
    inner = there / whole.relative_to(out.absolute()) if whole.is_relative_to(out.absolute()) else whole
    return os.path.relpath(inner, there)


def _name_of_data(sources: Sequence[Path], out: Path) -> str:
    """Return a name for the dataset: of the only file, of the folder of all, or of the folder that is written."""
    if len(sources) == 1:
        name = name_of_source(sources[0].absolute().parts[1:])
    else:
        name = name_of_source(Path(os.path.commonpath([source.absolute().parent for source in sources])).parts[1:])
    return slug_of(name) or slug_of(out.absolute().name)


def _with_what_was_given(draft: Draft, answers: Answers, library: Library, words: Vocabulary) -> Draft:
    found = arm_of(words_of(draft.treated), words)
    name = answers.compound or (found.compounds[0] if len(found.compounds) == 1 and not answers.treatment else "")
    compound = known_compound(name, library) if name else None
    if compound is not None:
        amount = next((word for word in found.amounts if word[-1].casefold() not in _ENDS_OF_TIMES), "")
        compound = replace(compound, dose=answers.dose or amount, exposure=answers.exposure, solvent=answers.solvent)
    return replace(draft, compound=compound, treatment=answers.treatment)


def _layer(seen: Sequence[Seen], findings: list[str]) -> str:
    """Return the layer of the counts; the config names one for all files."""
    layers = {one.layer for one in seen}
    if len(layers) > 1:
        got = " and ".join(shown(layer) if layer else "none" for layer in sorted(layers))
        fix = "Write the counts of each file into X, and run init again."
        findings.append(sentence("the files", "have their counts in one layer", got, fix))
    return _only(layers)


def _only(values: set[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""
