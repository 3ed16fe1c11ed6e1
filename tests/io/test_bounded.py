"""A path that a lab typed may be a pipe that nobody writes to, or a device without end: neither may be waited for."""

import os
from pathlib import Path

import pytest

from scvalid.errors import SubmissionError
from scvalid.io.bounded import read_bounded
from scvalid.io.documents import read_yaml
from scvalid.io.gene_sets import read_gene_sets
from scvalid.io.sheets import read_sheet_rows

READERS = {
    "yaml": read_yaml,
    "sheet": lambda source: read_sheet_rows(source, required=["a"], known=["a"]),
    "gene sets": lambda source: read_gene_sets(source, is_panel=False),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=list(READERS))
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_refused_at_once(reader, kind, tmp_path):
    source = {"pipe": tmp_path / "pipe", "device": Path("/dev/zero"), "folder": tmp_path}[kind]
    if kind == "pipe":
        os.mkfifo(source)
    with pytest.raises(SubmissionError, match="a folder, a device or a pipe") as caught:
        reader(source)
    assert len(caught.value.findings) == 1


def test_no_more_than_the_bound_is_read(tmp_path):
    (tmp_path / "file").write_bytes(bytes(100))
    assert read_bounded(tmp_path / "file", limit=10) == bytes(11)
    assert read_bounded(tmp_path / "file", limit=1_000) == bytes(100)
