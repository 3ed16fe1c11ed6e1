"""The folder of resources is sound, and each thing that could be wrong with it is said by its name."""

import gzip
import re
import shutil

import pytest

from scvalid import cli
from scvalid.registry.check.resources import check_resources


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


def bring_in_licensed_collections(folder):
    edit(folder / "gene_sets/literature_human.tsv", "MPAS_10\tPHLDA1", "KEGG_WNT\tPHLDA1")
    (folder / "gene_sets/collectri_human.tsv").write_text("set_id\tgene\tweight\n", encoding="utf-8")
    (folder / "gene_sets/c2.gmt").write_text("BIOCARTA_WNT\tx\tWNT1\n", encoding="utf-8")


def bring_in_what_nobody_knows(folder):
    (folder / "genes/regulons.csv").write_text("source,target\n", encoding="utf-8")
    (folder / "gene_sets/c3.gmt").write_text("A_SET\tx\tWNT1\n", encoding="utf-8")
    (folder / "claims/mine.yml").write_text("claims: []\n", encoding="utf-8")
    (folder / "compounds/old").mkdir()
    (folder / "compounds/old/README.md").write_text("x\n", encoding="utf-8")


def cut_a_file_short(folder):
    file = folder / "gene_sets/progeny_rat_top500.tsv.gz"
    file.write_bytes(file.read_bytes()[:-20])


def claim_what_nobody_registered(folder):
    edit(folder / "claims/icariin.yaml", "id: OSTEO_EARLY}", "id: OSTEO_ERLY}")
    edit(folder / "claims/homing.yaml", "id: CXCR4}", "id: CXCR44}")
    edit(folder / "claims/curcumin.yaml", "rivals: [", "rivals: [NOBODY, ")
    edit(folder / "claims/curcumin.yaml", "type: tf, id: NFE2L2", "type: tf, id: TCF-4")


def rival_oneself(folder):
    edit(folder / "claims/resveratrol.yaml", "rivals: [PROGENY_TGFB]", "rivals: [OSTEO_EARLY]")


def spell_a_mechanism_in_two_ways(folder):
    edit(folder / "claims/wnt.yaml", "axis: Wnt", "axis: WNT")


def change_registered_claims(folder):
    edit(folder / "claims/puerarin.yaml", "direction: ", "direction:  ")
    edit(folder / "claims/isopsoralen.yaml", "status: retracted", "status: not checked")
    (folder / "claims/muscone.yaml").unlink()
    shutil.copy(folder / "claims/osthole.yaml", folder / "claims/again.yaml")
    for old in re.findall(r"- id: (\S+)", (folder / "claims/again.yaml").read_text(encoding="utf-8")):
        edit(folder / "claims/again.yaml", f"- id: {old}", f"- id: AGAIN-{old}")


def take_an_id_twice(folder):
    edit(folder / "claims/icariin.yaml", "id: S03b", "id: s04A")


def write_a_source_that_cannot_be_found(folder):
    edit(folder / "claims/icariin.yaml", "doi:10.3390/ijms26125770", "Guo et al. 2025")


def mistype_an_identifier(folder):
    edit(folder / "compounds/compounds.tsv", "489-32-7", "489-32-8")


def lose_a_set_from_the_manifest(folder):
    file = folder / "gene_sets/manifest.tsv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("MICOS\trat")), encoding="utf-8")


def embellish_the_manifest(folder):
    file = folder / "gene_sets/manifest.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").split("\n")]
    place = {name: number for number, name in enumerate(rows[0])}
    for row in rows:
        if row[:2] == ["ADIPO_CORE", "human"]:
            row[place["status"]], row[place["licence"]] = "file", "CC0"
        if row[:2] == ["OSTEO_LATE", "mouse"]:
            row[place["n_genes"]], row[place["citation"]] = "99", "doi:10.1000/other"
        if row[:2] == ["SENMAYO_125", "rat"]:
            row[place["n_lost"]], row[place["lost"]] = "0", ""
    file.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")


def hide_an_overlap(folder):
    file = folder / "gene_sets/overlap_human.tsv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for n, line in enumerate(lines, start=1) if n != 7), encoding="utf-8")


def edit_a_set_of_rat_with_its_checksums(folder):
    from scvalid.registry.check.integrity import checksums_of_sets

    file = folder / "gene_sets/literature_rat.tsv"
    before = checksums_of_sets(file)["MPAS_10"]
    edit(file, "MPAS_10\tPhlda1", "MPAS_10\tCxcr4")
    edit(folder / "gene_sets/manifest.tsv", before, checksums_of_sets(file)["MPAS_10"])


def pair_a_gene_twice(folder):
    edit(folder / "genes/orthologs.tsv.gz", "RUNX1\tmouse\tRunx1\t", "RUNX1\tmouse\tRunx2\t")


