"""Every error class of the project. What a user reads is one sentence: where, what must be, what was got, what to do."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

SHOWN_CHARACTERS = 80
SHOWN_NAMES = 20
SHOWN_FINDINGS = 100


class ScvalidError(Exception):
    """Root of all errors that the project raises on purpose; the command prints its text alone, without a traceback."""


class SubmissionError(ScvalidError):
    """A submission that cannot be run as it stands.

    Parameters
    ----------
    findings
        One sentence per fault; all faults of one gate are collected before this is raised.
    """

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        more = len(self.findings) - SHOWN_FINDINGS
        rest = [f"... and {more} more faults."] if more > 0 else []
        super().__init__("\n".join([*self.findings[:SHOWN_FINDINGS], *rest]))


class ContractError(ScvalidError):
    """A file between two stages that does not hold what its contract promises."""


class Finding(str):
    """One fault, as the sentence that a person reads; a program finds its parts beside it.

    Attributes
    ----------
    where, must, got, fix
        What is at fault, what it must be or do, what was found, and what to do about it.
    """

    where: str
    must: str
    got: str
    fix: str

    def __new__(cls, where: str, must: str, got: str, fix: str) -> "Finding":
        finding = super().__new__(cls, f"{where} must {must}. Got {got}. {fix}")
        finding.where, finding.must, finding.got, finding.fix = where, must, got, fix
        return finding

    def __reduce__(self) -> tuple[type["Finding"], tuple[str, str, str, str]]:
        return Finding, (self.where, self.must, self.got, self.fix)


def sentence(where: str, must: str, got: str, fix: str) -> str:
    """Return the one form in which a fault is said, where, what must be, what was got, what to do: a ``Finding``."""
    return Finding(where, must, got, fix)


def shown(value: object) -> str:
    """Return untrusted text as it may stand in a sentence: one line, quoted, bounded in length."""
    try:
        text = str(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, or lists within lists without end
        text = type(value).__name__
    if len(text) > SHOWN_CHARACTERS:
        text = text[: SHOWN_CHARACTERS - 1] + "…"
    return ascii(text) if any(not c.isprintable() for c in text) else f"'{text}'"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the advice for a name that is not known: the nearest known one, or the first of them."""
    names = sorted(known)
    close = get_close_matches(name[:1000], names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {shown(close[0])}?"
    rest = ", ..." if len(names) > SHOWN_NAMES else ""
    return f"Known are: {', '.join(shown(n)[1:-1] for n in names[:SHOWN_NAMES])}{rest}."
