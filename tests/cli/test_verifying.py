"""The verb verify: one line for each claim and state, status 1 and a sentence where something differs."""

import json

import pytest

from scvalid import cli
from scvalid.contracts.claims import ClaimsFile
from scvalid.contracts.decisions import Asked
from scvalid.contracts.verdicts import Code, DesignFacts, DesignFile, Reason, VerdictsFile
from scvalid.io.atomic import replacing_folder
from scvalid.io.documents import read_yaml, sha256_of, write_model
from scvalid.settings import Context
from scvalid.verdicts.compute.decision_files.assembly import decisions_of, registration_of
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings

CLAIMS = """claims:
  - id: c1
    statement: {en: It moves.}
    parts: [{readout: {type: gene_set, id: S}, direction: up}]
  - id: c2
    statement: {en: It moves as well.}
    parts: [{readout: {type: gene, id: G}, direction: down}]
"""


@pytest.fixture
def claims(tmp_path):
    """A file of two claims."""
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIMS, encoding="utf-8")
    return path


@pytest.fixture
def decided(claims, tmp_path):
    """The folder of decisions on them, in a run without a vehicle arm."""
    facts = DesignFacts(
        state="all_msc", gate=Reason(code=Code.NO_VEHICLE_ARM), is_paired=False, n_treated=3, n_vehicle=0,
        donors_treated=tuple("abc"), donors_vehicle=(), df=0, vif=None, nuisance=(), dropped_nuisance=(), dropped_profiles=(),
        smallest_exact_p=None, n_genes=0, n_genes_measured=10,
    )  # fmt: skip
    settings, context, sha256 = VerdictsSettings(), Context(), sha256_of(claims)
    registered = dict.fromkeys(ClaimsFile.model_validate(read_yaml(claims)).claims, sha256)
    design = DesignFile(grouping="all_msc", states=(facts,))
    verdicts = judge_claims(registered, Evidences({}), design, context=context, settings=settings)
    asked = [Asked(claim_id=claim.id, sha256=sha256) for claim in registered]
    registration = registration_of(asked, settings, context)
    whole = VerdictsFile(grouping="all_msc", registration=registration, claims=verdicts, design=design)
    with replacing_folder(tmp_path / "decisions") as folder:
        for file in decisions_of(whole, settings=settings, context=context):
            write_model(folder / f"{file.claim.id}.json", file)
    return tmp_path / "decisions"


def test_what_the_workflow_wrote_is_confirmed_with_its_claims(decided, claims, capsys):
    assert cli.main(["verify", str(decided), "--claims", str(claims)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "c1  all_msc  NOT_TESTABLE  as its numbers give it",
        "c2  all_msc  NOT_TESTABLE  as its numbers give it",
        "2 verdicts of 2 decision files: all as their numbers give them."
        " Not looked at, for it was not there or not named: by_state.",
    ]


def test_a_changed_file_is_named_and_the_status_is_one(decided, capsys):
    path = decided / "c2.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["states"][0]["verdict"] = document["states"][0]["parts"][0]["verdict"] = "SUPPORTED"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert cli.main(["verify", str(decided)]) == 1
    printed = capsys.readouterr().out
    assert "c2  all_msc  SUPPORTED  DIFFERS" in printed
    assert "c2.json, state 'all_msc', part 'G': verdict must be NOT_TESTABLE. Got SUPPORTED." in printed


def test_claims_that_were_changed_after_the_run_are_named(decided, claims, capsys):
    claims.write_text(CLAIMS.replace("direction: up", "direction: down"), encoding="utf-8")
    assert cli.main(["verify", str(decided), "--claims", str(claims)]) == 1
    assert "sha256 of the file of the claim must be that of a file of claims given" in capsys.readouterr().out


def test_broken_json_gets_one_sentence(decided, capsys):
    (decided / "c1.json").write_text('{"schema_version": ', encoding="utf-8")
    assert cli.main(["verify", str(decided / "c1.json")]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert "decisions/c1.json must be a decision file. Got " in first
    assert last == "0 verdicts of 0 decision files: 1 difference."


def test_a_path_that_is_none_is_refused(tmp_path, capsys):
    assert cli.main(["verify", str(tmp_path / "nowhere.json")]) == 1
    assert "must be a readable file" in capsys.readouterr().out


def test_a_claim_that_was_asked_and_has_no_file_is_named(decided, capsys):
    (decided / "c2.json").unlink()
    assert cli.main(["verify", str(decided / "c1.json")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "1 verdict of 1 decision file: all as their numbers give them."
        " Not looked at, for it was not there or not named: 1 of 2 claims of all_msc; by_state."
    )
    assert cli.main(["verify", str(decided)]) == 1
    assert "decisions: claim c2 must be a decision file. Got none." in capsys.readouterr().out
