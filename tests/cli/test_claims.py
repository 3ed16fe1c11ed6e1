"""The verb ``claims``: what a person reads of the registered claims, on any terminal."""

import json
import os
import subprocess
import sys

import pytest

from scvalid import cli
from scvalid.registry.claims.reading import read_claims


@pytest.fixture(scope="module")
def claims(repository):
    return {row.claim.id: row for row in read_claims(repository / "resources" / "claims")}


def said(capsys, *arguments: str) -> str:
    assert cli.main(["claims", *arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_seed_claims_print_every_mechanism_of_the_review(capsys, claims):
    text = said(capsys, "--origin", "seed")
    for mechanism in (
        "gene CXCR4 up (primary)", "gene SLC2A1 up (primary)", "atp ATP production up (primary)",
        "gene set OSTEO_EARLY up (primary)", "gene set ADIPO_CORE down (primary)", "mirna miR-23a changed (primary)",
        "pathway PROGENY_WNT up (primary)", "gene set NRF2_TARGET_CORE up (primary)",
        "phosphorylation AKT and GSK-3beta phosphorylation up (primary)", "nuclear beta-TrCP (BTRC) down",
        "gene set WANG_YAP_TAZ_22 up (primary)", "gene SIRT7 up", "pathway PROGENY_NFKB down (primary)",
        "REACTOME_TRANSCRIPTIONAL_ACTIVATION_OF_MITOCHONDRIAL_BIOGENESIS up (primary)",
        "pathway PROGENY_WNT changed (primary)", "gene set MPAS_10 changed (primary)",
    ):  # fmt: skip
        assert mechanism in text
    assert f"35 of {len(claims)} claims" in text


def test_other_cells_and_retraction_are_marked(capsys):
    assert "CONTEXT claimed of microglia, not of MSC" in said(capsys, "--text", "S04a")
    assert "CONTEXT" not in said(capsys, "--text", "S04a-MSC")
    text = said(capsys, "E32")
    assert "RETRACTED retracted (doi:10.3892/ijmm.2022.5207); never tested" in text
    assert "gives NOT TESTABLE" in text


def test_a_claim_in_full_says_everything_and_its_registration(capsys, claims):
    row = claims["S03c"]
    text = said(capsys, "S03c")
    claim = row.claim
    for words in (
        claim.statement.en, claim.statement.zh, "icariin 淫羊藿苷 (TCM003)", claim.design, claim.caveats, claim.quote,
        "medium basal or osteogenic", "conflicts X01", *claim.sources, row.registration, "icariin.yaml",
        "registered_claims: [S03c]",
    ):  # fmt: skip
        assert " ".join(words.split()) in text


def test_chinese_statement_and_labels(capsys):
    text = said(capsys, "S03a", "--lang", "zh")
    assert text.startswith("S03a 淫羊藿苷促进间充质基质细胞的成骨分化。 Icariin promotes")
    assert "可检验性 direct" in text


def test_json_holds_the_claim_its_file_and_registration(capsys, claims):
    assert cli.main(["claims", "--json", "--compound", "icaritin"]) == 0
    (document,) = json.loads(capsys.readouterr().out)
    assert (document["id"], document["file"]) == ("X03", "icaritin.yaml")
    assert document["registration"] == claims["X03"].registration


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize(
    ("options", "advice"), [(["--origin", "seed"], "Without --retracted 35 would."), (["S01a"], "Without --retracted 1 would.")]
)
def test_a_filter_that_fits_nothing_is_an_error_with_the_nearest_that_fits(capsys, form, options, advice):
    assert cli.main(["claims", *options, "--retracted", *form]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith(f"{advice}\n")
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize("verb", [["claims"], ["claims", "--json"]])
def test_a_reader_that_leaves_early_hears_no_complaint(verb):
    with subprocess.Popen([sys.executable, "-m", "scvalid", *verb], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()  # before the command has found its words
        assert command.stderr.read() == b""
    assert command.returncode == cli.READER_LEFT


def test_a_wrong_id_ends_with_the_nearest(capsys):
    assert cli.main(["claims", "S03x"]) == 1
    assert capsys.readouterr().err.startswith("a claim must be registered. Got 'S03x'. Did you mean 'S03")
    assert cli.main(["claims", "s03X"]) == 1
    assert "Did you mean 'S03" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["S03a"], ["--json", "S03a"]])
def test_an_output_that_lacks_chinese_gets_escapes(options):
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1:strict"}
    command = [sys.executable, "-m", "scvalid", "claims", *options]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert b"Icariin promotes" in done.stdout
    assert rb"\u6deb\u7f8a" in done.stdout


def test_chinese_typed_where_there_is_no_locale_is_understood():
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "scvalid", "claims", "--compound", "淫羊藿素".encode()]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert b"X03  Icaritin promotes" in done.stdout
