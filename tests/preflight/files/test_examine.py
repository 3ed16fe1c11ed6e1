import shutil
import time

import numpy as np
import pytest
from scipy import io, sparse

from scvalid.errors import Finding

FEMALE, MALE = "PATO:0000383", "PATO:0000384"


def _assert_only(examined, *words):
    (finding,) = examined.findings
    assert isinstance(finding, Finding)
    assert all(word in finding for word in words), finding


def test_sound_files_are_summarised_in_the_order_of_the_sheet(examine, write, counts):
    samples = {f"s{i}": (write(f"{i}.h5ad", counts(i)), f"D{i}") for i in (2, 0, 1)}
    found = examine(samples)
    assert (found.findings, found.warnings) == ((), ())
    assert [one.sample_id for one in found.summaries] == ["s2", "s0", "s1"]
    one = found.summaries[0]
    assert (one.n_cells, one.n_genes, one.format, one.counts_from) == (60, 2400, "AnnData h5ad", "X")
    assert (one.gene_ids, one.species, one.kind, one.sex_markers) == ("symbol", ("human",), "filtered", "XIST")
    assert one.median_detected == np.median(np.diff(counts(2).indptr))


def test_each_fault_of_each_file_is_said_at_once(examine, write, counts):
    fractions = sparse.csr_matrix(np.log1p(counts(1).toarray() / counts(1).sum(axis=1).A1[:, None] * 1e4))
    doubled = write("twice.h5ad", counts(2), cells=[f"c{i // 2}" for i in range(60)])
    samples = {
        "a": (write("log.h5ad", fractions),),
        "b": (doubled,),
        "c": ("none.h5ad",),
        "d": (write("d.h5ad", counts(3) * 0),),
    }
    findings = examine(samples).findings
    assert [f.got.split(" (")[0] for f in findings] == [
        "log-normalised values",
        "no such file",
        "30 repeated names",
        "only zeros",
    ]
    assert all(f"sample '{name}'" in " ".join(findings) for name in samples)


def test_what_is_the_same_in_all_files_is_said_once(examine, write, counts, genes):
    mouse = [name.capitalize() for name in genes]
    found = examine({f"s{i}": (write(f"{i}.h5ad", counts(i), names=mouse),) for i in range(5)})
    _assert_only(
        found, "samples 's0', 's1', 's2', 's3' and 's4', files '0.h5ad', '1.h5ad', '2.h5ad'", "species, human", "mouse or rat"
    )
    few = {f"s{i}": (write(f"{i}.h5ad", counts(i)[:, 6:500], names=genes[6:500]),) for i in range(5)}
    warned = examine(few).warnings
    assert len(warned) == 2
    assert warned[0].startswith(
        "file '0.h5ad', file '1.h5ad', file '2.h5ad', file '3.h5ad' and file '4.h5ad': each has 494 genes"
    )
    assert "no mitochondrial genes" in warned[1]


def test_one_fault_with_different_numbers_is_said_once(examine, write, counts):
    logs = [sparse.csr_matrix(np.log1p(counts(i).toarray() / 3)) for i in range(7)]
    _assert_only(examine({f"s{i}": (write(f"{i}.h5ad", logs[i]),) for i in range(7)}), "'s4' and 2 more", "log-normalised")
    noisy = [np.expm1(np.log1p(counts(i).toarray().astype(np.float32))) for i in range(3)]
    _assert_only(examine({f"s{i}": (write(f"{i}.h5ad", noisy[i]),) for i in range(3)}), "rounding noise", "Round them")


def test_the_same_fault_of_samples_is_said_once(examine, write, counts):
    cells = [f"c{i}" for i in range(60)]
    doubled = {f"s{i}": (write(f"{i}.h5ad", counts(i), cells=["c1"] * (i + 1) + cells[i + 1 :]),) for i in range(1, 4)}
    _assert_only(
        examine(doubled), "samples 's1', 's2' and 's3', files '1.h5ad', '2.h5ad' and '3.h5ad', must name each cell once"
    )
    missing = {f"s{i}": (write(f"{i}.h5ad", counts(i), obs={"donor": ["x"] * 60}), "", "doner=x") for i in range(3)}
    _assert_only(examine(missing), "samples 's0', 's1' and 's2'", "obs column 'doner'", "'donor'")


