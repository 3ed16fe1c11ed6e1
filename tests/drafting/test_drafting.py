"""What is guessed of whole folders, what is asked, and that nothing doubtful is written down as known."""

from pathlib import Path

import pytest
import yaml

from scvalid.drafting.answers import Answers
from scvalid.drafting.compute.config_text import config_text
from scvalid.drafting.drafting import draft_submission
from scvalid.errors import SubmissionError

MOUSE = [*(f"Gene{i}" for i in range(20)), "Gm10001", "Gm10002", "0610007P14Rik"]
RAT_OR_MOUSE = [f"Gene{i}" for i in range(30)]


@pytest.fixture
def draft(repository, tmp_path, monkeypatch):
    """Draft from files below a folder that is the working directory; the submission goes into its folder ``out``."""
    monkeypatch.chdir(tmp_path)

    def run(*files: str, ask=None, **said):
        return draft_submission(files, answers=Answers(**said), ask=ask, resources=repository / "resources", out=Path("out"))

    return run


def table(found) -> list[tuple[str, str, str]]:
    return [(row.sample_id, row.donor_id, row.arm) for row in found.rows]


def test_one_h5ad_a_sample(draft, write_h5ad, tmp_path):
    for name in ("D1_icariin", "D1_vehicle", "D2_icariin", "D2_vehicle"):
        write_h5ad(tmp_path / f"data/{name}.h5ad")
    found, findings = draft("data/*.h5ad")
    assert findings == []
    assert table(found)[:2] == [("D1_icariin", "D1", "icariin"), ("D1_vehicle", "D1", "vehicle")]
    assert found.rows[0].path == "../data/D1_icariin.h5ad"
    assert (found.treated, found.vehicle, found.species) == ("icariin", "vehicle", "human")
    assert found.compound.name_zh == "淫羊藿苷"
    assert set(found.claims) >= {"S03c"}
    assert any("days" in note for note in found.notes)


def test_folders_of_10x(draft, write_mtx, tmp_path):
    for name in ("donorA_ctrl", "donorA_treated"):
        write_mtx(tmp_path / f"runs/{name}/outs/filtered_feature_bc_matrix", genes=MOUSE)
        write_mtx(tmp_path / f"runs/{name}/outs/raw_feature_bc_matrix", genes=MOUSE)
    found, findings = draft("runs")
    assert findings == []
    assert table(found) == [("ctrl", "donorA", "ctrl"), ("treated", "donorA", "treated")]
    assert found.rows[0].path == "../runs/donorA_ctrl/outs/filtered_feature_bc_matrix"
    assert found.compound is None


def test_series_of_geo_in_one_folder(draft, write_mtx, tmp_path):
    for prefix in ("GSM123_D1_icariin_", "GSM124_D1_DMSO_", "GSM125_D2_icariin_", "GSM126_D2_DMSO_"):
        write_mtx(tmp_path / "GSE9", prefix=prefix)
    found, findings = draft("GSE9")
    assert findings == []
    assert table(found) == [
        ("D1_icariin", "D1", "icariin"), ("D1_DMSO", "D1", "DMSO"), ("D2_icariin", "D2", "icariin"), ("D2_DMSO", "D2", "DMSO"),
    ]  # fmt: skip
    assert found.rows[0].path == "data/GSM123_D1_icariin"
    matrix = tmp_path / "out/data/GSM123_D1_icariin/GSM123_D1_icariin_matrix.mtx.gz"
    assert matrix.samefile(tmp_path / "GSE9/GSM123_D1_icariin_matrix.mtx.gz")
    assert (found.treated, found.vehicle) == ("icariin", "DMSO")


def test_chinese_names(draft, write_h5ad, tmp_path):
    for name in ("供体1_淫羊藿苷", "供体1_对照", "供体2_淫羊藿苷", "供体2_对照"):
        write_h5ad(tmp_path / f"数据/{name}.h5ad")
    found, _ = draft("数据")
    assert table(found)[0] == ("供体1_对照", "供体1", "对照")
    assert (found.treated, found.vehicle, found.compound.name) == ("淫羊藿苷", "对照", "icariin")
    assert found.dataset == "out"
    assert yaml.safe_load(config_text(found))["design"]["treated"] == "淫羊藿苷"


@pytest.mark.parametrize("form", ["{1}/{0}", "{0}/{1}"])
def test_arms_and_donors_that_are_folders(draft, write_h5ad, tmp_path, form):
    for donor in ("供体1", "供体2"):
        for arm in ("对照", "淫羊藿苷"):
            write_h5ad(tmp_path / f"n/{form.format(donor, arm)}.h5ad")
    found, _ = draft("n")
    assert {(row.donor_id, row.arm) for row in found.rows} == {(d, a) for d in ("供体1", "供体2") for a in ("对照", "淫羊藿苷")}
    assert (found.treated, found.vehicle) == ("淫羊藿苷", "对照")


