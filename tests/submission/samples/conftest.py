"""The standard of this repository, and a submission whose sheet has the columns that a test gives it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scvalid.submission.config import parse_config
from scvalid.submission.model import Submission
from scvalid.submission.samples.records import Described, describe_samples
from scvalid.submission.samples.standard import Standard, read_standard

BASE = {
    "dataset": "small",
    "samples": "samples.tsv",
    "claims": "claims.yaml",
    "design": {"treated": "drug", "vehicle": "vehicle"},
}


@pytest.fixture(scope="session")
def resources() -> Path:
    return Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="session")
def standard(resources: Path) -> Standard:
    return read_standard(resources, own=())


@pytest.fixture
def described(rows, sheet_of, resources) -> Callable[..., Described]:
    """``described({"passage": "P4" or [one a row]}, **config)``: what is read of a sheet with these columns."""

    def describe(columns: dict[str, object] | None = None, **config: object) -> Described:
        for column, values in (columns or {}).items():
            each = values if isinstance(values, list) else [values] * (len(rows) - 1)
            rows[0].append(column)
            for row, value in zip(rows[1:], each, strict=True):
                row.append(value)
        parsed = parse_config({**BASE, **config}, name="config.yaml")
        return describe_samples(sheet_of(rows), parsed, name="config.yaml", resources=resources)

    return describe


@pytest.fixture
def of_described(tmp_path) -> Callable[..., Submission]:
    """What was read as a submission without claims, whatever speaks against it."""

    def submission(found: Described, **config: object) -> Submission:
        parsed = parse_config({**BASE, **config}, name="config.yaml")
        said = (found.records, found.fields, found.doubts, found.refused)
        return Submission(parsed, "config.yaml", tmp_path, found.samples, None, (), *said)

    return submission


@pytest.fixture
def submitted(described, of_described) -> Callable[..., Submission]:
    """The same as a submission without claims; nothing may speak against it."""

    def submit(columns: dict[str, object] | None = None, **config: object) -> Submission:
        found = described(columns, **config)
        assert (found.faults_of_sheet, found.faults_of_config) == ((), ())
        return of_described(found, **config)

    return submit