def bring_a_nickname_up_to_date(folder):
    edit(folder / "genes/aliases_human.tsv.gz", "DDX58\tRIGI", "TAZ\tTAFAZZIN")
    edit(folder / "genes/nicknames.tsv", "EPHB2", "EPHB22")


FAULTS = {
    swap_a_gene: ["set 'HALLMARK_HYPOXIA'", "sha256"],
    change_one_byte_of_a_weight: ["set 'PROGENY_WNT_TOP100'", "progeny_mouse_top100", "sha256"],
    use_an_old_symbol: ["set 'MICOS'", "current symbols of human", "'C19orf70'", "It is MICOS13 now."],
    bring_in_licensed_collections: [
        "'KEGG_WNT'", "'gene_sets/collectri_human.tsv'", "'BIOCARTA_WNT' in c2.gmt", "be free to share",
    ],
    bring_in_what_nobody_knows: [
        "genes/regulons.csv must be in files.tsv", "gene_sets/c3.gmt must be in", "claims/mine.yml must be a file *.yaml",
        "compounds/old/README.md must be in",
    ],
    cut_a_file_short: ["gene_sets/progeny_rat_top500.tsv.gz"],
    claim_what_nobody_registered: [
        "'OSTEO_ERLY'", "'CXCR44'", "'NOBODY'", "icariin.yaml, claim 'S03a'", "transcription factor by its current", "'TCF-4'",
    ],
    rival_oneself: ["claim 'S05a', rival must be another than the read-outs of its claim. Got 'OSTEO_EARLY'"],
    spell_a_mechanism_in_two_ways: ["claims/wnt.yaml", "be spelt as elsewhere, 'Wnt'. Got 'WNT'"],
    change_registered_claims: [
        "claims/puerarin.yaml must have the sha256", "claims/isopsoralen.yaml must have the sha256", "the claims E32",
        "claims/muscone.yaml must exist", "claims/again.yaml must be in registrations.tsv",
    ],
    take_an_id_twice: ["claim 's04A' must have an id of its own", "too as 'S04a'"],
    write_a_source_that_cannot_be_found: ["icariin.yaml", "claims.S03a.sources.0", "'Guo et al. 2025'"],
    mistype_an_identifier: ["489-32-8", "cas"],
    lose_a_set_from_the_manifest: ["set 'MICOS'", "curated_rat.tsv", "be in the manifest", "set 'MICOS' (rat) must be in the"],
    embellish_the_manifest: [
        "set 'ADIPO_CORE' (human), column status", "set 'ADIPO_CORE' (human), column licence", "Got 'CC0'",
        "set 'OSTEO_LATE' (mouse), column n_genes", "set 'OSTEO_LATE' (mouse), column citation",
        "set 'SENMAYO_125' (rat), column lost", "set 'SENMAYO_125' (rat), column n_lost",
    ],
    hide_an_overlap: ["gene_sets/overlap_human.tsv, line 7, must hold what the human sets share"],
    edit_a_set_of_rat_with_its_checksums: ["literature_rat.tsv: set 'MPAS_10' must be what the set it is made from gives"],
    pair_a_gene_twice: ["orthologs.tsv.gz must pair each gene of mouse once. Got 'Runx2' in two pairs"],
    bring_a_nickname_up_to_date: ["hold no name of nicknames.tsv. Got 'TAZ'", "genes/nicknames.tsv must lead", "'ERK'"],
}  # fmt: skip

# faults of one group leave each other's words alone; a group is one run
GROUPS = {
    "claims and names": [
        claim_what_nobody_registered, rival_oneself, spell_a_mechanism_in_two_ways, change_registered_claims,
        mistype_an_identifier, bring_in_what_nobody_knows, pair_a_gene_twice, bring_a_nickname_up_to_date, hide_an_overlap,
    ],
    "sets": [swap_a_gene, change_one_byte_of_a_weight, use_an_old_symbol, lose_a_set_from_the_manifest, embellish_the_manifest],
    "licences": [bring_in_licensed_collections, write_a_source_that_cannot_be_found],
    "a set with its checksum": [edit_a_set_of_rat_with_its_checksums, take_an_id_twice],
    "a broken file": [cut_a_file_short],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_what_is_wrong_is_named(copied, group):
    for fault in GROUPS[group]:
        fault(copied)
    found = "\n".join(check_resources(copied).findings)
    missing = {fault.__name__: [w for w in FAULTS[fault] if w not in found] for fault in GROUPS[group]}
    assert not any(missing.values()), f"{missing}\n{found}"
    assert "Traceback" not in found


def test_no_fault_is_forgotten():
    assert {fault for group in GROUPS.values() for fault in group} == set(FAULTS)


@pytest.mark.slow
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
