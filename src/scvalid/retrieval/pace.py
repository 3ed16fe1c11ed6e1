"""How fast a server is: one that sends a letter a minute is never silent for long, and would never end."""

import threading
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class TooSlow(Exception):  # noqa: N818  a turn of events, no error of ours: the next attempt follows
    """There was no answer in time."""


class Pace:
    """The bytes that came in one stretch of time after the other.

    Parameters
    ----------
    window_s
        Length of a stretch, seconds.
    least
        Bytes a second that are enough.
    at, size
        When the first one begins, seconds of any clock, and the bytes that were there before.
    """

    def __init__(self, *, window_s: float, least: float, at: float, size: int) -> None:
        self._window_s, self._least = window_s, least
        self._at, self._size = at, size

    def is_too_slow(self, now: float, size: int) -> bool:
        """Return whether a stretch has ended, at a time and with so many bytes here, in which too few came."""
        seconds = now - self._at
        if seconds < self._window_s:
            return False
        n_new, self._at, self._size = size - self._size, now, size
        return n_new < self._least * seconds


def within(ask: Callable[[], Answer], *, seconds: float) -> Answer:
    """Return what a function returns, or raise what it raises, if that takes no longer than some seconds.

    Raises
    ------
    TooSlow
        If it takes longer; its thread is left to itself, and does not hold up the end of the program.
    """
    found: list[Answer] = []
    failed: list[BaseException] = []

    def answer() -> None:
        try:
            found.append(ask())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise TooSlow
    return found[0]
