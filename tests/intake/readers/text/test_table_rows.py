"""Tables that are small when packed: as many lines, columns or blank lines as fit are told before names are made of them."""

import gzip
import subprocess
import sys
import time

import pytest

from scvalid.intake.readers.refusal import Refusal
from scvalid.intake.readers.text.text_table import TextTableReader

READ = """
import sys
from pathlib import Path
from scvalid.errors import SubmissionError
from scvalid.intake.readers.opening import opened
try:
    with opened(Path(sys.argv[1]), where="f") as reader:
        reader.shape(reader.matrix_names()[0])
except SubmissionError as error:
    print(error.findings[0])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
BOMBS = {
    "columns": ([b"gene", *[b",c" * 10**6] * 12, b"\nACTB", *[b",1" * 10**6] * 12], "have at most 1,000,000 columns"),
    "one line": ([b"gene,c1\n", *[b"A" * 10**6] * 50], "without a line end"),
    "rows": ([b"gene,c1,c2\n", *[b"GAPDH,1,2\n" * 10**5] * 50], "have at most 1,000,000 lines"),
    "blank lines": ([b"gene,c1,c2\nGAPDH,1,2\n", *[b"\n" * 10**6] * 50], "have at most 1,000,000 lines"),
    "remarks": ([b"##\n" * 10**6] * 20, "have at most 1,000,000 lines"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_unpacks_to_many_rows_or_columns_takes_little(name, tmp_path):
    parts, said = BOMBS[name]
    path = tmp_path / "x.csv.gz"
    with gzip.open(path, "wb") as stream:
        stream.writelines(parts)
    assert path.stat().st_size < 300_000
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, timeout=60, check=True)
    finding, peak = run.stdout.splitlines()
    assert said in finding
    assert int(peak) < 400_000  # kB
    assert time.perf_counter() - start < 15


def test_a_long_row_below_a_short_header_is_not_split(tmp_path):
    path = tmp_path / "x.csv"
    rows = "".join(f"GENE{i},1,2\n" for i in range(600))
    path.write_text(f"gene,c1,c2\n{rows}ACTB{',1' * 3_000_000}\n")
    reader = TextTableReader(path)
    with pytest.raises(Refusal, match=r"3000001 values in row 602"):
        reader.shape("")


def test_a_quoted_name_that_holds_the_delimiter_is_one_value(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('gene,symbol,c1,c2\n"ENSG00000000003,1",TSPAN6,1,2\nENSG00000000005,"TNMD",0,4\n')
    reader = TextTableReader(path, orientation="genes_in_rows")
    (name,) = reader.matrix_names()
    assert list(reader.genes(name, []).index) == ["ENSG00000000003,1", "ENSG00000000005"]
    assert reader.matrix(name).toarray().tolist() == [[1, 0], [2, 4]]
