"""Where decision files lie, and reading one that anybody may have written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from scvalid.contracts.decisions import DecisionFile
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.bounded import read_bounded
from scvalid.io.documents import parse_strictly

Model = TypeVar("Model", bound=BaseModel)
MAX_BYTES = 30_000_000
MAX_FILES = 10_000
LAST_PARTS = 5
"""Of a path that a sentence names: data set, verdicts, grouping, decisions, file."""
FOLDER = "decisions"
"""Name of the folders in which the workflow leaves decision files."""
_FIX = "Take the file as the workflow wrote it."
_OTHERS = {
    "published verdicts, verdicts.json of a report": {"dataset", "n_claims"},
    "a file of verdicts": {"grouping", "design", "claims"},
    "verdicts beyond several contrasts": {"contrast", "beyond", "claims"},
    "claims": {"claims"},
}
"""What else a run writes as JSON -> some of its keys."""


@dataclass(frozen=True)
class Source:
    """A decision file to read.

    Attributes
    ----------
    path
        As it was named, or below the folder that was.
    run
        The folder of verdicts of its run; its own folder where it lies elsewhere.
    is_of_folder, is_of_run
        Whether the whole folder of decisions was named, or that of the whole run: what is missing there is a fault.
    """

    path: Path
    run: Path
    is_of_folder: bool
    is_of_run: bool

    @property
    def name(self) -> str:
        """The end of its path, as sentences name it."""
        return name_of(self.path)


def name_of(path: Path) -> str:
    """Return the end of a path as one line."""
    return "/".join(shown(part)[1:-1] for part in path.parts[-LAST_PARTS:] if part != path.anchor)


def sources_of(paths: Sequence[Path]) -> list[Source]:
    """Return the decision files that files and folders name.

    Raises
    ------
    SubmissionError
        If a folder holds none, or there are too many.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        inside = list(_below(path)) if path.is_dir() else [Source(path, _run_of(path), is_of_folder=False, is_of_run=False)]
        if not inside:
            got = "a folder without one"
            raise SubmissionError([sentence(shown(path), "hold decision files", got, f"Name a folder '{FOLDER}' of a run.")])
        for source in inside:
            known = found.get(source.path.resolve())
            if known is None or (source.is_of_run, source.is_of_folder) > (known.is_of_run, known.is_of_folder):
                found[source.path.resolve()] = source
    if len(found) > MAX_FILES:
        raise SubmissionError([sentence("verify", f"be given at most {MAX_FILES} files", str(len(found)), "Name fewer.")])
    return list(found.values())


def _below(folder: Path) -> Iterator[Source]:
    """Give the JSON files of the folders of decisions below a folder; those of the folder itself where there are none."""
    others = [path for path in folder.rglob("*.json") if path.parent.name == FOLDER]
    whole = folder.resolve()
    for path in sorted(others or folder.glob("*.json")):
        run = _run_of(path)
        yield Source(path, run, is_of_folder=True, is_of_run=bool(others) and (run == whole or whole in run.parents))


def _run_of(path: Path) -> Path:
    parent = path.resolve().parent
    return parent.parent.parent if parent.name == FOLDER else parent


def read_decisions(source: Path) -> DecisionFile:
    """Read a decision file.

    Raises
    ------
    SubmissionError
        With one sentence, if it is none.
    """
    return read_foreign(source, DecisionFile, what="a decision file")


def read_foreign(source: Path, kind: type[Model], *, what: str) -> Model:
    """Read a JSON document that anybody may have written: bounded, each key once, each number within bounds.

    Raises
    ------
    SubmissionError
        With one sentence, if it cannot be read or is not ``what`` it must be.
    """
    name = name_of(source)
    try:
        raw = read_bounded(source, limit=MAX_BYTES)
    except OSError as error:
        got = shown(error.strerror or type(error).__name__)
        raise SubmissionError([sentence(name, "be a readable file", got, "Check the path.")]) from None
    if len(raw) > MAX_BYTES:
        raise SubmissionError([sentence(name, f"be below {MAX_BYTES // 1_000_000} MB", "more", "No run writes such a file.")])
    try:
        values = parse_strictly(raw)
        return kind.model_validate_json(raw)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(step) for step in fault["loc"])
        fault_there = f"{shown(place)[1:-1]}: " if place else ""
        got = _other(values) or f"a file that is none: {fault_there}{shown(fault['msg'])[1:-1]}"
    except ValueError as error:
        got = f"a file that is none: {shown(error)[1:-1]}"
    raise SubmissionError([sentence(name, f"be {what}", got, _FIX)])


def _other(values: object) -> str | None:
    """Return what else of a run a document is; None if it looks like nothing known."""
    if not isinstance(values, dict) or "asked" in values or "families" in values:
        return None
    return next((what for what, keys in _OTHERS.items() if keys <= values.keys()), None)