def test_folders_of_folders_of_10x(draft, write_mtx, tmp_path):
    for name in ("D1/vehicle", "D1/icariin", "D2/vehicle", "D2/icariin"):
        write_mtx(tmp_path / "runs" / name)
    assert table(draft("runs")[0])[:2] == [("D1_icariin", "D1", "icariin"), ("D1_vehicle", "D1", "vehicle")]


def test_arms_that_were_given_are_written_even_if_no_name_has_them(draft, write_h5ad, tmp_path):
    for name in ("one", "two"):
        write_h5ad(tmp_path / f"d/{name}.h5ad")
    found, _ = draft("d", treated="淫羊藿苷", vehicle="对照")
    assert (found.treated, found.vehicle, found.compound.name) == ("淫羊藿苷", "对照", "icariin")
    assert yaml.safe_load(config_text(found))["design"] == {"treated": "淫羊藿苷", "vehicle": "对照"}
    assert sum("no sample has this arm" in note for note in found.notes) == 2
    asked, _ = draft("d", treated="淫羊藿苷", vehicle="对照", ask=lambda question, guess: guess)
    assert (asked.treated, asked.vehicle) == ("淫羊藿苷", "对照")


def test_paths_hold_where_the_folder_of_the_sheet_is_a_link(draft, write_h5ad, tmp_path):
    write_h5ad(tmp_path / "d/D1_ctrl.h5ad")
    (tmp_path / "far/away").mkdir(parents=True)
    (tmp_path / "out").symlink_to(tmp_path / "far/away")
    found, _ = draft("d")
    assert (tmp_path / "out" / found.rows[0].path).samefile(tmp_path / "d/D1_ctrl.h5ad")


def test_samples_in_one_file(draft, write_h5ad, tmp_path):
    obs = {
        "donor": ["a"] * 30 + ["b"] * 30,
        "condition": (["ctrl"] * 15 + ["stim"] * 15) * 2,
        "demuxlet": ["SNG"] * 59 + ["DBL"],
    }
    write_h5ad(tmp_path / "all.h5ad", obs=obs)
    found, _ = draft("all.h5ad", treatment="IFN-beta")
    assert table(found) == [("a_ctrl", "a", "ctrl"), ("a_stim", "a", "stim"), ("b_ctrl", "b", "ctrl"), ("b_stim", "b", "stim")]
    assert found.rows[0].cells == "donor=a;condition=ctrl"
    assert found.treatment == "IFN-beta"
    assert found.notes[0].startswith("obs column demuxlet tells SNG 59, DBL 1 cells")
    assert all("too few" in note for note in found.notes[1:])


def test_values_that_cells_cannot_hold_are_said(draft, write_h5ad, tmp_path):
    write_h5ad(tmp_path / "all.h5ad", obs={"donor": ["a"] * 30 + ["b;c"] * 30 + ["d\ne"] * 30, "arm": ["x", "y", "z"] * 30})
    found, findings = draft("all.h5ad")
    assert {row.donor_id for row in found.rows} == {"a"}
    assert len(findings) == 6
    assert all("Rename the value" in finding and "\n" not in finding for finding in findings)


@pytest.mark.parametrize("name", ["a\nb", 'a"b', "a'b; $(touch pwned)", "{x}", " a ", "=1+1", "-rf", "a..", "#x", "🧬"])
def test_hostile_names(draft, write_h5ad, tmp_path, name):
    write_h5ad(tmp_path / f"d/{name}.h5ad")
    write_h5ad(tmp_path / "d/good_ctrl.h5ad")
    found, findings = draft("d")
    assert len(found.rows) + len(findings) == 2
    yaml.safe_load(config_text(found))
    assert not (tmp_path / "pwned").exists()
    assert all(row.sample_id.isprintable() and "\n" not in row.path for row in found.rows)


def test_files_that_cannot_be_read_are_said_and_the_others_go_on(draft, write_h5ad, tmp_path):
    write_h5ad(tmp_path / "d/D1_ctrl.h5ad")
    (tmp_path / "d/D1_stim.h5ad").write_bytes(b"no HDF5")
    found, findings = draft("d", "nowhere.h5ad", "https://host/a.h5ad?token=s3cr3t")
    assert [row.sample_id for row in found.rows] == ["D1_ctrl"]
    assert len(findings) == 3
    assert "s3cr3t" not in "".join(findings)
    with pytest.raises(SubmissionError):
        draft("nowhere.h5ad")


