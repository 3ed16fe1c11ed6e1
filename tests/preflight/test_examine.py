"""The whole check: no fault hides another, and nothing but the project's own error comes out of any input."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scvalid.preflight.examine import examine_config
from scvalid.submission.config import Config
from scvalid.submission.samples.sheet import KNOWN

RESOURCES = Path(__file__).parents[2] / "resources"
CLAIM = {
    "id": "C1",
    "statement": {"en": "x"},
    "parts": [{"readout": {"type": "gene", "id": "RUNX2"}, "direction": "up", "role": "primary"}],
}
CONFIG = {"dataset": "d", "samples": "s.tsv", "claims": "c.yaml", "design": {"treated": "drug", "vehicle": "vehicle"}}
N_EXAMPLES = 2_000


def write(folder: Path, config: object, claims: object, sheet: str | bytes) -> Path:
    (folder / "c.yaml").write_text(json.dumps(claims), encoding="utf-8")
    (folder / "s.tsv").write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode("utf-8", "surrogatepass"))
    target = folder / "config.yaml"
    target.write_text(config if isinstance(config, str) else yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return target


def test_nine_faults_in_nine_places_are_said_at_once(tmp_path):
    config = {
        **CONFIG,
        "titel": "misspelt",
        "seed": "seven",
        "verdicts": {"delta": -1},
        "design": {"treated": "drgu", "vehicle": "vehicle"},
        "gene_sets": ["none.gmt"],
        "registered_claims": ["S03cc"],
    }
    sheet = "sample_id\tpath\tdonor_id\tarm\na\ta.h5ad\tD1\tdrug\na\tb.h5ad\td1\tvehicle\n"
    target = write(tmp_path, config, {"claims": [CLAIM, {**CLAIM, "id": "C2", "control": "positive"}]}, sheet)
    found = examine_config(target, resources=RESOURCES)
    texts = "\n".join(fault.text for fault in found.faults)
    expected = [
        "'titel'",
        "'seed'",
        "'verdicts.delta'",
        "'drug'",
        "none.gmt",
        "'S03cc'",
        "each sample once",
        "one way",
        "'control'",
    ]
    assert [word for word in expected if word not in texts] == []
    assert found.status == "refused"
    assert {fault.topic for fault in found.faults} == {"config", "samples", "claims", "gene_sets", "files"}


def test_a_fault_in_one_key_does_not_hide_files_that_are_missing(tmp_path):
    sheet = "sample_id\tpath\tdonor_id\tarm\na\ta.h5ad\tD1\tdrug\nb\tb.h5ad\tD1\tvehicle\n"
    target = write(tmp_path, {**CONFIG, "seed": -1}, {"claims": [CLAIM]}, sheet)
    found = examine_config(target, resources=RESOURCES)
    assert [fault.topic for fault in found.faults] == ["config", "files"]


def test_the_parts_of_a_sentence_stand_beside_it(tmp_path):
    target = write(tmp_path, {**CONFIG, "seed": -1, "samples": "none.tsv"}, {"claims": [CLAIM]}, "")
    first = examine_config(target, resources=RESOURCES).faults[0]
    assert first.text == f"{first.where} must {first.must}. Got {first.got}. {first.fix}"


def test_a_config_that_cannot_be_read_is_refused_too(tmp_path):
    found = examine_config(tmp_path / "none.yaml", resources=RESOURCES)
    assert (found.status, [fault.topic for fault in found.faults]) == ("refused", ["config"])


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
tree = st.recursive(
    plain, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=8), x, max_size=3), max_leaves=6
)
odd = st.sampled_from(
    ["../../x", "$(id)", "a;b", "样本一", "x" * 300, "a\nb", "{x}", "/dev/zero", "/proc/self/mem", ".", "", "~"]
)
words = odd | st.text(max_size=20)
keys = st.sampled_from([*Config.model_fields]) | st.text(max_size=8)
configs = st.dictionaries(keys, tree | odd, max_size=4).map(lambda more: {**CONFIG, **more}) | tree
claims_files = (
    st.builds(lambda more: {"claims": [{**CLAIM, **more}]}, st.dictionaries(st.sampled_from([*CLAIM, "context"]), tree)) | tree
)
rows = st.lists(st.lists(words, min_size=3, max_size=6), max_size=4)
headers = st.permutations([*KNOWN][:6]) | st.lists(words, max_size=6)


@st.composite
def sheets(draw: Any) -> str | bytes:
    """A sheet of known or any columns with any values, or any bytes."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=200))
    lines = [draw(headers), *draw(rows)]
    return "\n".join("\t".join(line) for line in lines)


@pytest.mark.slow
@settings(max_examples=N_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(config=configs, claims=claims_files, sheet=sheets())
def test_no_submission_raises(tmp_path_factory, config, claims, sheet):
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    target = write(folder, config, claims, sheet)
    found = examine_config(target, resources=RESOURCES)
    assert (found.status == "refused") == bool(found.faults)
    assert all(fault.text.isprintable() and len(fault.text) < 2_000 for fault in found.faults)
    assert sorted(path.name for path in folder.iterdir()) == ["c.yaml", "config.yaml", "s.tsv"]


def test_a_profile_of_cells_that_qc_will_leave_out_is_not_counted_on(tmp_path, repository):
    import anndata
    import numpy as np
    import pandas as pd

    table = pd.read_csv(repository / "resources/genes/human.tsv.gz", sep="\t", dtype=str)
    symbols = ["RUNX2", *(name for name in table["symbol"].drop_duplicates() if name != "RUNX2")][:6_000]
    rows, audits = [f"{d}{arm[0]}\t{d}{arm[0]}.h5ad\t{d}\t{arm}" for d in "ABC" for arm in ("drug", "vehicle")], {}
    for depth in (0.2, 0.02):
        for i, row in enumerate(rows):
            rng = np.random.default_rng(i)
            values = rng.poisson(rng.gamma(0.5, 2 * depth, 6_000), (60, 6_000)).astype(np.float32)
            cells = pd.DataFrame(index=[f"c{k}" for k in range(60)])
            anndata.AnnData(values, cells, pd.DataFrame(index=symbols)).write_h5ad(tmp_path / row.split("\t")[1])
        sheet = "\n".join(["sample_id\tpath\tdonor_id\tarm", *rows, ""])
        found = examine_config(write(tmp_path, CONFIG, {"claims": [CLAIM]}, sheet), resources=RESOURCES)
        assert found.status == "passed"
        audits[depth] = (found.design.gate is None, len(found.design.left_out), found.files[0].share_kept)
    assert audits == {0.2: (True, 0, 1.0), 0.02: (False, 6, 0.0)}