def test_depth_and_shared_genes_are_held_against_what_the_workflow_keeps(examine, write, counts, genes):
    thin = counts(0)
    thin.data = np.random.default_rng(0).binomial(thin.data.astype(int), 0.05).astype(np.float32)
    thin.eliminate_zeros()
    found = examine({"a": (write("thin.h5ad", thin),), "b": (write("b.h5ad", counts(1)),)})
    assert [one.share_kept for one in found.summaries] == [(thin.sum(axis=1) >= 200).mean(), 1.0]
    assert found.summaries[0].share_kept < 0.2
    assert found.warnings[0].startswith("sample 'a': about ")
    halves = {
        "a": (write("a.h5ad", counts(0)[:, :1_400], names=genes[:1_400]),),
        "b": (write("b.h5ad", counts(1)[:, 1_000:], names=genes[1_000:]),),
    }
    found = examine(halves)
    assert found.findings == ()
    assert any(w.startswith("the samples share only 400 of 1,400 genes") for w in found.warnings)
    apart = {**halves, "b": (write("b.h5ad", counts(1)[:, 1_400:], names=genes[1_400:]),)}
    _assert_only(examine(apart), "samples 'a' and 'b', must share genes", "Got 0 that all samples have")


def test_counts_of_all_genes_in_raw_go_before_counts_of_a_few_in_x(examine, counts, genes, tmp_path):
    import anndata
    import pandas as pd

    whole = anndata.AnnData(counts(), pd.DataFrame(index=[f"c{i}" for i in range(60)]), pd.DataFrame(index=genes))
    cut = whole[:, :1_500].copy()
    cut.raw = whole
    cut.write_h5ad(tmp_path / "x.h5ad")
    found = examine({"a": ("x.h5ad",)})
    assert [(one.counts_from, one.n_genes) for one in found.summaries] == [("raw", 2_400)]
    assert found.warnings == ("file 'x.h5ad' has 1,500 genes in 'X' and 2,400 in 'raw': the counts are taken from 'raw'.",)


def test_cells_of_one_depth_in_plates_are_not_taken_for_each_other(examine, write, counts):
    rng = np.random.default_rng(0)
    plates = [np.array([rng.multinomial(1500, row / row.sum()) for row in counts(i).toarray().astype(float)]) for i in range(3)]
    samples = {f"s{i}": (write(f"{i}.h5ad", plate, cells=[f"cell{k}" for k in range(60)]),) for i, plate in enumerate(plates)}
    found = examine(samples)
    assert found.findings == ()
    assert len(found.warnings) == 1
    again = write("again.h5ad", plates[0][rng.permutation(60)[:40]])
    _assert_only(
        examine({**samples, "again": (again,)}), "samples 's0' and 'again'", "the same counts for 40 cells under other barcodes"
    )


def test_samples_in_the_middle_of_a_large_sorted_file_are_seen(examine, write, counts):
    n = 9
    tables = [counts(i, n_cells=300, sex=("female", "male")[i % 2]) for i in range(n)]
    path = write("all.h5ad", sparse.vstack(tables, format="csr"), obs={"who": np.repeat([f"s{i}" for i in range(n)], 300)})
    found = examine({f"s{i}": (path, f"D{i}", f"who=s{i}") for i in range(n)})
    assert [one.sex_markers for one in found.summaries] == ["XIST", "Y"] * 4 + ["XIST"]


def test_copies_of_large_files_are_found_by_barcode_and_genes(examine, write, counts):
    table, names = counts(n_cells=2_400), [f"c{i}" for i in range(2_400)]
    order = np.random.default_rng(0).permutation(2_400)
    a, part = (
        write("a.h5ad", table, cells=names),
        write("part.h5ad", table[order[:1000]], cells=[names[i] for i in order[:1000]]),
    )
    other = write("other.h5ad", counts(1, n_cells=2_400), cells=names)
    renamed = write("renamed.h5ad", table[order])
    assert examine({"a": (a,), "b": (other,)}).findings == ()
    _assert_only(examine({"a": (a,), "b": (part,)}), "1000 cells with the same barcode and number of genes")
    _assert_only(examine({"a": (a,), "b": (renamed,)}), "under other barcodes")


def test_cells_of_a_feeder_are_counted(examine, write, counts, genes):
    names = [f"GRCh38_{name}" for name in genes] + [f"mm10___{name.capitalize()}" for name in genes]
    table = counts(n_cells=60).toarray()

    def mixture(n_mouse):
        is_mouse = (np.arange(60) < n_mouse)[:, None]
        return write(f"{n_mouse}.h5ad", np.hstack([table * ~is_mouse, table * is_mouse]), names=names)

    assert examine({"a": (mixture(1),)}).warnings == ()
    (warning,) = examine({"a": (mixture(12),)}).warnings
    assert "of the counts from mm10, and 12 of 60 cells" in warning
    _assert_only(examine({"a": (mixture(40),)}), "40 of 60 cells", "species, human")


