"""A file is here whole and with its checksum, or not at all; everything else is one sentence without the token."""

import hashlib
import time
from pathlib import Path

import pytest

from scvalid.errors import SubmissionError
from scvalid.retrieval.settings import RetrievalSettings
from scvalid.retrieval.step import run

TOKEN = "s3cr3t"  # noqa: S105  no password of anyone
QUICK = RetrievalSettings(max_gb=0.001, timeout_s=5, attempts=3, wait_s=0)


def retrieve(address: str, folder: Path, body: bytes, *, path: str = "/a.h5ad", settings: RetrievalSettings = QUICK) -> Path:
    target = folder / "results/retrieval/0123/a.h5ad"
    url = f"{address}{path}?token={TOKEN}"
    run(settings=settings, url=url, sha256=hashlib.sha256(body).hexdigest(), target=target)
    return target


def refusal(*arguments, **options) -> str:
    with pytest.raises(SubmissionError) as caught:
        retrieve(*arguments, **options)
    (finding,) = caught.value.findings
    assert TOKEN not in finding
    assert "\n" not in finding
    return finding


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "results").rglob("*") if path.is_file())


def test_file_is_retrieved_once(serve, behaviour, tmp_path, capfd):
    address = serve(behaviour)
    target = retrieve(address, tmp_path, behaviour.body)
    assert target.read_bytes() == behaviour.body
    assert left(tmp_path) == ["a.h5ad"]
    assert target.stat().st_mode & 0o044  # readable for the group, as any other result
    assert retrieve(address, tmp_path, behaviour.body) == target
    assert len(behaviour.asked) == 1
    assert TOKEN not in "".join(capfd.readouterr())


def test_wrong_checksum_is_refused_and_the_file_removed(serve, behaviour, tmp_path):
    said = refusal(serve(behaviour), tmp_path, b"another")
    assert hashlib.sha256(b"another").hexdigest() in said
    assert hashlib.sha256(behaviour.body).hexdigest() in said
    assert left(tmp_path) == []


def test_web_page_in_place_of_the_file_is_named(serve, behaviour, tmp_path):
    behaviour.kind, behaviour.body = "text/html; charset=utf-8", b"<html>please sign in</html>"
    assert "web page" in refusal(serve(behaviour), tmp_path, b"another")


def test_cut_connection_goes_on_where_it_ended(serve, behaviour, tmp_path):
    behaviour.cut_at = 200_000
    target = retrieve(serve(behaviour), tmp_path, behaviour.body)
    assert target.read_bytes() == behaviour.body
    first, second = behaviour.asked
    assert "Range" not in first
    assert 0 < int(second["Range"].removeprefix("bytes=").removesuffix("-")) <= 200_000
    assert second["If-Range"] == '"first"'


def test_run_that_was_cut_goes_on_in_the_next(serve, behaviour, tmp_path):
    behaviour.cut_at = 200_000
    once = QUICK.model_copy(update={"attempts": 1})
    address = serve(behaviour)
    assert "a connection that ended" in refusal(address, tmp_path, behaviour.body, settings=once)
    assert left(tmp_path) == [".a.h5ad.part", ".a.h5ad.part.json"]
    assert retrieve(address, tmp_path, behaviour.body, settings=once).read_bytes() == behaviour.body
    assert "Range" in behaviour.asked[1]
    assert left(tmp_path) == ["a.h5ad"]


@pytest.mark.parametrize("change", [{"has_ranges": False}, {"etag": ""}, {"etag": 'W/"weak"'}])
def test_server_without_ranges_or_validator_starts_again(serve, behaviour, tmp_path, change):
    behaviour.cut_at = 200_000
    for name, value in change.items():
        setattr(behaviour, name, value)
    assert retrieve(serve(behaviour), tmp_path, behaviour.body).read_bytes() == behaviour.body
    assert len(behaviour.asked) == 2


def test_file_that_was_replaced_meanwhile_starts_again(serve, behaviour, tmp_path):
    behaviour.cut_at = 200_000
    once = QUICK.model_copy(update={"attempts": 1})
    address = serve(behaviour)
    refusal(address, tmp_path, behaviour.body, settings=once)
    behaviour.body, behaviour.etag = b"new" * 100_000, '"second"'
    assert retrieve(address, tmp_path, behaviour.body, settings=once).read_bytes() == behaviour.body


