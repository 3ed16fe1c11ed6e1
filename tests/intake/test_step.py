import json
import os

import anndata
import h5py
import numpy as np
import pandas as pd
import pytest

from scvalid.errors import SubmissionError
from scvalid.intake.settings import IntakeSettings
from scvalid.intake.step import run
from scvalid.keys import Uns, Var
from scvalid.settings import Sample


@pytest.fixture
def intake(tmp_path, human_genes, human_aliases):
    """Run the step and return what it wrote."""

    def start(source, *, cells="", settings=None, genes=human_genes, species="human", target="out.h5ad", aliases=None):
        sample = Sample(sample_id="s1", path="x", donor_id="d1", arm="vehicle", batch_id="b2", cells=cells)
        run(
            settings=settings or IntakeSettings(),
            species=species,
            sample=sample,
            source=source,
            genes=genes,
            target=tmp_path / target,
            aliases=aliases or (human_aliases if species == "human" else None),
        )
        return anndata.read_h5ad(tmp_path / target)

    return start


def test_a_sample_is_its_cells_and_nothing_else_of_the_file(adata, written, intake):
    cells = intake(written(adata), cells="donor=101;condition=ctrl")
    is_sample = ((adata.obs["donor"] == 101) & (adata.obs["condition"] == "ctrl")).to_numpy()
    assert np.array_equal(cells.X.toarray(), adata.X[is_sample].toarray())
    assert list(cells.obs_names) == [f"s1:{name}" for name in adata.obs_names[is_sample]]
    assert cells.obs.astype(str).drop_duplicates().to_numpy().tolist() == [["s1", "d1", "vehicle", "b2"]]
    assert list(cells.var_names[cells.var[Var.IS_MT]]) == ["MT-CO1", "MT-ND1"]
    assert list(cells.var_names[cells.var[Var.IS_RIBO]]) == ["RPS6", "RPL13A"]
    assert list(cells.uns) == [Uns.INTAKE]


def test_other_files_in_a_folder_are_neither_hashed_nor_in_the_way(tenx_folder, intake):
    folder = tenx_folder(version=3)
    before = json.loads(intake(folder).uns[Uns.INTAKE])["source_sha256"]
    for name in (os.fsdecode(b"\xff.txt"), "{sample}.txt", "hole"):
        (folder / name).touch()
    os.truncate(folder / "hole", 3 * 2**40)
    assert json.loads(intake(folder).uns[Uns.INTAKE])["source_sha256"] == before


def test_all_formats_give_the_same_counts(adata, written, tenx_folder, tenx_h5, intake):
    expected = intake(written(adata)).X.toarray()
    for source in (tenx_folder(version=2), tenx_h5(version=2)):
        assert np.array_equal(intake(source).X.toarray(), expected[:, :])
    for source in (tenx_folder(version=3), tenx_h5(version=3)):
        assert np.array_equal(intake(source).X.toarray(), expected[:, :-1])  # the last feature is an antibody there


def test_counts_in_layer_or_raw_are_taken_and_said(adata, written, intake):
    plain = adata.copy()
    adata.X = np.log1p(adata.X)
    adata.raw = plain
    adata = adata[:, :18].copy()
    from_raw = intake(written(adata))
    assert json.loads(from_raw.uns[Uns.INTAKE])["counts_from"] == "raw"
    assert np.array_equal(from_raw.X.toarray(), plain.X.toarray())
    adata.layers["counts"] = plain.X[:, :18]
    from_layer = intake(written(adata))
    assert json.loads(from_layer.uns[Uns.INTAKE])["counts_from"] == "layer:counts"
    assert from_layer.n_vars == 18


