"""One file over https: streamed to disk, resumed where the server allows, bounded in size, time and attempts."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
import urllib3

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.retrieval.compute.answers import Verdict, judge_answer, validator_of
from scvalid.retrieval.pace import Pace, TooSlow, within
from scvalid.retrieval.partial import Partial
from scvalid.retrieval.settings import RetrievalSettings
from scvalid.settings.vocabulary.addresses import fault_of_address, public_address

MAX_REDIRECTS = 10
LONGEST_WAIT_S = 60.0
_ENDED = "a connection that ended"
_BLOCK = 1 << 16
_KB = 1_000
_HEAD_WAITS = 3
"""Silences that a name, a connection and the head of an answer may take together."""
_GB = 10**9
_LATER = "Run again later, or retrieve the file by hand and write its path."
_CHECK = "Check the address, or retrieve the file by hand and write its path."


class _Dropped(Exception):  # noqa: N818  a turn of events, no error of ours: the next attempt follows
    """The connection ended before the file did; the text says how."""


class Download:
    """What pooch calls to retrieve a file; an instance brings one file.

    Attributes
    ----------
    content_type
        What the server called the file.
    """

    def __init__(self, settings: RetrievalSettings, *, partial: Partial, where: str) -> None:
        self._settings = settings
        self._partial = partial
        self._where = where
        self._limit = int(settings.max_gb * _GB)
        self.content_type = ""

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        """Bring the file of an address to a path.

        Raises
        ------
        SubmissionError
            With one sentence that does not show the query of the address.
        """
        with requests.Session() as session:
            for attempt in range(self._settings.attempts):
                try:
                    self._attempt(session, url)
                    self._partial.hand_over(Path(output_file))
                    return
                except _Dropped as dropped:
                    said = str(dropped)
                if attempt + 1 < self._settings.attempts:
                    time.sleep(min(self._settings.wait_s * 2**attempt, LONGEST_WAIT_S))
        times = f" {self._settings.attempts} times" if self._settings.attempts > 1 else ""
        raise SubmissionError([self._fault("be sent whole", f"{said}{times}", _LATER)])

    def _attempt(self, session: requests.Session, url: str) -> None:
        """Ask for what is missing, and take it."""
        validator = self._partial.validator(url)
        have = self._partial.size() if validator else 0
        response, verdict = self._asked(session, url, have=have, validator=validator)
        with response:
            if verdict.act == "take":
                self._take(response, verdict, url)
        if verdict.act == "restart":
            self._partial.forget()
            self._attempt(session, url)
        elif verdict.act == "again":
            raise _Dropped(verdict.said)
        elif verdict.act == "refuse":
            raise SubmissionError([self._fault("be found at its address", verdict.said, _CHECK)])

    def _asked(self, session: requests.Session, url: str, *, have: int, validator: str) -> tuple[requests.Response, Verdict]:
        """Return the answer behind all redirects; each must lead to https."""
        # the bytes as they lie there: a checksum is of the file, not of what a server packs or unpacks on the way
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": validator}
        for _ in range(MAX_REDIRECTS + 1):
            with self._failures():
                response = self._answer(session, url, headers)
            verdict = judge_answer(response.status_code, response.headers, have=have)
            if verdict.act != "follow":
                return response, verdict
            response.close()
            url = urljoin(url, response.headers["Location"])
            if fault_of_address(url) is not None:
                raise SubmissionError(
                    [self._fault("lead to https addresses only", f"a redirect to {shown(public_address(url))}", _CHECK)]
                )
        raise SubmissionError([self._fault("be found at its address", f"more than {MAX_REDIRECTS} redirects", _CHECK)])

    def _answer(self, session: requests.Session, url: str, headers: Mapping[str, str]) -> requests.Response:
        """Return the head of an answer; a server that sends it letter by letter keeps each silence short, not the whole."""
        timeout_s = self._settings.timeout_s

        def ask() -> requests.Response:
            return session.get(url, headers=headers, stream=True, timeout=timeout_s, allow_redirects=False)

        try:
            return within(ask, seconds=_HEAD_WAITS * timeout_s)
        except TooSlow:
            msg = f"no whole answer in {_HEAD_WAITS * timeout_s:g} s"
            raise _Dropped(msg) from None

    def _take(self, response: requests.Response, verdict: Verdict, url: str) -> None:
        """Write the body behind what is here, or in its place."""
        self.content_type = response.headers.get("Content-Type", "")
        if (verdict.size or 0) > self._limit:
            self._partial.forget()
            raise SubmissionError([self._too_large(f"{verdict.size / _GB:.3g} GB" if verdict.size else "more")])
        if verdict.start == 0:
            self._partial.begin(url, validator_of(response.headers))
        size = verdict.start
        pace = Pace(window_s=self._settings.timeout_s, least=self._settings.min_kb_s * _KB, at=time.monotonic(), size=size)
        with self._failures(), self._partial.path.open("ab") as stream:
            # what has come, not a full block: that could take for ever to fill
            while block := response.raw.read1(_BLOCK, decode_content=False):
                size += len(block)
                if pace.is_too_slow(time.monotonic(), size):
                    msg = f"less than {self._settings.min_kb_s:g} kB/s for {self._settings.timeout_s:g} s"
                    raise _Dropped(msg)
                if size > self._limit:
                    break
                stream.write(block)
        if size > self._limit:
            self._partial.forget()
            raise SubmissionError([self._too_large("more")])

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Turn what requests and the disk raise into a failed attempt or a refusal; their own texts show the whole address."""
        try:
            yield
        except (requests.exceptions.SSLError, urllib3.exceptions.SSLError) as error:
            if "CERTIFICATE" not in str(error).upper():
                raise _Dropped(_ENDED) from None
            fix = "Check the address; for a server of your own set REQUESTS_CA_BUNDLE to its certificate."
            raise SubmissionError(
                [self._fault("come from a server with a valid certificate", "one that cannot be verified", fix)]
            ) from None
        except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
            silence = f"nothing for {self._settings.timeout_s:g} s"
            raise _Dropped(silence) from None
        except (requests.exceptions.ConnectionError, urllib3.exceptions.HTTPError) as error:
            raise _Dropped(_said(error)) from None
        except requests.exceptions.RequestException as error:
            raise SubmissionError([self._fault("be a usable address", type(error).__name__, _CHECK)]) from None
        except OSError as error:
            got = shown(error.strerror or "a certificate file that is missing")
            fix = "Check the disk, and REQUESTS_CA_BUNDLE if it is set."
            raise SubmissionError([self._fault("be retrieved to this disk", got, fix)]) from None

    def _too_large(self, got: str) -> str:
        fix = "Raise retrieval.max_gb if the file is meant to be so large."
        return self._fault(f"be at most {self._settings.max_gb:g} GB", got, fix)

    def _fault(self, must: str, got: str, fix: str) -> str:
        return sentence(self._where, must, got, fix)


def _said(error: BaseException) -> str:
    """Return how a connection ended, from the kind of the error alone."""
    reason: Any = error
    with suppress(AttributeError, IndexError, TypeError):
        reason = error.args[0].reason
    if isinstance(reason, urllib3.exceptions.NameResolutionError):
        return "no host of that name"
    if isinstance(reason, urllib3.exceptions.NewConnectionError):
        return "no connection"
    return _ENDED
