"""What is simulated how often: designs, scenarios and planted effects of the long and of the short form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

import numpy as np
from benchmarks.calibration.programmes import N_SETS, Floats
from benchmarks.calibration.scenarios import PLAIN, SET_SHIFTS, VIOLATIONS, Scenario

from scvalid.contracts.claims import ClaimContext
from scvalid.pathways.settings import PathwaysSettings

PRIMARY: Final[str] = PathwaysSettings.model_fields["primary_test"].default
TESTS: Final[tuple[str, ...]] = get_args(PathwaysSettings.model_fields["primary_test"].annotation)
"""Tests that the rule can be run with; calibration says which one is the default."""
Truth = Literal["null", "mixed", "large", "genes, null", "genes, mixed"]
PLANTED: Final[dict[str, Floats]] = {
    "null": np.zeros(N_SETS),
    "mixed": np.r_[0.25, 0.25, -0.25, -0.25, 0.5, 0.5, -0.5, -0.5, np.zeros(12)],
    "large": np.ones(N_SETS) * np.where(np.arange(N_SETS) % 2, 1.0, -1.0),
    "genes, null": np.zeros(N_SETS),
    "genes, mixed": np.zeros(N_SETS),
}
OF_GENES: Final[dict[str, Floats]] = {
    "genes, null": np.zeros(20),
    "genes, mixed": np.r_[0.5, 0.5, -0.5, -0.5, 1.0, 1.0, -1.0, -1.0, np.zeros(12)],
}
"""Effects of the single genes that claims are made on instead of the sets."""


@dataclass(frozen=True)
class Study:
    """Data sets of one design, one scenario and one truth.

    Attributes
    ----------
    n_datasets, n_practice
        Data sets, and how many of them common practice is run on too.
    primary_test
        Test that decides; the data sets do not depend on it.
    fixture
        What the claims carry that forbids any decision; empty in all but the fixtures.
    """

    kind: str
    n: int
    n_datasets: int
    truth: Truth = "null"
    scenario: Scenario = PLAIN
    n_practice: int = 0
    primary_test: str = PRIMARY
    fixture: str = ""
    context: ClaimContext = field(default_factory=ClaimContext)
    is_retracted: bool = False

    @property
    def key(self) -> str:
        """Return what the seeds of its data sets are made from."""
        return f"{self.kind}|{self.n}|{self.scenario.name}|{self.truth}|{self.fixture}"


MAIN: Final = tuple((kind, n) for kind in ("paired", "unpaired") for n in (3, 4, 6))
FURTHER: Final = (
    ("paired", 2), ("unpaired", 2), ("partially paired", 3), ("partially paired", 4), ("partially paired", 6),
    ("two batches", 3), ("two batches", 4), ("two batches", 6), ("paired, two batches", 4), ("paired, two batches", 6),
    ("batch nested in donor", 3), ("batch nested in donor", 4), ("batch nested in donor", 6),
)  # fmt: skip
GENES: Final = (("paired", 3), ("paired", 4), ("unpaired", 3), ("unpaired", 4))
GENE_VIOLATIONS: Final = tuple(s for s in VIOLATIONS if s.name in ("ambient difference", "10 x cells, by arm"))
SMALL: Final = tuple((kind, n) for kind in ("paired", "unpaired") for n in (3, 4))


def long_form(share: float = 1.0) -> Iterator[Study]:
    """Yield every study; ``share`` scales the number of data sets."""

    def times(n: int) -> int:
        return max(2, round(n * share))

    for kind, n in MAIN:
        yield Study(kind, n, times(400), n_practice=times(100))
        yield Study(kind, n, times(250), truth="mixed", n_practice=times(50))
        for test in TESTS:
            if test != PRIMARY:
                yield Study(kind, n, times(200), primary_test=test)
                yield Study(kind, n, times(100), truth="mixed", primary_test=test)
    for kind, n in FURTHER:
        yield Study(kind, n, times(150))
        yield Study(kind, n, times(75), truth="mixed")
    for kind, n in SMALL:
        for scenario in VIOLATIONS:
            yield Study(kind, n, times(100), scenario=scenario, n_practice=times(10))
        for scenario in SET_SHIFTS:
            yield Study(kind, n, times(100), scenario=scenario)
    yield from genes(times(400), times(200), times(100))
    yield from fixtures()


def genes(n_null: int, n_mixed: int, n_violated: int) -> Iterator[Study]:
    """Yield experiments whose claims are on single genes."""
    for kind, n in GENES:
        yield Study(kind, n, n_null, truth="genes, null")
        yield Study(kind, n, n_mixed, truth="genes, mixed")
    for scenario in GENE_VIOLATIONS:
        for kind in ("paired", "unpaired"):
            yield Study(kind, 4, n_violated, truth="genes, null", scenario=scenario)


def short_form() -> Iterator[Study]:
    """Yield what CI runs: enough to see a broken bound, not enough to measure it."""
    for kind, n in MAIN:
        yield Study(kind, n, 40, n_practice=2)
        yield Study(kind, n, 20, truth="mixed")
    for kind, n in (("partially paired", 4), ("two batches", 4), ("batch nested in donor", 4)):
        yield Study(kind, n, 12, truth="mixed")
    for scenario in VIOLATIONS:
        yield Study("paired", 4, 10, scenario=scenario)
        yield Study("unpaired", 4, 10, scenario=scenario)
    yield from genes(16, 6, 4)
    yield from fixtures()


def fixtures() -> Iterator[Study]:
    """Yield experiments with large effects that must not be decided on: 60 claims each."""
    for kind, n in (("confounded with batch", 4), ("paired, confounded with batch", 4)):
        yield Study(kind, n, 3, truth="large", fixture="confounded")
    for kind, n in (("paired", 1), ("unpaired", 1), ("one treated donor", 4)):
        yield Study(kind, n, 3, truth="large", fixture="one donor")
    for kind, n in (("paired", 2), ("unpaired", 2), ("two treated donors", 4)):
        yield Study(kind, n, 3, truth="large", fixture="two donors")
    yield Study("paired", 6, 3, truth="large", fixture="retracted", is_retracted=True)
    for field_, value in (("cell_type", "PBMC"), ("species", "mouse"), ("medium", "osteogenic"), ("induction", "TNF")):
        context = ClaimContext.model_validate({field_: value})
        yield Study("paired", 6, 3, truth="large", fixture="context mismatch", context=context)
