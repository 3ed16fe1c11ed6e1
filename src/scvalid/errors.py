"""Every error class of the project. What a user reads is one sentence: where, what must be, what was got, what to do."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

SHOWN_CHARACTERS = 80


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
        super().__init__("\n".join(self.findings))


class ContractError(ScvalidError):
    """A file between two stages that does not hold what its contract promises."""


def sentence(where: str, must: str, got: str, fix: str) -> str:
    """Return the one form in which a fault is said: where, what must be, what was got, what to do."""
    return f"{where} must {must}. Got {got}. {fix}"


def shown(value: object) -> str:
    """Return untrusted text as it may stand in a sentence: one line, quoted, bounded in length."""
    text = str(value)
    if len(text) > SHOWN_CHARACTERS:
        text = text[: SHOWN_CHARACTERS - 1] + "…"
    return ascii(text) if any(not c.isprintable() for c in text) else f"'{text}'"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the advice for a name that is not known: the nearest known one, or all of them."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else f"Known are: {', '.join(names)}."
