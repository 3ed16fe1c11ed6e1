"""Public data, checked as a lab would hand them in."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from scvalid.preflight import Preflight, examine_config

RESOURCES = Path(__file__).parents[2] / "resources"
CLAIM = {
    "id": "C1",
    "statement": {"en": "Icariin raises RUNX2 targets"},
    "compound": "icariin",
    "context": {"cell_type": ["MSC"]},
    "parts": [{"readout": {"type": "gene_set", "id": "NFKB_TARGET_CORE"}, "direction": "up", "role": "primary"}],
}
HEADER = "sample_id\tpath\tdonor_id\tarm\n"


def check(folder: Path, rows: list[tuple[str, Path, str, str]], *, species: str = "human") -> Preflight:
    config: dict[str, Any] = {
        "dataset": "real",
        "samples": "samples.tsv",
        "claims": "claims.json",
        "compound": {"name": "icariin", "dose": "10 uM", "exposure": "24 h", "vehicle": "DMSO 0.1 %"},
        "context": {"cell_type": "MSC", "species": species, "medium": "basal", "induction": "none"},
        "design": {"treated": "icariin", "vehicle": "vehicle"},
    }
    (folder / "claims.json").write_text(json.dumps({"claims": [CLAIM]}), encoding="utf-8")
    (folder / "samples.tsv").write_text(HEADER + "".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return examine_config(folder / "config.yaml", resources=RESOURCES)


def test_kang_is_read_and_its_design_is_paired_eight_against_eight(shared_data, repository):
    found = examine_config(repository / "tests/workflow/kang/config.yaml", resources=RESOURCES)
    assert (found.status, found.n_samples, {file.species for file in found.files}) == ("passed", 16, {("human",)})
    assert sum(file.n_cells for file in found.files) == 1_971
    design = found.design
    assert design is not None
    assert (design.is_paired, len(design.treated.donors), len(design.vehicle.donors), design.df) == (True, 8, 8, 7)
    assert design.smallest_exact_p == 2 / 2**8
    outlooks = {claim.claim_id: claim.outlook for claim in found.claims}
    # what its verdicts are in the end, see tests/workflow/test_kang.py
    assert (outlooks["KANG1"], outlooks["KANG2"], outlooks["KANG5"]) == ("decidable", "decidable", "not testable")


def test_bulk_fpkm_are_refused_by_name(shared_data, tmp_path):
    source = shared_data / "ucmsc_priming_bulk/GSE224190_gene_FPKM.txt"
    found = check(tmp_path, [("bulk", source, "D1", "icariin")])
    assert [fault.topic for fault in found.faults] == ["files"]
    assert "FPKM" in found.faults[0].text


def test_mouse_stroma_is_one_donor_of_mouse_and_descriptive_only(shared_data, tmp_path):
    row = ("stroma", shared_data / "mouse_stroma/mouse_bm_stroma_250.h5ad", "M1", "vehicle")
    (fault,) = check(tmp_path, [row]).faults
    assert "genes of the stated species, human" in fault.text
    assert "mouse" in fault.text
    found = check(tmp_path, [row], species="mouse")
    assert (found.status, found.files[0].species, found.files[0].n_cells) == ("passed", ("mouse",), 250)
    assert [claim.outlook for claim in found.claims] == ["only descriptive"]
    assert any("donor" in step for step in found.claims[0].repair)


def test_raw_and_filtered_droplets_are_told_apart(shared_data, tmp_path):
    toys = shared_data / "pbmc4k_ambient"
    kinds = {}
    for kind in ("raw", "filtered"):
        found = check(tmp_path, [(kind, toys / f"toy_{kind}_10x_mtx", "D1", "icariin")])
        assert found.status == "passed"
        kinds[kind] = found.files[0].kind
        is_warned = any("unfiltered" in r.text or "empty droplets" in r.text for r in found.remarks if r.level == "warning")
        assert is_warned == (kind == "raw")
    assert kinds == {"raw": "raw", "filtered": "filtered"}


@pytest.mark.parametrize("name", ["mouse_stroma/mouse_bm_stroma_250.h5ad", "pbmc4k_ambient/pbmc4k_toc_2170.h5ad"])
def test_good_counts_are_not_called_anything_else(shared_data, tmp_path, name):
    species = "mouse" if "mouse" in name else "human"
    found = check(tmp_path, [("x", shared_data / name, "D1", "vehicle")], species=species)
    assert found.faults == ()
