"""Data of rat: the simulated cells under the names of their rat orthologs get the same verdicts, by the rat sets."""

import json
import shutil
from pathlib import Path

import anndata
import pytest
import yaml

from scvalid.io.gene_names import read_orthologs

pytestmark = pytest.mark.workflow

EXPECTED = {
    "DEMO1": "SUPPORTED",
    "DEMO2": "SUPPORTED",
    "DEMO3": "CONTRADICTED",
    "DEMO5": "SUPPORTED",
    "DEMO6": "NOT_TESTABLE",
}


def translate(file: Path, orthologs: dict[str, str]) -> None:
    adata = anndata.read_h5ad(file)
    adata.var_names = [orthologs.get(gene, f"Unnamed{i}") for i, gene in enumerate(adata.var_names)]
    adata.var = adata.var[[]]
    adata.write_h5ad(file)


@pytest.fixture(scope="module")
def verdicts(tiny, repository, snakemake, tmp_path_factory):
    """Claim id -> its verdict on all cells."""
    folder = tmp_path_factory.mktemp("rat")
    shutil.copytree(tiny, folder / "submission")
    table = repository / "resources/genes/orthologs.tsv.gz"
    orthologs = {human: pair.symbol for human, pair in read_orthologs(table, species="rat").items()}
    for file in sorted((folder / "submission/data").glob("*.h5ad")):
        translate(file, orthologs)
    claims = folder / "submission/claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("species: human", "species: rat"), encoding="utf-8")
    config = folder / "submission/config.yaml"
    values = yaml.safe_load(config.read_text(encoding="utf-8"))
    values["context"]["species"] = "rat"
    del values["truth"]
    config.write_text(yaml.safe_dump(values | {"registered_claims": ["X01"]}, allow_unicode=True), encoding="utf-8")
    target = f"results/{values['dataset']}/verdicts/all_msc.json"
    done = snakemake(folder, "--configfile", str(config), "--", target)
    assert done.returncode == 0, done.stderr + done.stdout
    return {row["claim"]["id"]: row["verdict"] for row in json.loads((folder / target).read_text(encoding="utf-8"))["claims"]}


def test_what_was_planted_is_found_on_the_orthologs(verdicts):
    assert {name: verdicts[name] for name in EXPECTED} == EXPECTED


def test_a_registered_claim_made_in_rat_is_tested_in_rat(verdicts):
    assert verdicts["X01"] != "NOT_TESTABLE"
