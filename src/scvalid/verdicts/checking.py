"""Verify decision files that anybody may have written, and say in lines and sentences what was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.contracts.decisions import DecisionFile, ToldRun
from scvalid.contracts.faults import sentences_of
from scvalid.contracts.verdicts import BeyondFile
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.documents import read_yaml, sha256_of
from scvalid.verdicts.compute.decision_files.beyond_again import verify_beyond
from scvalid.verdicts.compute.decision_files.runs import (
    HEADLINE,
    MISSING,
    STALE,
    Groupings,
    lacking_claims,
    verify_run,
    verify_together,
)
from scvalid.verdicts.compute.decision_files.verification import Mismatch, verify, verify_claim
from scvalid.verdicts.settings import VerdictsSettings
from scvalid.verdicts.sources import Source, name_of, read_decisions, read_foreign, sources_of

LONGEST = 200
"""Characters of a value that a sentence quotes."""
REPORT = Path("report") / "verdicts.json"
"""Where the report of a run lies, seen from beside its folder of verdicts."""
Files: TypeAlias = list[tuple[Source, DecisionFile]]


@dataclass
class Checked:
    """One line for each verdict, one sentence for each difference, and what was not there to be looked at."""

    lines: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    n_files: int = 0
    n_verdicts: int = 0


def check_decisions(paths: Sequence[Path], *, claims: Sequence[Path] = ()) -> Checked:
    """Verify files and folders; hold their claims against files of claims, if any are given.

    Raises
    ------
    SubmissionError
        If there is no decision file, or a file of claims cannot be read.
    """
    registered = _read_claims(claims) if claims else None
    found, runs = Checked(), dict[Path, dict[str, Files]]()
    for source in sources_of(paths):
        try:
            file = read_decisions(source.path)
            differences = (*verify(file), *(verify_claim(file, registered) if registered is not None else ()))
        except SubmissionError as error:
            found.sentences += error.findings
            continue
        except ValidationError as error:
            found.sentences += sentences_of(error, VerdictsSettings, name=f"{source.name}, settings")[:1]
            continue
        found.n_files += 1
        found.lines += _lines(file, differences)
        found.sentences += [_said(source.name, difference) for difference in differences]
        runs.setdefault(source.run, {}).setdefault(file.place, []).append((source, file))
    for run, groupings in runs.items():
        _check_run(found, run, groupings)
    found.n_verdicts = len(found.lines)
    return found


def _check_run(found: Checked, run: Path, groupings: dict[str, Files]) -> None:
    """Hold the files of one run against each other, and against what else the run left."""
    for place, entries in groupings.items():
        files = [file for _, file in entries]
        is_whole = any(source.is_of_folder for source, _ in entries)
        where = name_of(entries[0][0].path.parent)
        found.sentences += [_said(where, difference) for difference in verify_together(files, is_whole=is_whole)]
        if not is_whole and (lacking := lacking_claims(files)):
            found.absent.append(f"{len(lacking)} of {len(files[0].asked)} claims of {shown(place)[1:-1]}")
    is_run = any(source.is_of_run for entries in groupings.values() for source, _ in entries)
    told = _read_report(found, run) if is_run else None
    if not is_run:
        found.absent += [name for name in HEADLINE if name not in groupings]
    decisions = {place: [file for _, file in entries] for place, entries in groupings.items()}
    differences = verify_run(decisions, told, is_whole=is_run)
    found.sentences += [_said(name_of(run), difference) for difference in differences]
    if is_run:
        _check_beyond(found, run, decisions, told)
    elif any(file.contrast is not None for files in decisions.values() for file in files):
        found.absent.append("what holds beyond contrasts")


def _read_report(found: Checked, run: Path) -> ToldRun | None:
    report = run.parent / REPORT
    if not report.exists():
        found.absent.append(f"the report of the run, {name_of(report)}, which names its contrasts")
        return None
    try:
        return read_foreign(report, ToldRun, what="the verdicts of a report")
    except SubmissionError as error:
        found.sentences += error.findings
        return None


def _check_beyond(found: Checked, run: Path, groupings: Groupings, told: ToldRun | None) -> None:
    """Verify the claims beyond contrasts of one run; with its report, no such file may be missing or too many."""
    sources = {path.stem: path for path in sorted(run.glob("beyond-*.json"))}
    expected = {f"beyond-{one.contrast}" for one in told.beyond} if told else set(sources)
    for name, source in sources.items():
        try:
            file = read_foreign(source, BeyondFile, what="verdicts beyond several contrasts")
        except SubmissionError as error:
            found.sentences += error.findings
            continue
        differences = list(verify_beyond(file, groupings))
        if name not in expected or name != f"beyond-{file.contrast}":
            must = "verdicts of the run, whose report does not name them"
            differences.insert(0, Mismatch("", "", name, "present", must, STALE))
        found.lines += _lines_beyond(file, is_verified=not differences)
        found.sentences += [_said(name_of(source), difference) for difference in differences]
    for name in sorted(expected - sources.keys()):
        found.sentences.append(_said(name_of(run), Mismatch("", "", f"{name}.json", "none", "a file", MISSING)))


def _lines_beyond(file: BeyondFile, *, is_verified: bool) -> Iterator[str]:
    verified = "as its numbers give it" if is_verified else "DIFFERS"
    contrasts = " ".join(shown(name)[1:-1] for name in (file.contrast, "beyond", *file.beyond))
    for row in file.claims:
        claim, state = shown(row.claim_id)[1:-1], shown(row.state)[1:-1]
        yield f"{claim}  [{contrasts}]  {state}  {row.verdict}  {verified}"


def _read_claims(sources: Sequence[Path]) -> dict[str, dict[str, Claim]]:
    found: dict[str, dict[str, Claim]] = {}
    for source in sources:
        values = read_yaml(source)
        try:
            claims = ClaimsFile.model_validate(values).claims
        except ValidationError as error:
            raise SubmissionError(sentences_of(error, ClaimsFile, name=source.name, values=values)) from None
        found[sha256_of(source)] = {claim.id: claim for claim in claims}
    return found


def _lines(file: DecisionFile, differences: Sequence[Mismatch]) -> Iterator[str]:
    claim = file.claim.id if file.contrast is None else f"{file.claim.id}  [contrast {shown(file.contrast)[1:-1]}]"
    for state in file.states:
        own = [difference for difference in differences if difference.state in ("", state.facts.state)]
        verified = "DIFFERS" if own else "as its numbers give it"
        yield f"{claim}  {shown(state.facts.state)[1:-1]}  {state.verdict}  {verified}"


def _said(where: str, difference: Mismatch) -> str:
    where += f", state {shown(difference.state)}" if difference.state else ""
    where += f", part {shown(difference.readout)}" if difference.readout else ""
    told, found = (text if len(text) <= LONGEST else f"{text[:LONGEST]} …" for text in (difference.told, difference.found))
    return sentence(f"{where}: {_one_line(difference.what)}", f"be {_one_line(found)}", _one_line(told), difference.fix)


def _one_line(text: str) -> str:
    return text if text.isprintable() else ascii(text)
