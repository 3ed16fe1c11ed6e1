"""What a server's answer means: take the bytes, follow it elsewhere, try again, or give up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# too early, too many requests, and what a server or a proxy says in a bad minute
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSALS = {
    401: "401, not without signing in",
    403: "403, forbidden or an address that has expired",
    404: "404, no such file",
    410: "410, a file that is gone",
}
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True)
class Verdict:
    """What to do with an answer.

    Attributes
    ----------
    act
        ``take`` the body, ``follow`` the header Location, try ``again``, ``restart`` without the part that is here, or
        ``refuse`` the address.
    start
        Place in the file where the body begins, bytes.
    size
        Bytes of the whole file, None if the server does not say.
    said
        The answer in words, where it is not taken.
    """

    act: Literal["take", "follow", "again", "restart", "refuse"]
    start: int = 0
    size: int | None = None
    said: str = ""


def judge_answer(status: int, headers: Mapping[str, str], *, have: int) -> Verdict:
    """Return what to do with an answer.

    Parameters
    ----------
    status, headers
        Of the answer; the names of the headers in any case.
    have
        Bytes of the file that are here and behind which it was asked for; 0 if the whole was asked for.
    """
    fields = {name.lower(): value for name, value in headers.items()}
    if status in REDIRECTS:
        return Verdict("follow") if fields.get("location") else Verdict("refuse", said=f"{status} that leads nowhere")
    if status == 200:
        return Verdict("take", 0, _number(fields.get("content-length")))
    if status == 206 and have:
        return _judge_part(fields.get("content-range", ""), have=have)
    if status == 416 and have:
        return Verdict("restart")
    if status in _PASSING:
        return Verdict("again", said=f"{status}, a server that is not ready")
    return Verdict("refuse", said=_REFUSALS.get(status, f"the status {status}"))


def validator_of(headers: Mapping[str, str]) -> str:
    """Return what shows, when a download is resumed, that the file is still the same; '' if the server says nothing of it.

    A weak ETag does not vouch for bytes (RFC 9110, section 13.1.5).
    """
    fields = {name.lower(): value for name, value in headers.items()}
    etag = fields.get("etag", "")
    return etag if etag.startswith('"') else fields.get("last-modified", "")


def _judge_part(content_range: str, *, have: int) -> Verdict:
    match = _RANGE.fullmatch(content_range.strip())
    if match is None or int(match[1]) != have:
        return Verdict("restart")
    return Verdict("take", have, _number(match[2]))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
