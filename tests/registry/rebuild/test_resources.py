"""What is committed is what a rebuild gives: from the archives where they are at hand, else from what is committed itself."""

import gzip
import shutil

import pytest

from scvalid.errors import ScvalidError
from scvalid.registry.manifest import read_manifest
from scvalid.registry.rebuild.resources import build_resources
from scvalid.registry.rebuild.sets.files import sets_of_file


@pytest.fixture
def copied(repository, tmp_path):
    for name in ("gene_sets", "genes", "compounds", "ontology"):
        shutil.copytree(repository / "resources" / name, tmp_path / "resources" / name)
    for name in ("files.tsv", "metadata_fields.tsv"):
        shutil.copy(repository / "resources" / name, tmp_path / "resources")
    return tmp_path / "resources"


@pytest.fixture
def emptied(copied):
    """The resources with every generated file of gene sets taken away; the manifest too."""
    entered = {"registered.tsv", "curated_human.tsv"}
    for path in (copied / "gene_sets").iterdir():
        if path.name not in entered and path.suffix != ".md":
            path.unlink()
    return copied


def content(path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def states_of(outcomes) -> dict[str, str]:
    return {outcome.file: outcome.state for outcome in outcomes if outcome.file.startswith("gene_sets/")}


@pytest.mark.slow
def test_every_file_is_rebuilt_as_committed_from_its_sources(emptied, repository, shared_data):
    sources = [shared_data / "progeny", shared_data.parent / "knowledge"]
    if not all(folder.is_dir() for folder in sources):
        pytest.skip("shared data missing: progeny or knowledge")
    states = states_of(build_resources(sources=sources, out=emptied))
    assert set(states.values()) == {"rebuilt", "entered by hand"}
    committed = repository / "resources"
    assert len(states) == 16
    for name in [*states, "gene_sets/manifest.tsv"]:
        assert content(emptied / name) == content(committed / name), name


def test_what_is_derived_is_rebuilt_as_committed_without_any_source(copied, repository):
    derived = [
        *(f"{family}_{species}.tsv" for family in ("msigdb", "literature", "curated") for species in ("mouse", "rat")),
        "progeny_rat_top500.tsv.gz", "progeny_rat_top100.tsv.gz", "overlap_human.tsv",
    ]  # fmt: skip
    for name in derived:
        (copied / "gene_sets" / name).unlink()
    outcomes = build_resources(sources=[], out=copied)
    states = states_of(outcomes)
    assert {name for name, state in states.items() if state == "rebuilt"} == {f"gene_sets/{name}" for name in derived}
    assert {outcome.file for outcome in outcomes if outcome.state == "source not at hand"} == {
        *(f"genes/{name}.tsv.gz" for name in ("human", "mouse", "rat", "aliases_human", "aliases_mouse", "orthologs")),
        "gene_sets/msigdb_human.tsv", "gene_sets/literature_human.tsv", "ontology/terms.tsv.gz", "ontology/cell_lines.tsv.gz",
        *(f"gene_sets/progeny_{species}_top{n}.tsv.gz" for species in ("human", "mouse") for n in (100, 500)),
    }  # fmt: skip
    assert all(outcome.needs for outcome in outcomes if outcome.state == "source not at hand")
    for name in [*derived, "manifest.tsv"]:
        assert content(copied / "gene_sets" / name) == content(repository / "resources/gene_sets" / name), name


def test_a_set_that_is_registered_but_not_entered_and_a_file_without_source_are_named(copied):
    text = (copied / "gene_sets/curated_human.tsv").read_text(encoding="utf-8")
    (copied / "gene_sets/curated_human.tsv").write_text(text.replace("MICOS\t", "MICOZ\t"), encoding="utf-8")
    with pytest.raises(ScvalidError, match=r"curated_human\.tsv must hold the set 'MICOS'"):
        build_resources(sources=[], out=copied)
    (copied / "gene_sets/curated_human.tsv").write_text(text, encoding="utf-8")
    (copied / "gene_sets/more.tsv").write_text("x\n", encoding="utf-8")
    with pytest.raises(ScvalidError, match=r"gene_sets/more\.tsv must have a row in files\.tsv"):
        build_resources(sources=[], out=copied)
    with pytest.raises(ScvalidError, match="be a folder"):
        build_resources(sources=[copied / "none"], out=copied)


def test_the_claims_are_registered_as_they_are_now(copied, repository):
    shutil.copytree(repository / "resources/claims", copied / "claims")
    table = copied / "claims/registrations.tsv"
    table.unlink(missing_ok=True)
    (outcome,) = [o for o in build_resources(sources=[], out=copied) if o.file == "claims/registrations.tsv"]
    assert outcome.state == "rebuilt"
    assert "isopsoralen.yaml\t" in table.read_text(encoding="utf-8")


def test_each_file_of_claims_that_is_another_is_named(copied, repository):
    def said():
        return [(o.file, o.state) for o in build_resources(sources=[], out=copied) if o.file.startswith("claims/")]

    shutil.copytree(repository / "resources/claims", copied / "claims")
    said()
    assert said() == [("claims/registrations.tsv", "unchanged")]
    with (copied / "claims/icariin.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# seen\n")
    (copied / "claims/isopsoralen.yaml").unlink()
    changed = [("claims/icariin.yaml", "registered anew"), ("claims/isopsoralen.yaml", "taken away")]
    assert said() == [*changed, ("claims/registrations.tsv", "rebuilt")]


def test_lost_genes_are_exactly_those_that_are_not_there(repository, shared_data):
    from pandas import read_csv

    from scvalid.io.gene_names import read_aliases, read_orthologs, read_symbols
    from scvalid.registry.rebuild.sets.progeny import strongest_genes

    folder, genes = repository / "resources/gene_sets", repository / "resources/genes"
    rows = {(row.set_id, row.species): row for row in read_manifest(folder)}
    orthologs = read_orthologs(genes / "orthologs.tsv.gz", species="mouse")
    for set_id, own in sets_of_file(folder / "msigdb_human.tsv").items():
        assert rows[set_id, "mouse"].lost == tuple(sorted(gene for gene in own if gene not in orthologs))
        assert rows[set_id, "mouse"].n_genes + rows[set_id, "mouse"].n_lost == rows[set_id, "human"].n_genes
    model = strongest_genes(read_csv(shared_data / "progeny/progeny_human_full.csv.gz"), n_genes=500)
    current = {*read_symbols(genes / "human.tsv.gz").values(), *read_aliases(genes / "aliases_human.tsv.gz")}
    for set_id, own in model.items():
        assert rows[set_id, "human"].lost == tuple(sorted(own.keys() - current))
        assert rows[set_id, "human"].n_genes == 500 - rows[set_id, "human"].n_lost
    assert "LOC100130476" in rows["PROGENY_TNFA", "human"].lost
    assert rows["SENMAYO_125", "human"].lost == ("CCL3L1",)


@pytest.mark.parametrize("species", ["human", "mouse", "rat"])
def test_signs_of_progeny_survive(repository, species):
    folder = repository / "resources/gene_sets"
    for n in (100, 500):
        sets = sets_of_file(folder / f"progeny_{species}_top{n}.tsv.gz")
        assert len(sets) == 14
        name = "PROGENY_PI3K" if n == 500 else "PROGENY_PI3K_TOP100"
        weights = list(sets[name].values())
        assert sum(weight < 0 for weight in weights) > 0.75 * len(weights)
        assert any(weight > 0 for weight in weights)