def test_part_that_is_longer_than_the_file_starts_again(serve, behaviour, tmp_path):
    behaviour.cut_at = 200_000
    once = QUICK.model_copy(update={"attempts": 1})
    address = serve(behaviour)
    refusal(address, tmp_path, behaviour.body, settings=once)
    behaviour.body = behaviour.body[:1000]
    assert retrieve(address, tmp_path, behaviour.body, settings=once).read_bytes() == behaviour.body


@pytest.mark.parametrize(("status", "word"), [(404, "404, no such file"), (403, "expired"), (503, "not ready 3 times")])
def test_status_is_said(serve, behaviour, tmp_path, status, word):
    behaviour.status = status
    assert word in refusal(serve(behaviour), tmp_path, behaviour.body)
    # only what may pass is asked again
    assert len(behaviour.asked) == (3 if status == 503 else 1)
    assert left(tmp_path) == []


def test_redirect_is_followed_to_https_alone(serve, behaviour, tmp_path):
    address = serve(behaviour)
    behaviour.location = f"{address}/a.h5ad?token={TOKEN}"
    assert retrieve(address, tmp_path, behaviour.body, path="/moved").read_bytes() == behaviour.body
    behaviour.location = f"http://localhost/a.h5ad?token={TOKEN}"
    said = refusal(address, tmp_path / "other", behaviour.body, path="/moved")
    assert "a redirect to 'http://localhost/a.h5ad'" in said
    behaviour.location = f"https://user:{TOKEN}@localhost/a.h5ad"
    assert "https addresses only" in refusal(address, tmp_path / "other", behaviour.body, path="/moved")


def test_redirects_in_a_circle_end(serve, behaviour, tmp_path):
    address = serve(behaviour)
    behaviour.location = f"{address}/moved?token={TOKEN}"
    assert "more than 10 redirects" in refusal(address, tmp_path, behaviour.body, path="/moved")


def test_body_without_end_is_stopped(serve, behaviour, tmp_path):
    behaviour.is_endless = True
    assert "at most 0.001 GB" in refusal(serve(behaviour), tmp_path, behaviour.body)
    assert left(tmp_path) == []


def test_file_that_says_it_is_too_large_is_not_begun(serve, behaviour, tmp_path):
    tight = QUICK.model_copy(update={"max_gb": 0.0002})
    assert "Got 0.00041 GB" in refusal(serve(behaviour), tmp_path, behaviour.body, settings=tight)
    assert left(tmp_path) == []


def test_silent_server_is_given_up(serve, behaviour, tmp_path):
    behaviour.silence_s = 0.6
    quick = QUICK.model_copy(update={"timeout_s": 0.2, "attempts": 2})
    assert "nothing for 0.2 s 2 times" in refusal(serve(behaviour), tmp_path, behaviour.body, settings=quick)


def test_certificate_for_another_host_is_refused(serve, behaviour, tmp_path):
    said = refusal(serve(behaviour, name="elsewhere.example"), tmp_path, behaviour.body)
    assert "valid certificate" in said
    assert behaviour.asked == []


def test_nobody_at_the_address_is_said(behaviour, tmp_path):
    assert "no connection 3 times" in refusal("https://localhost:1", tmp_path, behaviour.body)


@pytest.mark.parametrize("url", ["http://localhost/a", "https://user:s3cr3t@localhost/a", "file:///etc/passwd"])
def test_other_addresses_are_not_asked(tmp_path, url):
    with pytest.raises(SubmissionError) as caught:
        run(settings=QUICK, url=url, sha256="0" * 64, target=tmp_path / "a")
    assert TOKEN not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("drip_s", "said"), [(0.05, "less than 1 kB/s for 0.3 s 2 times"), (-0.05, "no whole answer in 0.9 s")]
)
def test_server_that_drips_is_given_up(serve, behaviour, tmp_path, drip_s, said):
    """No silence of it is long, in the body or in the head of its answer."""
    behaviour.drip_s = drip_s
    quick = QUICK.model_copy(update={"timeout_s": 0.3, "attempts": 2})
    start = time.monotonic()
    assert said in refusal(serve(behaviour), tmp_path, behaviour.body, settings=quick)
    assert time.monotonic() - start < 5


def test_body_in_pieces_of_unstated_number_is_taken_whole(serve, behaviour, tmp_path):
    behaviour.is_chunked = True
    assert retrieve(serve(behaviour), tmp_path, behaviour.body).read_bytes() == behaviour.body
