"""The verb ``verify``: every verdict of decision files reached once more from its numbers."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from scvalid.verdicts.checking import Checked

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_verify(verbs: Parsers) -> None:
    """Add the verb with its options."""
    parser = verbs.add_parser("verify", help="work out every verdict again from its decision file, and say what differs")
    parser.add_argument(
        "paths", type=Path, nargs="+", metavar="FILE_OR_FOLDER", help="decision files, or folders in which they lie"
    )
    parser.add_argument("--claims", type=Path, nargs="+", default=(), help="files of claims that the decisions must rest on")


def verify_files(paths: Sequence[Path], claims: Sequence[Path] = ()) -> int:
    """Print one line for each claim and state, then a sentence for each difference; return 1 if there is one, else 0."""
    from scvalid.verdicts.checking import check_decisions

    found = check_decisions(paths, claims=claims)
    for line in found.lines:
        print(line)
    for sentence in found.sentences:
        print(sentence)
    print(_sum_up(found))
    return int(bool(found.sentences))


def _sum_up(found: "Checked") -> str:
    verdicts = f"{_counted(found.n_verdicts, 'verdict')} of {_counted(found.n_files, 'decision file')}"
    said = f"{_counted(len(found.sentences), 'difference')}." if found.sentences else "all as their numbers give them."
    absent = f" Not looked at, for it was not there or not named: {'; '.join(found.absent)}." if found.absent else ""
    return f"{verdicts}: {said}{absent}"


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