def test_samples_of_one_file_are_told_apart_and_it_is_opened_once(examine, write, counts, monkeypatch):
    obs = {"who": ["x"] * 30 + ["y"] * 30}
    path = write("all.h5ad", counts(), obs=obs)
    opened = []
    from scvalid.preflight.files import examine as module

    look_into = module.look_into
    monkeypatch.setattr(module, "look_into", lambda *a, **k: opened.append(a) or look_into(*a, **k))
    found = examine({"a": (path, "D1", "who=x"), "b": (path, "D2", "who=y")})
    assert (found.findings, len(opened)) == ((), 1)
    assert [one.n_cells for one in found.summaries] == [30, 30]
    _assert_only(
        examine({"a": (path, "D1", "who=x"), "b": (path, "D2")}), "samples 'a' and 'b'", "the same 30 cells of 'all.h5ad'"
    )
    _assert_only(examine({"a": (path, "D1", "who=x"), "b": (path, "D2", "who=z")}), "sample 'b'", "'who=z'")


def test_cells_handed_in_twice_are_found_however_they_were_saved(examine, write, counts, tmp_path, genes):
    a = write("a.h5ad", counts(), cells=[f"c{i}" for i in range(60)])
    shutil.copy(tmp_path / a, tmp_path / "copy.h5ad")
    _assert_only(examine({"a": (a,), "b": ("copy.h5ad",)}), "of its copy 'copy.h5ad'")
    part = write("part.h5ad", counts()[:40], cells=[f"c{i}" for i in range(40)])
    _assert_only(examine({"a": (a,), "b": (part,)}), "40 cells with the same barcode and counts")
    shuffled = np.random.default_rng(0).permutation(60)
    renamed = write("renamed.h5ad", counts()[shuffled].toarray())
    _assert_only(examine({"a": (a,), "b": (renamed,)}), "under other barcodes")
    other = write("other.h5ad", counts(1), cells=[f"c{i}" for i in range(60)])
    assert examine({"a": (a,), "b": (other,)}).findings == ()


def test_sex_is_compared_with_what_is_stated_and_inside_donors(examine, write, counts):
    she, he = write("she.h5ad", counts(0)), write("he.h5ad", counts(1, sex="male"))
    both, none = write("both.h5ad", counts(2, sex="both")), write("none.h5ad", counts(3, sex="none"))
    assert examine({"a": (she, "D1", "", FEMALE), "b": (he, "D2", "", MALE)}).findings == ()
    _assert_only(examine({"b": (he, "D2", "", FEMALE)}), "sample 'b', stated female,", "Y chromosome and no XIST")
    _assert_only(examine({"a": (she, "D2", "", MALE)}), "sample 'a', stated male,")
    _assert_only(examine({"a": (she, "D1"), "b": (he, "D1")}), "donor 'D1'", "XIST in 'a'", "swapped")
    found = examine({"m": (both, "D1", "", FEMALE), "n": (none, "D2", "", FEMALE)})
    assert found.findings == ()
    assert [one.sex_markers for one in found.summaries] == ["both", "neither"]
    assert "several donors" in found.warnings[0]
    assert "can lose it" in found.warnings[1]
    bleeding = counts(4, sex="male").toarray()
    bleeding[:6, 0] = 1
    found = examine({"b": (write("bleeding.h5ad", bleeding), "D1", "", FEMALE), "c": (she, "D1", "", FEMALE)})
    assert found.findings == ()
    assert len([w for w in found.warnings if "ambient RNA, or a swap" in w or "a swap?" in w]) == 2


def test_rat_is_told_from_mouse_and_a_mixture_from_both(examine, write, counts, repository):
    from scvalid.io.gene_names import read_symbols

    tables = {name: read_symbols(repository / f"resources/genes/{name}.tsv.gz") for name in ("human", "mouse", "rat")}
    names = {name: list(dict.fromkeys(table.values()))[-4800::2] for name, table in tables.items()}
    rat = write("rat.h5ad", counts(), names=names["rat"])
    assert examine({"a": (rat,)}, species="rat").findings == ()
    _assert_only(examine({"a": (rat,)}, species="mouse"), "species, mouse", "only rat has")
    mixed = names["human"][:1200] + [name for name in names["mouse"] if name not in names["human"][:1200]][:1200]
    barnyard = write("mixed.h5ad", counts(1), names=mixed)
    _assert_only(examine({"a": (barnyard,)}), "only human and others that only mouse has")


