import gzip
import time

import pytest

from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text import lines
from scvalid.intake.readers.text.lines import first_fields, lines_of, rows_of


def test_byte_order_mark_and_any_line_end_are_taken_plain_or_packed(tmp_path):
    text = "\ufeffg1\tA\r\n\r\ng2\tB".encode()
    for name, raw in (("a.tsv", text), ("b.tsv.gz", gzip.compress(text)), ("c.tsv", gzip.compress(text))):
        (tmp_path / name).write_bytes(raw)
        assert rows_of(tmp_path / name) == [["g1", "A"], ["g2", "B"]]
        assert first_fields(tmp_path / name) == ["g1", "g2"]


@pytest.mark.parametrize(
    "raw", ["é".encode("latin-1"), "gene".encode("utf-16"), "gene".encode("utf-16-le"), b"\x89HDF\r\n\x1a\n\0"]
)
def test_what_is_no_utf_8_is_refused(raw, tmp_path):
    (tmp_path / "x").write_bytes(raw)
    with pytest.raises(Refusal, match="other bytes in line"):
        list(lines_of(tmp_path / "x", max_bytes=100))


def test_size_is_bounded_when_unpacked_and_in_one_line(tmp_path, monkeypatch):
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"0\t" * 3_000_000))
    with pytest.raises(Refusal, match="more than 1 MB"):
        list(lines_of(tmp_path / "bomb.gz", max_bytes=1_000_000))
    monkeypatch.setattr(lines, "MAX_LINE", 1 << 20)
    with pytest.raises(Refusal, match="without a line end"):
        list(lines_of(tmp_path / "bomb.gz", max_bytes=10**9))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\n" * 30_000_000, "blank lines"),
        (b"A\n" * 5_000_000, "more than 100 times its size"),
        (b"A" + b"\t" * 1_000_000, "more than 100 fields"),
    ],
    ids=["blank", "one name", "one line"],
)
def test_names_that_are_all_the_same_or_none_are_refused_before_they_are_made(text, said, tmp_path):
    (tmp_path / "barcodes.tsv.gz").write_bytes(gzip.compress(text))
    start = time.process_time()
    with pytest.raises(Refusal, match=said):
        rows_of(tmp_path / "barcodes.tsv.gz")
    assert time.process_time() - start < 3


def test_names_that_differ_are_taken_however_many(tmp_path):
    names = [f"cell{i:07}" for i in range(300_000)]
    (tmp_path / "barcodes.tsv.gz").write_bytes(gzip.compress("\n".join(names).encode(), 9))
    assert first_fields(tmp_path / "barcodes.tsv.gz") == names
