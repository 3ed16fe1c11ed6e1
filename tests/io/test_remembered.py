"""A table is read once, but never in a version that the file no longer has."""

import os

import pytest

from scvalid.io.remembered import remembered


def test_a_file_is_read_again_only_when_it_changed(tmp_path):
    reads = []

    @remembered
    def read(source):
        reads.append(source)
        return [source.read_text()]

    source = tmp_path / "table"
    source.write_text("a")
    assert read(source) is read(source)
    source.write_text("b")
    os.utime(source, ns=(1, 1))
    assert read(source) == ["b"]
    assert len(reads) == 2


def test_what_failed_is_tried_again(tmp_path):
    read = remembered(lambda source: source.read_text())
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "table")
    (tmp_path / "table").write_text("a")
    assert read(tmp_path / "table") == "a"