def test_raw_matrices_are_doubted_and_huge_ones_refused(examine, write, counts, monkeypatch):
    rng = np.random.default_rng(0)
    empty = sparse.random(1500, 2400, 0.008, "csr", np.float32, rng, lambda n: np.ones(n, np.float32))
    path = write("raw.h5ad", sparse.vstack([counts(n_cells=80), empty], format="csr"))
    found = examine({"a": (path,)})
    assert found.findings == ()
    assert found.summaries[0].kind == "raw"
    assert "looks unfiltered (1,580 barcodes of which 95 % are nearly empty; about " in found.warnings[0]
    assert abs(found.summaries[0].n_above_inflection - 80) <= 8
    monkeypatch.setattr("scvalid.preflight.files.seen.MAX_BARCODES", 1_000)
    _assert_only(examine({"a": (path,)}), "hold cells, not all droplets", "filtered matrix")


def test_simulated_samples_and_those_to_be_retrieved_are_left_alone(submission, repository, tmp_path):
    from scvalid.preflight.files.examine import examine_files
    from scvalid.settings import Sample
    from scvalid.simulation.settings import SimulationSettings

    given = submission({"a": ("none.h5ad",)})
    far = Sample(sample_id="far", path="https://example.org/x.h5ad", donor_id="D", arm="t", sha256="0" * 64)
    object.__setattr__(given, "samples", (far,))
    found = examine_files(given, resources=repository / "resources")
    assert (found.findings, found.summaries) == ((), ())
    assert found.warnings == ("sample 'far': its file is looked into when it has been retrieved.",)
    made = submission({"a": ("none.h5ad",)})
    object.__setattr__(made, "config", made.config.model_copy(update={"simulation": SimulationSettings()}))
    assert examine_files(made, resources=repository / "resources").findings == ()


@pytest.mark.parametrize("name", ["../x", "名.h5ad", "a b;$(c)'\"", "x" * 190])
def test_odd_names_are_one_sentence(examine, name):
    _assert_only(examine({"a": (name,)}), "no such file")


def test_real_files(examine, shared_data):
    kang = "kang2018_ifnb/kang2018_ifnb_2000cells_8donors.h5ad"
    donors = (101, 107, 1015, 1016, 1039, 1244, 1256, 1488)
    samples = {f"{d}{c}": (kang, str(d), f"donor={d};condition={c};demuxlet=SNG") for d in donors for c in ("ctrl", "stim")}
    start = time.process_time()
    found = examine(samples, folder=shared_data)
    assert time.process_time() - start < 5
    assert (found.findings, len(found.summaries), sum(one.n_cells for one in found.summaries)) == ((), 16, 1971)
    assert {(one.species, one.kind, one.sex_markers) for one in found.summaries} == {(("human",), "filtered", "unknown")}
    assert [w for w in found.warnings if "no mitochondrial genes" in w] == list(found.warnings)
    stroma = {"m": ("mouse_stroma/mouse_bm_stroma_250.h5ad",)}
    assert examine(stroma, folder=shared_data, species="mouse").summaries[0].species == ("mouse",)
    _assert_only(examine(stroma, folder=shared_data, species="rat"), "only mouse has")
    fpkm = {"b": ("ucmsc_priming_bulk/GSE224190_gene_FPKM.txt",)}
    _assert_only(examine(fpkm, folder=shared_data), "Got FPKM values", "6 columns, as few as bulk RNA has")


def test_the_real_raw_and_filtered_pair_is_told_apart(examine, shared_data):
    toy = {kind: (f"pbmc4k_ambient/toy_{kind}_10x_mtx",) for kind in ("raw", "filtered")}
    found = examine(toy, folder=shared_data)
    assert [one.kind for one in found.summaries] == ["raw", "filtered"]
    raw, filtered = found.summaries
    assert abs(raw.n_above_inflection - filtered.n_cells) <= 10
    assert any("sample 'raw' looks unfiltered" in warning for warning in found.warnings)
    _assert_only(found, "62 cells with the same barcode and counts")


def test_a_10x_folder_is_seen_as_an_h5ad_is(examine, write, counts, tmp_path, genes):
    folder = tmp_path / "tenx"
    folder.mkdir()
    io.mmwrite(folder / "matrix.mtx", sparse.coo_matrix(counts().T.astype(int)))
    (folder / "genes.tsv").write_text("".join(f"{name}\t{name}\n" for name in genes))
    (folder / "barcodes.tsv").write_text("".join(f"c{i}\n" for i in range(60)))
    one = examine({"a": ("tenx",)}).summaries[0]
    same = examine({"a": (write("a.h5ad", counts(), cells=[f"c{i}" for i in range(60)]),)}).summaries[0]
    assert one.model_copy(update={"format": "", "counts_from": ""}) == same.model_copy(update={"format": "", "counts_from": ""})
    _assert_only(examine({"a": ("tenx",), "b": ("a.h5ad",)}), "60 cells with the same barcode and counts")
