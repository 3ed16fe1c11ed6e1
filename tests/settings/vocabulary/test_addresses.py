"""Which addresses are taken, and that no printed form shows a password or a token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scvalid.settings import Sample
from scvalid.settings.vocabulary.addresses import fault_of_address, file_name_of, is_address, public_address

GOOD = [
    "https://host/a.h5ad",
    "HTTPS://host.example:8443/b/c%20d.h5ad?download=1#x",
    "https://[::1]:8443/a.h5",
    "https://host/download/?acc=GSM1&file=GSM1_a.h5",
]


@pytest.mark.parametrize("address", GOOD)
def test_good_addresses(address):
    assert is_address(address)
    assert fault_of_address(address) is None


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("http://host/a.h5ad", "https://"),
        ("ftp://host/a.h5ad", "https://"),
        ("s3://bucket/a.h5ad", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https://user:word@host/a.h5ad", "without a user name"),
        ("https:///a.h5ad", "whole address"),
        ("https://host:port/a.h5ad", "whole address"),
        ("https://host:99999/a.h5ad", "whole address"),
        ("https://[::1/a.h5ad", "whole address"),
        ("https://host\\@evil/a.h5ad", "without a user name"),
        ("https://host/a b.h5ad", "whole address"),
        ("https://host/folder/", "one file"),
        ("https://host", "one file"),
    ],
)
def test_bad_addresses(address, word):
    assert is_address(address)
    assert word in fault_of_address(address)


@pytest.mark.parametrize("path", ["data/a.h5ad", "/data/a.h5ad", "C:\\data", "c://data", "https:/host/a", "数据/a.h5ad"])
def test_paths_are_no_addresses(path):
    assert not is_address(path)
    assert public_address(path) == path


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://host/b/c%20d.h5ad?download=1", "c_d.h5ad"),
        ("https://host/records/12/files/a.h5ad/content", "a.h5ad"),
        ("https://host/geo/download/?acc=GSM1&file=GSM1_a.csv.gz", "GSM1_a.csv.gz"),
        ("https://host/ndownloader/files/12345", "12345"),
        ("https://host/..%2f..%2fetc%2fpasswd", "etc_passwd"),
        ("https://host/%E6%95%B0%E6%8D%AE.h5ad", "h5ad"),
        ("https://host/?x", "file"),
        (f"https://host/{'a' * 300}.h5ad", "a" * 95 + ".h5ad"),
    ],
)
def test_file_is_named_safely_and_keeps_its_ending(address, name):
    assert file_name_of(address) == name


@given(st.text(max_size=20), st.text(max_size=20), st.text(alphabet="abc/?#@:", max_size=8))
def test_no_printed_form_shows_what_is_secret(before, after, between):
    for address in (
        f"https://user:SECRET{between}@host/{after}",
        f"https://host/a?token=SECRET{between}{after}",
        f"https://us{between}er:SECRET@host/{after}",
        f"http://host/a#{before}SECRET",
    ):
        assert "SECRET" not in public_address(address) or fault_of_address(address) is None


@given(st.text(max_size=60))
def test_any_text_is_judged_without_an_exception(rest):
    address = f"https://{rest}"
    fault_of_address(address)
    public_address(address)
    if fault_of_address(address) is None:
        name = file_name_of(address)
        assert 0 < len(name) <= 100
        assert "/" not in name
        assert name[0] not in ".-"


ROW = {"sample_id": "a", "donor_id": "D1", "arm": "x", "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"path": "https://host/a.h5ad", "sha256": ""}, "must be the sha256 of the file"),
        ({"path": "https://host/a.h5ad", "sha256": "g" * 64}, "must be the sha256 of the file"),
        ({"path": "https://host/a.h5ad", "sha256": "0" * 63}, "must be the sha256 of the file"),
        ({"path": "a.h5ad"}, "must be empty where path is a file here"),
        ({"path": "http://host/a.h5ad"}, "must be an https:// address"),
        ({"path": "a" * 201, "sha256": ""}, "at most 200 characters"),
    ],
)
def test_a_row_needs_a_checksum_for_an_address_alone(change, word):
    with pytest.raises(ValidationError, match=word):
        Sample.model_validate(ROW | change)


def test_a_long_address_is_taken():
    sample = Sample.model_validate(ROW | {"path": "https://host/a.h5ad?signature=" + "x" * 1500, "sha256": "AB" * 32})
    assert sample.is_remote
    assert sample.sha256 == "ab" * 32
    assert sample.public_path == "https://host/a.h5ad"
