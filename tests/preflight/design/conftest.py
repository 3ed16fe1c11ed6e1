"""Submissions of planted designs: a sheet in words, no files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from scvalid.contracts.claims import ClaimsFile
from scvalid.settings import Context, Design, Sample
from scvalid.submission.config import Compound, Config
from scvalid.submission.model import Submission

CLAIM = {
    "id": "C1",
    "statement": {"en": "x"},
    "parts": [{"readout": {"type": "gene_set", "id": "HALLMARK_HYPOXIA"}, "direction": "up"}],
}
ARMS = {"T": "drug", "V": "vehicle"}


@pytest.fixture(scope="session")
def submission_of() -> Callable[..., Submission]:
    """Make a submission of rows ``donor arm [batch] [name=value ...]``; arms T and V are the compared ones."""

    def submission(*rows: str, claims: Sequence[Mapping[str, Any]] = (CLAIM,), **config: Any) -> Submission:
        samples, records = [], []
        for i, row in enumerate(rows):
            donor, arm, *rest = row.split()
            stated = dict(word.split("=") for word in rest if "=" in word)
            batch = next((word for word in rest if "=" not in word), "b1")
            name = f"s{i + 1}"
            samples.append(Sample(sample_id=name, path=name, donor_id=donor, arm=ARMS.get(arm, arm), batch_id=batch))
            records.append(stated)
        known = {
            "compound": Compound(name="icariin"),
            "context": Context(),
            "design": Design(treated="drug", vehicle="vehicle"),
        }
        values = Config(dataset="d", samples="samples.tsv", claims="claims.yaml", **known | config)
        file = ClaimsFile.model_validate({"claims": claims})
        made = Submission(values, "config.yaml", Path(), tuple(samples), file, (Path("claims.yaml"),), records=tuple(records))
        assert made.records
        return made

    return submission
