"""One changed byte is found: in a set by the set's name, elsewhere by the file's."""

import gzip
import shutil

import pytest

from scvalid.registry.check.integrity import faults_of_files, faults_of_gene_sets


@pytest.fixture
def copied(repository, tmp_path):
    for name in ("gene_sets", "genes", "compounds", "ontology"):
        shutil.copytree(repository / "resources" / name, tmp_path / name)
    for name in ("files.tsv", "metadata_fields.tsv"):
        shutil.copy(repository / "resources" / name, tmp_path)
    return tmp_path


def changed(path, old: bytes, new: bytes) -> None:
    is_packed = path.name.endswith(".gz")
    content = gzip.decompress(path.read_bytes()) if is_packed else path.read_bytes()
    assert old in content
    content = content.replace(old, new, 1)
    path.write_bytes(gzip.compress(content) if is_packed else content)


def test_what_is_committed_is_what_the_tables_say(repository):
    assert faults_of_gene_sets(repository / "resources/gene_sets") == []
    sets_and_genes = [fault for fault in faults_of_files(repository / "resources") if not fault.startswith("compounds")]
    assert sets_and_genes == []


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        ("msigdb_human.tsv", b"HALLMARK_HYPOXIA\tCXCR4\t1", b"HALLMARK_HYPOXIA\tCXCR5\t1", "HALLMARK_HYPOXIA"),
        ("msigdb_rat.tsv", b"HALLMARK_HYPOXIA\tCxcr4\t1", b"HALLMARK_HYPOXIA\tCxcr4\t2", "HALLMARK_HYPOXIA"),
        ("curated_human.tsv", b"ADIPO_CORE\tPPARG\t1", b"ADIPO_CORE\tPPARH\t1", "ADIPO_CORE"),
        ("progeny_mouse_top100.tsv.gz", b"PROGENY_WNT_TOP100\t", b"PROGENY_WNT_TOP100\tx", "PROGENY_WNT_TOP100"),
        ("literature_human.tsv", b"MPAS_10\tSPRY2\t1\n", b"", "MPAS_10"),
        ("literature_human.tsv", b"MPAS_10\tSPRY2\t1\n", b"MPAS_10\tSPRY2\t1 \n", "MPAS_10"),
    ],
)
def test_one_byte_of_a_set_fails_it_by_name(copied, name, old, new, named):
    path = copied / "gene_sets" / name
    changed(path, old, new)
    (fault,) = faults_of_gene_sets(copied / "gene_sets")
    assert fault.startswith(f"gene_sets/{name}: set '{named}' must have the sha256 of the manifest")
    (of_file,) = [f for f in faults_of_files(copied) if not f.startswith("compounds")]
    assert of_file.startswith(f"gene_sets/{name} must have the sha256")


def test_a_renamed_set_is_missing_and_unknown(copied):
    path = copied / "gene_sets/literature_human.tsv"
    path.write_bytes(path.read_bytes().replace(b"MPAS_10\t", b"MPAS_11\t"))
    faults = faults_of_gene_sets(copied / "gene_sets")
    assert [fault.split("'")[1] for fault in faults] == ["MPAS_10", "MPAS_11"]


def test_missing_broken_and_unknown_files_are_said(copied):
    (copied / "gene_sets/msigdb_rat.tsv").unlink()
    (copied / "gene_sets/progeny_rat_top500.tsv.gz").write_bytes(b"\x1f\x8b broken")
    (copied / "gene_sets/more.tsv").write_text("x\n", encoding="utf-8")
    assert len(faults_of_gene_sets(copied / "gene_sets")) == 2
    faults = [fault for fault in faults_of_files(copied) if not fault.startswith("compounds")]
    assert [fault.split()[0] for fault in faults] == [
        "gene_sets/more.tsv", "gene_sets/msigdb_rat.tsv", "gene_sets/progeny_rat_top500.tsv.gz",
    ]  # fmt: skip


def test_a_small_file_that_unpacks_without_end_is_refused_by_name(copied, monkeypatch):
    from scvalid.registry.check import integrity

    monkeypatch.setattr(integrity, "MAX_BYTES", 2_000_000)
    (copied / "gene_sets/progeny_rat_top500.tsv.gz").write_bytes(gzip.compress(b"x" * 3_000_000))
    (fault,) = faults_of_gene_sets(copied / "gene_sets")
    assert fault.startswith("gene_sets/progeny_rat_top500.tsv.gz must unpack to below 2 MB")


def test_a_file_that_no_table_knows_is_refused_whatever_its_name(copied):
    for name in ("c2.gmt", "genes/regulons.csv", "gene_sets/.hidden", "genes/more/README.md"):
        (copied / name).parent.mkdir(exist_ok=True)
        (copied / name).write_text("x\n", encoding="utf-8")
    faults = [fault for fault in faults_of_files(copied) if not fault.startswith("compounds")]
    assert [fault.split()[0] for fault in faults] == [
        "c2.gmt", "gene_sets/.hidden", "genes/more/README.md", "genes/regulons.csv",
    ]  # fmt: skip
