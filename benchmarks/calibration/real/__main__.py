"""Write the tables: ``python -m benchmarks.calibration.real [residuals type_one priors rule]``, all of them by default."""

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.calibration.real.data import SHARED, Kang, read_kang
from benchmarks.calibration.real.priors import prior_rows
from benchmarks.calibration.real.residuals import residual_rows
from benchmarks.calibration.real.rule import rule_rows
from benchmarks.calibration.real.type_one import type_one_rows

HERE = Path(__file__).resolve().parent
Rows = Callable[[Kang], Iterator[Any]]
TABLES: Final[dict[str, Rows]] = {
    "residuals": residual_rows,
    "type_one": type_one_rows,
    "priors": prior_rows,
    "rule": rule_rows,
}
"""Name of a table -> its rows, all of one NamedTuple."""


def write_rows(target: Path, rows: Iterable[Any]) -> None:
    """Write a table."""
    kept = list(rows)
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows([kept[0]._fields, *kept])


def main() -> int:
    """Write the tables that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", nargs="*", choices=[[], *TABLES], default=[])
    parser.add_argument("--out", type=Path, default=HERE)
    arguments = parser.parse_args()
    if not (SHARED / "kang2018_ifnb").is_dir():
        sys.stdout.write("shared data missing: nothing is measured\n")
        return 0
    data = read_kang()
    for name in arguments.tables or TABLES:
        started = time.perf_counter()
        write_rows(arguments.out / f"{name}.tsv", TABLES[name](data))
        sys.stdout.write(f"{name}: {time.perf_counter() - started:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