def test_ensembl_ids_are_named_merged_and_counted(adata, written, intake, human_genes):
    table = pd.read_csv(human_genes, sep="\t").set_index("symbol")["gene_id"]
    ids = [f"{table[symbol]}.3" for symbol in adata.var_names]
    ids[0], ids[9] = f"{table['GAPDH']}.9", "ENSG99999999999"
    adata.var_names = ids
    cells = intake(written(adata))
    record = json.loads(cells.uns[Uns.INTAKE])
    assert (record["gene_id_type"], record["n_genes"]) == ("ensembl", 19)
    assert (record["n_genes_merged"], record["n_genes_unmapped"]) == (1, 1)
    assert np.array_equal(cells[:, "GAPDH"].X.toarray().ravel(), adata.X[:, [0, 1]].sum(axis=1).A1)
    assert cells.var.loc["GAPDH", Var.GENE_ID] == table["GAPDH"]


def test_outdated_symbols_get_their_current_ones_and_no_two_genes_meet(adata, written, intake):
    old = list(adata.var_names)
    old[0], old[1], old[2], old[3] = "DDX58", "DARS", "AARS", "AARS1"  # AARS and AARS1: both names are in the file
    adata.var_names = old
    cells = intake(written(adata))
    assert list(cells.var_names[:4]) == ["RIGI", "DARS1", "AARS", "AARS1"]
    assert json.loads(cells.uns[Uns.INTAKE])["n_genes_renamed"] == 2
    assert np.array_equal(cells.X.toarray(), adata.X.toarray())


def test_the_id_beside_an_outdated_symbol_wins(adata, written, intake, human_genes):
    id_of = pd.read_csv(human_genes, sep="\t").drop_duplicates("symbol").set_index("symbol")["gene_id"]
    adata.var["gene_ids"] = [id_of[symbol] for symbol in adata.var_names]
    adata.var_names = ["DDX58", *adata.var_names[1:]]  # the id beside it is that of ACTB
    cells = intake(written(adata))
    assert "ACTB" in cells.var_names
    assert "RIGI" not in cells.var_names
    assert json.loads(cells.uns[Uns.INTAKE])["n_genes_renamed"] == 1


def test_a_fault_beyond_the_slices_is_found_and_nothing_written(adata, written, intake, tmp_path, monkeypatch):
    monkeypatch.setattr("scvalid.intake.numbers.N_VALUES", 30)
    monkeypatch.setattr("scvalid.intake.numbers.N_CELLS", 3)
    adata.X = adata.X.toarray()
    adata.X[7, 3] = 0.5
    with pytest.raises(SubmissionError, match=r"raw counts.*log-normalised"):
        intake(written(adata))
    assert not (tmp_path / "out.h5ad").exists()


def test_repeated_barcodes_and_empty_samples_are_refused(adata, written, intake):
    adata.obs["one"] = ["y"] + ["n"] * 29
    with pytest.raises(SubmissionError, match="none with all of them"):
        intake(written(adata), cells="one=y;donor=107")
    adata.obs_names = ["same"] * 2 + list(adata.obs_names[2:])
    with (
        pytest.warns(UserWarning, match="names are not unique"),
        pytest.raises(SubmissionError, match="1 repeated names"),
    ):
        intake(written(adata.copy()))


def test_same_input_same_bytes(adata, written, intake, tmp_path):
    source = written(adata)
    intake(source, target="a.h5ad")
    intake(source, target="b.h5ad")
    assert (tmp_path / "a.h5ad").read_bytes() == (tmp_path / "b.h5ad").read_bytes()


def test_kang_sample(shared_data, intake):
    source = shared_data / "kang2018_ifnb" / "kang2018_ifnb_2000cells_8donors.h5ad"
    whole = anndata.read_h5ad(source)
    cells = intake(source, cells="donor=1039;condition=ctrl;demuxlet=SNG")
    is_sample = (whole.obs[["donor", "condition", "demuxlet"]].astype(str) == ["1039", "ctrl", "SNG"]).all(axis=1).to_numpy()
    assert cells.shape == (32, 9015)
    assert cells.X.sum() == whole.X[is_sample].sum()
    assert {"RIGI", "DARS1", "CXCL8"} <= set(cells.var_names)
    assert not {"DDX58", "DARS", "IL8"} & set(cells.var_names)
    assert json.loads(cells.uns[Uns.INTAKE])["n_genes_renamed"] > 600


