"""What is refused of the rows of a sheet: one sentence for a thing that is wrong, however many rows have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scvalid.errors import sentence, shown

MAX_LINES = 6
MAX_TEXTS = 3


@dataclass(frozen=True)
class Refused:
    """A text that cannot stand in its column, and what must be there."""

    column: str
    text: str
    must: str
    fix: str


@dataclass(frozen=True)
class Doubt:
    """A text that is not used, or that was taken as something, and what is said of it."""

    column: str
    text: str
    said: str


def doubt_of(refused: Refused) -> Doubt:
    """Return a text that nothing waits for as a doubt: it is not used, and everything else goes on."""
    return Doubt(refused.column, refused.text, f"not understood, so not used: it must {refused.must}. {refused.fix}")


def columns_of_refused(faults: Iterable[Refused]) -> frozenset[str]:
    """Return the columns of which something was stated and refused; a dose and a vehicle are two columns in one cell."""
    columns = {fault.column for fault in faults}
    together = [{"dose", "dose_value", "dose_unit"}, {"vehicle", "vehicle_pct_v_v"}]
    return frozenset(columns.union(*(parts for parts in together if parts & columns)))


def doubts_by_value(doubts: Iterable[tuple[int, Doubt]], *, name: str) -> list[str]:
    """Return one sentence for all values of a column that are doubted for one reason, with the rows that have them."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for line, doubt in doubts:
        found.setdefault((doubt.column, doubt.said), []).append((line, doubt.text))
    said_of = []
    for (column, said), at in found.items():
        rows, texts = _rows([line for line, _ in at]), _texts([text for _, text in at])
        said_of.append(f"{name} {rows}, column {shown(column)}: {texts} {said.rstrip('. ')}.")
    return said_of


def sentence_of_doubt(doubt: Doubt, where: str) -> str:
    """Return a doubt as a sentence."""
    return f"{where}: {_got(doubt.text)} {doubt.said.rstrip('. ')}."


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


def _texts(texts: Sequence[str]) -> str:
    unique = list(dict.fromkeys(texts))
    more = f" and {len(unique) - MAX_TEXTS} more" if len(unique) > MAX_TEXTS else ""
    return ", ".join(map(_got, unique[:MAX_TEXTS])) + more


def _rows(lines: Sequence[int]) -> str:
    unique = sorted(set(lines))
    more = f" and {len(unique) - MAX_LINES} more" if len(unique) > MAX_LINES else ""
    return ("row " if len(unique) == 1 else "rows ") + ", ".join(map(str, unique[:MAX_LINES])) + more
