"""What is refused of the rows of a sheet: one sentence for a thing that is wrong, however many rows have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scvalid.errors import sentence, shown

MAX_LINES = 6


@dataclass(frozen=True)
class Refused:
    """A text that cannot stand in its column, and what must be there."""

    column: str
    text: str
    must: str
    fix: str


def sentences_by_value(faults: Iterable[tuple[int, Refused]], *, name: str) -> list[str]:
    """Return one sentence for each thing that is wrong, with the rows that have it, however many."""
    lines: dict[Refused, list[int]] = {}
    for line, fault in faults:
        lines.setdefault(fault, []).append(line)
    return [
        sentence(f"{name} {_rows(found)}, column {shown(fault.column)},", fault.must, _got(fault.text), fault.fix)
        for fault, found in lines.items()
    ]


def _got(text: str) -> str:
    return shown(text) if text else "nothing"


def _rows(lines: Sequence[int]) -> str:
    unique = sorted(set(lines))
    more = f" and {len(unique) - MAX_LINES} more" if len(unique) > MAX_LINES else ""
    return ("row " if len(unique) == 1 else "rows ") + ", ".join(map(str, unique[:MAX_LINES])) + more
