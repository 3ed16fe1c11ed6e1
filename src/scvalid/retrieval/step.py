"""The step of retrieval: bring one file here, check it, put it in its place."""

import logging
import re
from pathlib import Path

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.retrieval.settings import RetrievalSettings
from scvalid.settings.vocabulary.addresses import HASH, fault_of_address, public_address

_FOUND = re.compile(r"got ([0-9a-f]{64})")


def run(*, settings: RetrievalSettings, url: str, sha256: str, target: Path) -> None:
    """Retrieve one file; nothing is done if it is here already.

    Parameters
    ----------
    settings
        Section ``retrieval`` of the config.
    url
        Its https address.
    sha256
        Its checksum, 64 hexadecimal digits.
    target
        Where it is to lie. What is written until the checksum is right has a hidden name beside it.

    Raises
    ------
    SubmissionError
        If the file cannot be had, is too large, or has another checksum; no sentence shows the query of the address.
    """
    import pooch

    from scvalid.retrieval.download import Download
    from scvalid.retrieval.partial import Partial

    where = f"the file {shown(public_address(url))}"
    must = fault_of_address(url) or (None if HASH.fullmatch(sha256) else "have a sha256 of 64 hexadecimal digits")
    if must is not None:
        raise SubmissionError([sentence(where, must, "another", "Correct path and sha256 in the sample sheet.")])
    download = Download(settings, partial=Partial(target), where=where)
    # pooch logs the address, which may hold a token
    pooch.get_logger().setLevel(logging.ERROR)
    try:
        pooch.retrieve(url, f"sha256:{sha256.lower()}", fname=target.name, path=target.parent, downloader=download)
    except ValueError as error:
        raise SubmissionError([_other_file(str(error), download.content_type, where, sha256)]) from None
    except OSError as error:
        got = shown(error.strerror or type(error).__name__)
        raise SubmissionError([sentence(where, "be retrieved to this disk", got, "Check the folder of results.")]) from None


def _other_file(said: str, content_type: str, where: str, sha256: str) -> str:
    found = _FOUND.search(said)
    got = found[1] if found else "another"
    if content_type.startswith("text/html"):
        got += ", of a web page"
    fix = "Correct sha256 or the address; if the file was replaced just now, run again. What was retrieved is removed."
    return sentence(where, f"have the sha256 {sha256.lower()}", got, fix)
