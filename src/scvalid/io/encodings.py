"""How a text that a person saved is written: its encoding and what parts its columns. Only what is certain is read."""

import re
from dataclasses import dataclass

_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HIGH = re.compile(rb"[\x80-\xff]")
# of GBK, the part that everyday Chinese needs; a lone µ or é of Windows-1252 is not followed by a second such byte
_EVERYDAY = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_SEPARATORS = {
    ",": "commas",
    ";": "semicolons",
    "，": "full-width commas",
    "；": "full-width semicolons",
    "|": "bars",
    " ": "spaces",
}


@dataclass(frozen=True)
class Encoding:
    """The name of an encoding, for Python where ``is_read``, else as a sentence may say it."""

    name: str
    is_read: bool


def encoding_of(raw: bytes) -> Encoding:
    """Return how bytes are to be decoded, or what they look like where that would be a guess.

    Parameters
    ----------
    raw
        A whole file.
    """
    # Excel's "Unicode Text" is UTF-16 with a byte order mark
    if raw.startswith(_MARKS_OF_UTF16) and _reads(raw, "utf-16"):
        return Encoding("utf-16", is_read=True)
    # UTF-16 without a mark is valid UTF-8, with a zero beside each letter
    if b"\0" in raw:
        is_text = len(raw) % 2 == 0 and (_reads(raw, "utf-16-le") or _reads(raw, "utf-16-be"))
        return Encoding("UTF-16 without its byte order mark" if is_text else "other bytes", is_read=False)
    if _reads(raw, "utf-8-sig"):
        return Encoding("utf-8-sig", is_read=True)
    if _looks_like_gbk(raw):
        return Encoding(_gbk(raw), is_read=False)
    return Encoding("bytes of another encoding, such as Windows-1252", is_read=False)


def separator_of(text: str, *, n_columns: int) -> str:
    """Return what parts the columns of a header in words, ``tabs`` where it is not surely anything else.

    Parameters
    ----------
    text
        The whole text; the first line that is not blank is its header.
    n_columns
        Columns that the header must have; of one column nothing can be said.
    """
    header = next((line for line in text.splitlines() if line.strip()), "")
    if "\t" in header or n_columns < 2:
        return "tabs"
    counts = {word: len(header.strip().split(mark)) for mark, word in _SEPARATORS.items()}
    most = max(counts, key=lambda word: counts[word])
    return most if counts[most] >= n_columns else "tabs"


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        return "\0" not in raw.decode(encoding)
    except UnicodeDecodeError:
        return False


def _looks_like_gbk(raw: bytes) -> bool:
    return _reads(raw, "gb18030") and 4 * len(_EVERYDAY.findall(raw)) >= len(_HIGH.findall(raw))


def _gbk(raw: bytes) -> str:
    """Return how a text in GBK is called, with its separator where that is wrong too."""
    separator = separator_of(raw.decode("gb18030"), n_columns=3)
    besides = "" if separator == "tabs" else f", separated by {separator}"
    return f'what looks like GBK{besides} (Excel on Chinese Windows saves "Text (Tab delimited)" and "CSV" so)'
