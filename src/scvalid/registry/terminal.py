"""Text in the columns of a terminal, where a Chinese character takes two."""

import re
from typing import Final
from unicodedata import combining, east_asian_width

LABEL_COLUMNS = 14
NARROWEST = 50

_WIDE: Final = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_CLOSING: Final = ",。;:、)》”!?"
_PIECE: Final = re.compile(rf"(?:[{_WIDE}]|[^\s{_WIDE}]+|(?=\s))[{_CLOSING}]*\s*")
"""What stays on one line: a word or one Chinese character, with the closing mark and the space after it."""


def width_of(text: str) -> int:
    """Return the columns that a text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many columns, broken at spaces and between Chinese characters.

    A word of Latin letters that is longer than a line is cut.
    """
    lines: list[str] = []
    line = ""
    for piece in (part for found in _PIECE.findall(text) for part in _cut(found, width)):
        if line and width_of(line) + width_of(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def labelled(label: str, text: str, *, width: int, indent: int = 2) -> str:
    """Return a label and a text beside it, wrapped to the width of the terminal (at least 50 columns)."""
    head = " " * indent + label + " " * max(1, LABEL_COLUMNS - width_of(label))
    lines = wrap(text, max(width, NARROWEST) - width_of(head))
    return "\n".join([head + lines[0], *(" " * width_of(head) + line for line in lines[1:])])


def _cut(piece: str, width: int) -> list[str]:
    if width_of(piece.rstrip()) <= width:
        return [piece]
    return [piece[i : i + width] for i in range(0, len(piece), width)]