def test_mouse_sample(shared_data, intake, repository):
    source = shared_data / "mouse_stroma" / "mouse_bm_stroma_250.h5ad"
    cells = intake(source, species="mouse", genes=repository / "resources" / "genes" / "mouse.tsv.gz")
    assert cells.shape == (250, 20243)
    assert cells.var[Var.IS_MT].sum() == 13


@pytest.fixture
def with_antibody(tenx_folder, tenx_h5, adata, written):
    """The same counts as folder, 10x h5 and h5ad; the last feature is an antibody."""
    adata.var["feature_types"] = ["Gene Expression"] * 20 + ["Antibody Capture"]
    return tenx_folder(version=3), tenx_h5(version=3), written(adata)


def test_antibodies_are_carried_beside_the_genes_and_never_in_x(with_antibody, counts, intake):
    for source in with_antibody:
        cells = intake(source)
        assert "FOS" not in cells.var_names
        assert np.array_equal(cells.obsm["modality_antibody_capture"].toarray(), counts[:, [20]].toarray())
        assert json.loads(cells.uns[Uns.MODALITIES]) == {
            "antibody_capture": {"feature_type": "Antibody Capture", "names": ["FOS"]}
        }
        assert json.loads(cells.uns[Uns.INTAKE])["modalities"] == {"antibody_capture": 1}


@pytest.fixture
def barnyard(tenx_h5, human_genes):
    """Two genomes as CellRanger 2 writes them, prefixes and all; both have the same counts."""
    path = tenx_h5(version=2, genomes=("GRCh38", "mm10"))
    human = pd.read_csv(human_genes, sep="\t").drop_duplicates("symbol").set_index("symbol")["gene_id"]
    with h5py.File(path, "a") as file:
        symbols = [name.decode() for name in file["GRCh38/gene_names"]]
        ids = {"GRCh38": [human[symbol] for symbol in symbols], "mm10": [f"ENSMUSG{i:011d}" for i in range(len(symbols))]}
        for genome, names in ids.items():
            del file[f"{genome}/genes"], file[f"{genome}/gene_names"]
            file[f"{genome}/genes"] = np.array([f"{genome}_{name}" for name in names], dtype="S")
            file[f"{genome}/gene_names"] = np.array([f"{genome}_{symbol}" for symbol in symbols], dtype="S")
    return path


def test_of_two_genomes_the_stated_one_is_kept_and_the_other_recorded(barnyard, counts, intake, repository):
    cells = intake(barnyard)
    assert cells.shape == (30, 21)
    assert np.array_equal(cells.X.toarray(), counts.toarray())
    left_out = {"genomes": ["mm10"], "n_features": 21, "share_of_counts": 0.5}
    assert json.loads(cells.uns[Uns.INTAKE])["other_genomes"] == left_out
    with pytest.raises(SubmissionError, match="genes of GRCh38 and mm10"):
        intake(barnyard, species="rat", genes=repository / "resources" / "genes" / "rat.tsv.gz", target="rat.h5ad")


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_text_table_gives_the_same_cells(is_turned, adata, written, intake, tmp_path):
    expected = intake(written(adata))
    frame = adata.to_df().astype(int)
    (frame if is_turned else frame.T).to_csv(tmp_path / "x.tsv.gz", sep="\t")
    cells = intake(tmp_path / "x.tsv.gz")
    assert np.array_equal(cells.X.toarray(), expected.X.toarray())
    assert list(cells.obs_names) == list(expected.obs_names)
    assert json.loads(cells.uns[Uns.INTAKE])["counts_from"] == f"table with genes in {'columns' if is_turned else 'rows'}"
    wrong = IntakeSettings(orientation="genes_in_rows" if is_turned else "genes_in_columns")
    with pytest.raises(SubmissionError):
        intake(tmp_path / "x.tsv.gz", settings=wrong, target="wrong.h5ad")
