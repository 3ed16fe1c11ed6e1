"""What is written is a submission, and the repository's example is what the package writes."""

from pathlib import Path

import pytest
import yaml

from scvalid.contracts.claims import ClaimsFile
from scvalid.settings import Context, Design, Sample
from scvalid.simulation.compute.planted import SIGNS, planted_truth
from scvalid.simulation.settings import SimulationSettings
from scvalid.simulation.step import submission_texts

CONFIG = Path(__file__).parents[2] / "config"


@pytest.mark.parametrize("name", ["config.yaml", "samples.tsv", "claims.yaml"])
def test_embedded_example_is_what_the_package_writes(name):
    assert (CONFIG / name).read_text(encoding="utf-8") == submission_texts(SimulationSettings(), is_embedded=True)[name]


def test_embedded_example_simulates_with_the_defaults():
    config = yaml.safe_load(submission_texts(SimulationSettings(), is_embedded=True)["config.yaml"])
    assert config["simulation"] == SimulationSettings().model_dump()
    assert SimulationSettings.model_validate(config["simulation"]) == SimulationSettings()


def test_written_config_names_files_that_are_there(submission, settings):
    config = yaml.safe_load((submission / "config.yaml").read_text(encoding="utf-8"))
    assert "simulation" not in config
    assert config["seed"] == settings.seed
    for key in ("samples", "claims", "truth"):
        assert (submission / config[key]).is_file(), key
    Context.model_validate(config["context"])
    Design.model_validate(config["design"])


def test_written_sheet_names_files_that_are_there(submission, settings):
    header, *rows = (submission / "samples.tsv").read_text(encoding="utf-8").splitlines()
    sheet = [Sample.model_validate(dict(zip(header.split("\t"), row.split("\t"), strict=True))) for row in rows]
    assert len(sheet) == 2 * settings.n_donors
    assert all((submission / sample.path).is_file() for sample in sheet)
    assert all(sample.slug == sample.sample_id for sample in sheet)


def test_claims_file_matches_the_planted_truth(submission):
    claims = ClaimsFile.model_validate(yaml.safe_load((submission / "claims.yaml").read_text(encoding="utf-8"))).claims
    truth = {t.claim_id: t for t in planted_truth(SimulationSettings()).claims}
    assert [claim.id for claim in claims] == list(truth)
    assert all(claim.statement.zh for claim in claims)
    sign = {"up": 1, "down": -1}
    for claim in claims:
        part = claim.primary
        if part.readout.type != "gene_set":
            assert truth[claim.id].expected == "NOT_TESTABLE"
            continue
        agrees = SIGNS[part.readout.id] * sign[part.direction]
        assert truth[claim.id].expected == {1: "SUPPORTED", -1: "CONTRADICTED", 0: "NO_RELEVANT_EFFECT"}[agrees]
        assert truth[claim.id].planted_log2fc == 0.5 * SIGNS[part.readout.id]
        assert all(SIGNS[p.readout.id] == 0 for p in claim.parts if p.direction == "no_change")
