"""The folder of resources is sound, and each thing that could be wrong with it is said by its name."""

import gzip
import re
import shutil

import pytest

from scvalid import cli
from scvalid.registry.checking import check_resources


@pytest.fixture
def copied(repository, tmp_path):
    """A copy of the folder, to be spoilt."""
    return shutil.copytree(repository / "resources", tmp_path / "resources")


def edit(file, old, new):
    packed = file.name.endswith(".gz")
    raw = gzip.decompress(file.read_bytes()) if packed else file.read_bytes()
    assert raw.count(old.encode()) >= 1, old
    spoilt = raw.replace(old.encode(), new.encode(), 1)
    file.write_bytes(gzip.compress(spoilt, mtime=0) if packed else spoilt)


def test_the_committed_resources_are_sound(capsys):
    assert cli.main(["check-resources"]) == 0
    printed = capsys.readouterr().out
    assert "nothing to object to" in printed
    looked_at = [int(n) for n in re.findall(r"(\d+) (?:claims|compounds|gene sets)", printed)]
    assert len(looked_at) == 3
    assert all(n >= least for n, least in zip(looked_at, (82, 33, 309), strict=True)), printed


def swap_a_gene(folder):
    edit(folder / "gene_sets/msigdb_human.tsv", "HALLMARK_HYPOXIA\tACKR3\t1", "HALLMARK_HYPOXIA\tACKR4\t1")


def change_one_byte_of_a_weight(folder):
    file = folder / "gene_sets/progeny_mouse_top100.tsv.gz"
    line = next(row for row in gzip.decompress(file.read_bytes()).decode().splitlines() if row.startswith("PROGENY_WNT_TOP100"))
    edit(file, line, line[:-1] + ("1" if line[-1] != "1" else "2"))


def use_an_old_symbol(folder):
    edit(folder / "gene_sets/curated_human.tsv", "MICOS\tMICOS13\t1", "MICOS\tC19orf70\t1")


def bring_in_a_licensed_collection(folder):
    edit(folder / "gene_sets/literature_human.tsv", "MPAS_10\tPHLDA1", "KEGG_WNT\tPHLDA1")
    (folder / "gene_sets/collectri_human.tsv").write_text("set_id\tgene\tweight\n", encoding="utf-8")


def cut_a_file_short(folder):
    file = folder / "gene_sets/progeny_rat_top500.tsv.gz"
    file.write_bytes(file.read_bytes()[:-20])


def claim_what_nobody_registered(folder):
    edit(folder / "claims/icariin.yaml", "id: OSTEO_EARLY}", "id: OSTEO_ERLY}")
    edit(folder / "claims/homing.yaml", "id: CXCR4}", "id: CXCR44}")
    edit(folder / "claims/curcumin.yaml", "rivals: [", "rivals: [NOBODY, ")


def take_an_id_twice(folder):
    edit(folder / "claims/icariin.yaml", "id: S03b", "id: S04a")


def write_a_source_that_cannot_be_found(folder):
    edit(folder / "claims/icariin.yaml", "doi:10.3390/ijms26125770", "Guo et al. 2025")


def mistype_an_identifier(folder):
    edit(folder / "compounds/compounds.tsv", "489-32-7", "489-32-8")


def lose_a_set_from_the_manifest(folder):
    file = folder / "gene_sets/manifest.tsv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("MICOS\trat")), encoding="utf-8")


FAULTS = {
    swap_a_gene: ["set 'HALLMARK_HYPOXIA'", "sha256"],
    change_one_byte_of_a_weight: ["set 'PROGENY_WNT_TOP100'", "progeny_mouse_top100", "sha256"],
    use_an_old_symbol: ["set 'MICOS'", "current symbols of human", "'C19orf70'", "It is MICOS13 now."],
    bring_in_a_licensed_collection: ["'KEGG_WNT'", "'gene_sets/collectri_human.tsv'", "be free to share"],
    cut_a_file_short: ["gene_sets/progeny_rat_top500.tsv.gz"],
    claim_what_nobody_registered: ["'OSTEO_ERLY'", "'CXCR44'", "'NOBODY'", "icariin.yaml, claim 'S03a'"],
    take_an_id_twice: ["claim 'S04a'", "id of its own"],
    write_a_source_that_cannot_be_found: ["icariin.yaml", "claims.S03a.sources.0", "'Guo et al. 2025'"],
    mistype_an_identifier: ["489-32-8", "cas"],
    lose_a_set_from_the_manifest: ["set 'MICOS'", "curated_rat.tsv", "be in the manifest"],
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_what_is_wrong_is_named(copied, fault):
    fault(copied)
    found = "\n".join(check_resources(copied).findings)
    assert all(word in found for word in FAULTS[fault]), found
    assert "Traceback" not in found


def test_many_faults_are_said_at_once_and_the_exit_status_is_1(copied, capsys):
    for fault in (swap_a_gene, use_an_old_symbol, mistype_an_identifier, claim_what_nobody_registered):
        fault(copied)
    assert cli.main(["check-resources", "--resources", str(copied)]) == 1
    said = capsys.readouterr().err
    for fault in (swap_a_gene, use_an_old_symbol, mistype_an_identifier, claim_what_nobody_registered):
        assert all(word in said for word in FAULTS[fault]), said


def test_a_folder_that_is_no_folder_of_resources_is_sentences(tmp_path):
    findings = check_resources(tmp_path).findings
    assert findings
    assert all("must" in finding and finding.count("\n") == 0 for finding in findings)