def test_what_is_not_known_stays_open(draft, write_h5ad, tmp_path):
    for name in ("ctrl_rep1", "ctrl_rep2", "xyz_rep1", "xyz_rep2"):
        write_h5ad(tmp_path / f"d/{name}.h5ad", genes=RAT_OR_MOUSE)
    found, _ = draft("d")
    assert {row.donor_id for row in found.rows} == {""}
    assert found.species == ""
    text = config_text(found)
    assert "species:  # FILL IN" in text
    assert "name:  # FILL IN" in text


def test_options_count_more_than_guesses(draft, write_h5ad, tmp_path):
    for name in ("x_A", "x_B", "y_A", "y_B"):
        write_h5ad(tmp_path / f"d/{name}.h5ad", genes=RAT_OR_MOUSE)
    found, _ = draft(
        "d", treated="B", vehicle="A", species="rat", compound="curcumin", dose="5 uM", dataset="mine", claims=("S03c",)
    )
    assert table(found)[0] == ("x_A", "x", "A")
    assert (found.dataset, found.species, found.treated, found.vehicle) == ("mine", "rat", "B", "A")
    assert (found.compound.name, found.compound.dose) == ("curcumin", "5 uM")
    assert list(found.claims) == ["S03c"]


def test_claims_that_are_not_registered_are_refused(draft, write_h5ad, tmp_path):
    write_h5ad(tmp_path / "D1_ctrl.h5ad")
    with pytest.raises(SubmissionError, match="S03"):
        draft("D1_ctrl.h5ad", claims=("S03z",))


def test_a_person_is_asked_with_the_guess(draft, write_h5ad, tmp_path):
    for name in ("one", "two"):
        write_h5ad(tmp_path / f"d/{name}.h5ad")
    asked: list[str] = []
    said = {
        "donor of the sample 'one'": "Ann", "donor of the sample 'two'": "Ann", "arm of the sample 'one'": "none",
        "arm of the sample 'two'": "ICA", "arm of the vehicle": "none", "treated arm": "ICA", "compound that": "淫羊藿苷",
        "its dose": "10 uM",
    }  # fmt: skip

    def ask(question: str, guess: str) -> str:
        asked.append(question)
        return next((answer for start, answer in said.items() if question.startswith(start)), guess)

    found, _ = draft("d", ask=ask)
    assert table(found) == [("one", "Ann", "none"), ("two", "Ann", "ICA")]
    assert (found.treated, found.vehicle, found.species) == ("ICA", "none", "human")
    assert (found.compound.name, found.compound.dose) == ("icariin", "10 uM")
    assert found.claims
    assert sum(question.startswith("species") for question in asked) == 1


def test_an_answer_that_is_no_arm_is_asked_again_and_then_left_open(draft, write_h5ad, tmp_path):
    write_h5ad(tmp_path / "D1_ctrl.h5ad")
    found, _ = draft("D1_ctrl.h5ad", ask=lambda question, guess: "?" if "arm" in question or "species" in question else guess)
    assert (found.treated, found.vehicle, found.species) == ("", "", "")


def test_a_layer_of_another_name_is_named(draft, tmp_path, write_h5ad):
    import anndata

    adata = anndata.read_h5ad(write_h5ad(tmp_path / "D1_ctrl.h5ad"))
    adata.layers["umis"] = adata.X.copy()
    adata.X = adata.X / 3
    adata.write_h5ad(tmp_path / "D1_ctrl.h5ad")
    found, _ = draft("D1_ctrl.h5ad")
    assert found.counts_layer == "umis"


def test_the_same_files_give_the_same_text(draft, write_h5ad, tmp_path):
    for name in ("D2_ctrl", "D1_icariin", "D1_ctrl"):
        write_h5ad(tmp_path / f"d/{name}.h5ad")
    assert config_text(draft("d")[0]) == config_text(draft("d")[0])
    assert [row.sample_id for row in draft("d")[0].rows] == ["D1_ctrl", "D1_icariin", "D2_ctrl"]


def test_kang_is_eight_pairs(draft, shared_data):
    found, findings = draft(str(shared_data / "kang2018_ifnb/*.h5ad"))
    assert findings == []
    assert len(found.rows) == 16
    assert {row.arm for row in found.rows if row.donor_id == "1488"} == {"ctrl", "stim"}
    assert found.rows[0].cells == "donor=101;condition=ctrl"
    assert (found.treated, found.vehicle, found.species) == ("stim", "ctrl", "human")


def test_mouse_stroma_is_mouse_and_has_no_donor(draft, shared_data):
    found, _ = draft(str(shared_data / "mouse_stroma/mouse_bm_stroma_250.h5ad"))
    assert found.species == "mouse"
    assert table(found) == [("mouse_bm_stroma_250", "", "")]


def test_fpkm_is_left_out(draft, shared_data):
    with pytest.raises(SubmissionError):
        draft(str(shared_data / "ucmsc_priming_bulk/GSE224190_gene_FPKM.txt"))
