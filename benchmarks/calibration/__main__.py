"""Run the calibration: ``python -m benchmarks.calibration long`` or ``short``."""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.calibration.bounds import check, lines_of
from benchmarks.calibration.events import with_events
from benchmarks.calibration.runner import STREAMS, run
from benchmarks.calibration.studies import long_form, short_form
from benchmarks.calibration.tables import tables_of

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Simulate, judge, write tables and figures; exit 1 if a bound is broken."""
    arguments = _parser().parse_args()
    started = time.perf_counter()
    studies = list(short_form() if arguments.form == "short" else long_form(arguments.share))
    stream = "short" if arguments.form == "short" else arguments.stream
    frame = with_events(run(studies, stream=stream, n_processes=arguments.processes))
    checked = check(frame)
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, table in (tables_of(frame) | {"bounds": checked}).items():
            table.to_csv(arguments.out / f"{name}.tsv", sep="\t", index=False, float_format="%.4f", lineterminator="\n")
        if arguments.form == "long":
            from benchmarks.calibration.figures import draw

            draw(tables_of(frame), arguments.out)
    seconds = time.perf_counter() - started
    sys.stdout.write("\n".join([*lines_of(checked), f"{frame['dataset'].nunique()} data sets, {seconds:.0f} s", ""]))
    return int((checked["status"] == "broken").any())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("form", choices=["long", "short"])
    parser.add_argument("--stream", choices=sorted(STREAMS), default="confirmation", help="seeds of the long form")
    parser.add_argument("--share", type=float, default=1.0, help="factor on the number of data sets of the long form")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, help="folder of tables and figures; none is written without it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
