"""Decision files of one run held against each other, against what was asked, and against the run's report."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from scvalid.contracts.decisions import DecisionFile, ToldRun
from scvalid.contracts.verdicts import Evidence
from scvalid.keys import ALL_MSC
from scvalid.verdicts.compute.decision_files.assembly import families_of, specifications_of
from scvalid.verdicts.compute.decision_files.verification import Mismatch, rows_of

HEADLINE: Final = (ALL_MSC, "by_state")
"""Groupings that every run has."""
MISSING: Final = "A file was removed, or the run did not end; run the workflow again."
STALE: Final = "The config has it no longer: move its folder and files away, or run the workflow with it."
MIXED: Final = "Files of two runs lie together; run the workflow again."
_OF_THE_CLAIM: Final = {"q", "floor", "rivals", "n_unrelated", "n_unrelated_moving"}
"""Numbers of a read-out that depend on the claim that names it."""
Groupings = Mapping[str, Sequence[DecisionFile]]
"""Name of a grouping or contrast -> its decision files."""


def lacking_claims(files: Sequence[DecisionFile]) -> tuple[str, ...]:
    """Return the claims that were asked in one grouping and have no file."""
    present = {file.claim.id for file in files}
    return tuple(one.claim_id for one in files[0].asked if one.claim_id not in present)


def verify_together(files: Sequence[DecisionFile], *, is_whole: bool = False) -> tuple[Mismatch, ...]:
    """Return what files of one run and grouping say differently of each other, and of the p values of all of them.

    Parameters
    ----------
    files
        Of one grouping or contrast.
    is_whole
        Whether each claim that was asked must have its file.
    """
    found = list(_of_others(files))
    for claim_id, n in Counter(file.claim.id for file in files).items():
        if n > 1:
            found.append(Mismatch("", "", f"decision files of claim {claim_id}", str(n), "one", MIXED))
    if is_whole:
        found += [Mismatch("", "", f"claim {one}", "none", "a decision file", MISSING) for one in lacking_claims(files)]
    return (*found, *_of_readouts(files), *_of_all(files))


def _of_others(files: Sequence[DecisionFile]) -> Iterator[Mismatch]:
    """Yield what is the same in all files of a grouping, and is not."""
    first = files[0]
    shared = ("registration", "asked", "settings", "context", "caps", "families", "specifications")
    for file in files[1:]:
        names = [name for name in shared if getattr(file, name) != getattr(first, name)]
        if [state.facts for state in file.states] != [state.facts for state in first.states]:
            names.append("design")
        for name in names:
            yield Mismatch("", "", f"{name} of {file.claim.id}", "another", f"that of {first.claim.id}", MIXED)


def _of_readouts(files: Sequence[DecisionFile]) -> Iterator[Mismatch]:
    """Yield read-outs of which two claims have other numbers."""
    known: dict[tuple[str, str, str], tuple[str, Evidence]] = {}
    for file in files:
        for part in (part for state in file.states for part in state.parts):
            if part.evidence is None:
                continue
            evidence = part.evidence.model_copy(update=dict.fromkeys(_OF_THE_CLAIM))
            other, known_one = known.setdefault(part.key, (file.claim.id, evidence))
            if evidence != known_one:
                what = f"numbers in claim {file.claim.id}"
                yield Mismatch(part.state, part.readout.id, what, "others", f"those in claim {other}", MIXED)


def _of_all(files: Sequence[DecisionFile]) -> Iterator[Mismatch]:
    first, rows = files[0], [row for file in files for row in rows_of(file)]
    is_whole = not lacking_claims(files)
    told, present = first.families, families_of(rows)
    for name in ("primary", "other"):
        of_files, of_family = Counter(getattr(present, name)), Counter(getattr(told, name))
        lacking, extra = (of_files - of_family).total(), (of_family - of_files).total() if is_whole else 0
        if lacking or extra:
            text = f"{lacking} that are not in it, {extra} too many"
            yield Mismatch("", "", f"p values of the {name} family", text, "those of the read-outs of all claims, each once")
    for kind, names in specifications_of(rows).items() if is_whole else ():
        if set(names) != set(first.specifications.get(kind, ())):
            offered = ", ".join(first.specifications.get(kind, ())) or "none"
            yield Mismatch("", "", f"specifications of a {kind}", offered, ", ".join(names) or "none")


def verify_run(groupings: Groupings, report: ToldRun | None = None, *, is_whole: bool = False) -> tuple[Mismatch, ...]:
    """Return what the groupings and contrasts of one run say differently of each other and of its report.

    Settings and context are the same in all; all cells and cell states have the same claims as well, a further contrast has its
    own.

    Parameters
    ----------
    groupings
        Files by name of grouping.
    report
        What the report of the run says; it knows which contrasts there are.
    is_whole
        Whether each grouping of the run must be there.
    """
    reference = next((name for name in HEADLINE if name in groupings), next(iter(groupings)))
    first = groupings[reference][0]
    contrasts = {f"contrast-{one.name}": one for one in report.contrasts} if report else {}
    found: list[Mismatch] = []
    for name, files in groupings.items():
        if report and name not in (*HEADLINE, *contrasts):
            found.append(Mismatch("", "", name, "present", "a contrast of the run, whose report does not name it", STALE))
            continue
        found += _against(files[0], first, reference)
    if is_whole:
        lacking = [name for name in (*HEADLINE, *contrasts) if name not in groupings]
        found += [Mismatch("", "", name, "none", "a folder of decision files", MISSING) for name in lacking]
    return (*found, *(_against_report(groupings, report) if report else ()))


def _against(file: DecisionFile, first: DecisionFile, reference: str) -> Iterator[Mismatch]:
    is_headline = file.contrast is first.contrast is None
    for name in ("settings", "context", *(("registration", "asked", "caps") if is_headline else ())):
        if getattr(file, name) != getattr(first, name):
            yield Mismatch("", "", f"{name} of {file.place}", "another", f"that of {reference}", MIXED)
    registered = {one.claim_id: one.sha256 for one in first.asked}
    for one in file.asked:
        if registered.get(one.claim_id, one.sha256) != one.sha256:
            what = f"file of claim {one.claim_id} in {file.place}"
            yield Mismatch("", "", what, one.sha256, f"{registered[one.claim_id]}, as in {reference}", MIXED)


def _against_report(groupings: Groupings, report: ToldRun) -> Iterator[Mismatch]:
    headline = {claim.id: claim.verdict for claim in report.claims}
    told = dict.fromkeys(HEADLINE, (report.registration, headline))
    for one in report.contrasts:
        told[f"contrast-{one.name}"] = one.registration, {name: claim.verdict for name, claim in one.claims.items()}
    for name, files in groupings.items():
        if name not in told:
            continue
        registration, verdicts = told[name]
        if files[0].registration != registration:
            yield Mismatch("", "", f"registration of {name}", files[0].registration, f"{registration}, as in the report", MIXED)
        for file in files if name != "by_state" else ():
            verdict, said = file.states[0].verdict, verdicts.get(file.claim.id)
            if verdict != said:
                what = f"verdict on {file.claim.id} in {name}"
                yield Mismatch("", "", what, verdict, f"{said or 'none'}, as in the report", MIXED)
