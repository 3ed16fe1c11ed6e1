"""The other integration: the same claims, the same headline verdicts."""

import pytest

pytestmark = pytest.mark.workflow


def test_scvi_integrates_a_whole_submission(tiny, tmp_path, snakemake, read_verdicts):
    config = (
        (tiny / "config.yaml").read_text(encoding="utf-8").replace("method: harmony", "method: scvi\n  scvi: {max_epochs: 5}")
    )
    for key in ("samples: samples.tsv", "claims: claims.yaml", "truth: data/truth.json"):
        name, value = key.split(": ")
        config = config.replace(key, f"{name}: {tiny / value}")
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    done = snakemake(tmp_path, "--configfile", "config.yaml")
    assert done.returncode == 0, done.stderr
    assert '"scvi"' in (tmp_path / "results/demo/integration/summary.json").read_text(encoding="utf-8")
    verdicts = {claim["id"]: claim["verdict"] for claim in read_verdicts(tmp_path)["claims"]}
    assert verdicts["DEMO1"] == "SUPPORTED"
    assert verdicts["DEMO3"] == "CONTRADICTED"
