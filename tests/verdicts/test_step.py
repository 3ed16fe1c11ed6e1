"""From files to the file of verdicts: what was registered is hashed, what is malformed is refused."""

import hashlib

import pandas as pd
import pytest

from scvalid.contracts.tables import (
    GENE_EFFECTS,
    PERMUTED,
    PROFILES,
    RECOVERY,
    RIVALS,
    SET_EFFECTS,
    SPECIFICATIONS,
    VEHICLE_SPLITS,
)
from scvalid.contracts.verdicts import Code, DesignFacts, DesignFile, Reason, VerdictsFile
from scvalid.errors import ContractError
from scvalid.io.documents import read_model, write_model
from scvalid.io.tables import write_table
from scvalid.settings import Context
from scvalid.verdicts.checking import check_decisions
from scvalid.verdicts.settings import VerdictsSettings
from scvalid.verdicts.step import run

TABLES = {
    "sets": SET_EFFECTS, "genes": GENE_EFFECTS, "profiles": PROFILES, "specifications": SPECIFICATIONS,
    "rival_effects": RIVALS, "permuted": PERMUTED, "recovery": RECOVERY, "vehicle_splits": VEHICLE_SPLITS,
}  # fmt: skip
CLAIMS = """claims:
  - id: c1
    statement: {en: It moves.}
    parts: [{readout: {type: gene_set, id: S}, direction: up}]
"""


def _empty(contract):
    kinds = {"text": object, "number": float, "flag": bool}
    return pd.DataFrame({name: pd.Series(dtype=kinds[kind]) for name, kind in contract.columns.items()})


@pytest.fixture
def judge_files(tmp_path):
    """``judge_files(*claims_texts, ids=..., **settings)`` -> VerdictsFile of a design that a gate stopped."""
    facts = DesignFacts(
        state="all_msc", gate=Reason(code=Code.NO_VEHICLE_ARM), is_paired=False, n_treated=3, n_vehicle=0,
        donors_treated=tuple("abc"), donors_vehicle=(), df=0, vif=1e6, nuisance=(), dropped_nuisance=(), dropped_profiles=(),
        smallest_exact_p=None, n_genes=0, n_genes_measured=10,
    )  # fmt: skip
    write_model(tmp_path / "facts.json", DesignFile(grouping="all_msc", states=(facts,)))
    for name, contract in TABLES.items():
        write_table(tmp_path / f"{name}.parquet", _empty(contract), contract)

    def judge(*texts, ids=("c1",), **settings):
        files = [tmp_path / f"claims{i}.yaml" for i in range(max(len(texts), 1))]
        for file, text in zip(files, texts or (CLAIMS,), strict=True):
            file.write_text(text, encoding="utf-8")
        tables = {name: tmp_path / f"{name}.parquet" for name in TABLES}
        target = tmp_path / "verdicts.json"
        run(
            settings=VerdictsSettings(**settings),
            context=Context(),
            claims=files,
            claim_ids=ids,
            orthologs=tmp_path / "orthologs.tsv.gz",
            facts=tmp_path / "facts.json",
            target=target,
            decisions=tmp_path / "decisions",
            **tables,
        )
        return read_model(target, VerdictsFile)

    return judge


def test_a_design_that_shows_nothing_still_gives_a_verdict_on_every_claim(judge_files):
    found = judge_files()
    assert [(claim.claim.id, claim.verdict, claim.reasons[0].code) for claim in found.claims] == [
        ("c1", "NOT_TESTABLE", Code.NO_VEHICLE_ARM)
    ]


def test_the_registration_is_that_of_the_claims_and_of_the_settings(judge_files):
    registered = judge_files().registration
    assert judge_files().registration == registered
    others = [
        judge_files(CLAIMS.replace("direction: up", "direction: down")),
        judge_files(delta=0.3),
        judge_files(alpha=0.1),
    ]
    assert len({registered, *(other.registration for other in others)}) == 4


def test_claims_that_are_malformed_are_refused_and_nothing_is_written(judge_files, tmp_path):
    with pytest.raises(ContractError, match="direction"):
        judge_files(CLAIMS.replace("direction: up", "direction: sideways"))
    assert not (tmp_path / "verdicts.json").exists()


def test_each_verdict_carries_the_hash_of_the_file_of_its_claim_and_the_order_is_that_of_the_ids(judge_files):
    other = CLAIMS.replace("c1", "c2")
    found = judge_files(CLAIMS, other, ids=("c2", "c1"))
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in (other, CLAIMS)]
    assert [(row.claim.id, row.registration) for row in found.claims] == list(zip(("c2", "c1"), hashes, strict=True))
    assert found.registration != judge_files(CLAIMS, other, ids=("c1",)).registration


def test_a_claim_that_no_file_holds_is_refused(judge_files):
    with pytest.raises(ContractError, match="do not hold c9"):
        judge_files(ids=("c1", "c9"))


def test_decision_files_are_those_of_the_claims_asked_now_and_hold(judge_files, tmp_path):
    other = CLAIMS.replace("c1", "c2")
    for ids in (("c1", "c2"), ("c2",)):
        judge_files(CLAIMS, other, ids=ids)
        found = check_decisions([tmp_path / "decisions"], claims=[tmp_path / "claims0.yaml", tmp_path / "claims1.yaml"])
        assert (found.sentences, [line.split()[0] for line in found.lines]) == ([], list(ids))
