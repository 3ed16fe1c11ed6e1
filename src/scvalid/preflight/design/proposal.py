"""Series that a sample sheet seems to hold and the config does not name: proposed, never taken for granted."""

from collections.abc import Iterator, Mapping
from typing import Final

from scvalid.errors import shown
from scvalid.submission import Submission
from scvalid.submission.samples.quantities import number_in

MIN_DOSES: Final = 3
_COLUMNS: Final = (("dose", "dose_value", ("dose_unit", "exposure_h")), ("time", "exposure_h", ("dose_value", "dose_unit")))
"""Kind of series, the column that must differ between its arms, and those that must not."""


def proposed_series(submission: Submission) -> Iterator[str]:
    """Yield a remark for a compound that stands in at least three arms of different doses, or of different times.

    Nothing is proposed where the config names a series, or where an arm holds several values.
    """
    design = submission.config.design
    if design.series:
        return
    of_arms = {arm: _one_of(submission, arm) for arm in dict.fromkeys(sample.arm for sample in submission.samples)}
    headline = of_arms.get(design.treated, {})
    for kind, column, same in _COLUMNS:
        alike = {
            arm: number
            for arm, record in of_arms.items()
            if record.get("compound_id") == headline.get("compound_id") is not None
            and all(record.get(name) == headline.get(name) for name in same)
            and (number := number_in(record.get(column, ""))) is not None
        }
        if design.treated in alike and len(set(alike.values())) == len(alike) >= MIN_DOSES:
            levels = {design.vehicle: 0} | alike if kind == "dose" else alike
            arms = ", ".join(
                f"{shown(arm)}: {float(level):g}" for arm, level in sorted(levels.items(), key=lambda x: float(x[1]))
            )
            yield (
                f"the sheet holds {len(alike)} {kind}s of the treated compound: to look for a trend, write under design: "
                f"series: [{{name: {kind}s, kind: {kind}, arms: {{{arms}}}}}]."
            )


def _one_of(submission: Submission, arm: str) -> Mapping[str, str]:
    """Return what all samples of an arm state alike."""
    pairs = zip(submission.samples, submission.records, strict=True)
    records = [record for sample, record in pairs if sample.arm == arm]
    return {name: value for name, value in records[0].items() if all(record.get(name) == value for record in records)}
