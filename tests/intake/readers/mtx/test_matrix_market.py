import gzip
import os
import resource
import time

import numpy as np
import pytest

from scvalid.intake.readers.mtx.matrix_market import first_entries, header_of, whole_matrix
from scvalid.intake.readers.refusal import Refusal

BANNER = "%%MatrixMarket matrix coordinate integer general"


@pytest.fixture
def written(tmp_path):
    def write(*lines, packed=False):
        text = "\n".join(lines).encode() + b"\n"
        (tmp_path / "matrix.mtx").write_bytes(gzip.compress(text) if packed else text)
        return tmp_path / "matrix.mtx"

    return write


@pytest.mark.parametrize(
    "banner",
    [
        "%%MatrixMarket matrix coordinate pattern general",
        "%%MatrixMarket matrix coordinate complex general",
        "%%MatrixMarket matrix array integer general",
        "%%MatrixMarket matrix coordinate integer symmetric",
        "gene,cell,count",
        "",
    ],
)
def test_other_kinds_of_matrix_are_named(banner, written):
    with pytest.raises(Refusal, match=r"matrix\.mtx") as caught:
        header_of(written(banner, "2 2 1", "1 1 1"))
    assert repr(banner) in caught.value.got


@pytest.mark.parametrize("size", ["2 2", "2 2 1 1", "2 2 -1", "2 2 x", "2 2 1e3", "٢ 2 1", f"{'9' * 5000} 2 1"])
def test_a_size_must_be_three_numbers(size, written):
    with pytest.raises(Refusal, match="as its size"):
        header_of(written(BANNER, "% a remark", size, "1 1 1"))


@pytest.mark.parametrize("size", ["10 10 101", "1000000000000 1000000000000 900000000000", "2 2 999999999999999999"])
@pytest.mark.parametrize("packed", [False, True])
def test_more_values_than_shape_or_bytes_hold_are_not_believed(size, packed, written):
    with pytest.raises(Refusal, match="declared"):
        header_of(written(BANNER, size, "1 1 1", packed=packed))


@pytest.mark.parametrize(
    "entry", ["0 1 5", "1 0 5", "3 1 5", "1 9 5", "-1 1 5", "1 1 x", "1 1", "", "99999999999999999999 1 1"]
)
def test_entries_outside_the_matrix_are_refused_by_part_and_whole(entry, written):
    path = written(BANNER, "2 3 2", "1 1 7", entry)
    header = header_of(path)
    if entry:
        with pytest.raises(Refusal):
            first_entries(path, header, limit=10)
    with pytest.raises(Refusal, match=r"matrix\.mtx"):
        whole_matrix(path, header)


def test_a_fourth_number_is_said(written):
    path = written(BANNER, "2 3 2", "1 1 7", "1 1 5 5")
    with pytest.raises(Refusal, match="'1 1 5 5'"):
        first_entries(path, header_of(path), limit=10)


def test_more_lines_than_declared_are_refused(written):
    path = written(BANNER, "2 3 1", "1 1 7", "1 2 7")
    with pytest.raises(Refusal):
        whole_matrix(path, header_of(path))


def test_a_header_that_lies_within_the_bytes_of_a_packed_file_takes_no_memory(written):
    noise = "%" + "".join(np.random.default_rng(0).choice(list("abcdefghij"), size=200_000))
    path = written(BANNER, noise, "20000 20000 1200000", "1 1 1", packed=True)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    header = header_of(path)
    with pytest.raises(Refusal):
        whole_matrix(path, header)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB
    assert time.perf_counter() - start < 5


def test_entries_are_counted_from_zero_and_remarks_passed_over(written):
    path = written(BANNER.replace("integer", "real"), "%", "2 3 2", "% here too", "2 1 4.5", "1 3 2")
    assert first_entries(path, header_of(path), limit=9).tolist() == [[1, 0, 4.5], [0, 2, 2]]


@pytest.mark.parametrize(
    ("above", "below", "said"),
    [
        (b"%\n" * 30_000_000, b"", "as its size"),
        (b"", b"1 1 1\n" * 10_000_000, "3 x 3|more text|declared"),
        (b"", b"\n" * 60_000_000, "more text|declared|lines"),
    ],
    ids=["remarks", "entries", "blank"],
)
def test_lines_that_gzip_hides_are_not_read_to_their_end(above, below, said, tmp_path):
    path = tmp_path / "matrix.mtx.gz"
    path.write_bytes(gzip.compress(BANNER.encode() + b"\n" + above + b"3 3 2\n1 1 1\n" + below))
    start = time.process_time()
    with pytest.raises(Refusal, match=said):
        _read(path)
    assert time.process_time() - start < 3


def _read(path):
    header = header_of(path)
    first_entries(path, header, limit=1_000)
    whole_matrix(path, header)


def test_a_hole_behind_the_entries_is_refused(written):
    path = written(BANNER, "2 3 1", "1 1 7")
    os.truncate(path, 3 * 2**40)
    with pytest.raises(Refusal, match="1 values declared"):
        header_of(path)
