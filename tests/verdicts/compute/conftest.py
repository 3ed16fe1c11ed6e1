"""Evidence, design facts, claims and tables of effects, each made by a function with what matters as arguments."""

import pandas as pd
import pytest

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import Part
from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, SET_EFFECTS, SPECIFICATIONS
from scvalid.contracts.verdicts import DesignFacts, DesignFile, Evidence
from scvalid.keys import Effect
from scvalid.settings import Context
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings


def _numbers(theta=0.5, *, half90=0.15, **changed):
    half95 = 1.2 * half90
    row = {
        Effect.THETA: theta, Effect.SE: half90 / 1.7, Effect.DF: 4.0,
        Effect.LOW90: theta - half90, Effect.HIGH90: theta + half90,
        Effect.LOW95: theta - half95, Effect.HIGH95: theta + half95,
        Effect.P_DONOR: 0.001, Effect.P_PLAIN: 0.01, Effect.P_MATCHED: 0.0002, Effect.MATCHED_SD: 0.05, Effect.RHO: 0.1,
        Effect.LODO_LOW: theta - 0.02, Effect.LODO_HIGH: theta + 0.02, Effect.LODO_DONOR: "d1",
        Effect.MDE: 0.3, Effect.N_SET: 20, Effect.N_EXPRESSED: 18, Effect.WEIGHT_MEASURED: 0.9, Effect.WEIGHT_EXPRESSED: 0.8,
    }  # fmt: skip
    return {**row, **changed}


@pytest.fixture
def make_evidence():
    """``make_evidence(theta, q=..., floor=..., half90=..., ...)``."""

    def make(theta=0.5, *, q=0.001, floor=0.125, half90=0.15, **changed):
        ladder = {"p": min(q, 1.0), "q": q, "floor": floor, "donor_values": (), "sign_share": 1.0, "p10_share": 1.0}
        return Evidence.model_validate(_numbers(theta, half90=half90) | ladder | changed)

    return make


@pytest.fixture
def make_facts():
    """``make_facts(state=..., n_treated=..., vif=..., gate=...)``."""

    def make(state="all_msc", **changed):
        facts = {
            "state": state, "gate": None, "is_paired": True, "n_treated": 4, "n_vehicle": 4, "donors_treated": list("abcd"),
            "donors_vehicle": list("abcd"), "df": 3, "vif": 1.0, "nuisance": ["donor_id"], "dropped_nuisance": [],
            "dropped_profiles": [], "smallest_exact_p": 0.125, "n_genes": 900, "n_genes_measured": 1000,
        }  # fmt: skip
        return DesignFacts.model_validate(facts | changed)

    return make


@pytest.fixture
def make_claim():
    """``make_claim("c1", "gene_set:S:up", "gene:G:down", retraction=...)``; the first part is the primary one."""

    def make(name="c1", *parts, primary=0, **changed):
        read = [part.split(":") for part in parts or ("gene_set:S:up",)]
        made = [
            Part.model_validate(
                {"readout": {"type": t, "id": i}, "direction": d, "role": "primary" if k == primary else "secondary"}
            )
            for k, (t, i, d) in enumerate(read)
        ]
        return Claim.model_validate({"id": name, "statement": {"en": name}, "parts": made, **changed})

    return make


@pytest.fixture
def make_tables():
    """``make_tables(sets={"S": {...}}, genes={"G": {...}}, states=...)`` -> tables by contract.

    ``SPECIFICATIONS: [(effect, p, smallest p), ...]`` among the numbers of a read-out are its specifications.
    """

    def make(sets=None, genes=None, states=("all_msc",)):
        sets, genes = sets or {}, genes or {}
        given = {("set", name): row for name, row in sets.items()} | {("gene", name): row for name, row in genes.items()}
        others = [
            (state, kind, name, f"way{i}", *numbers)
            for state in states
            for (kind, name), row in given.items()
            for i, numbers in enumerate(row.get(SPECIFICATIONS, [(row.get(Effect.THETA, 0.5), 0.01, 0.0)] * 4))
        ]
        head = {Effect.GATE: "", Effect.IS_FALLBACK: False, Effect.IS_PANEL: True}
        rows = [
            {**_numbers(), **head, **_columns(row), Effect.STATE: state, Effect.READOUT: name}
            for state in states
            for name, row in sets.items()
        ]
        of_genes = [
            {**_numbers(), **head, Effect.MEAN_CPM: 9.0, Effect.SHARE_CELLS: 0.5, **_columns(row), Effect.STATE: state}
            | {Effect.READOUT: name}
            for state in states
            for name, row in genes.items()
        ]
        values = [
            (state, donor, arm, kind, name, 1.0)
            for kind, names in (("set", sets), ("gene", genes))
            for state in states
            for name in names
            for arm in ("treated", "vehicle")
            for donor in "dcba"
        ]
        tables = (
            (pd.DataFrame(rows, columns=list(SET_EFFECTS.columns)), SET_EFFECTS),
            (pd.DataFrame(of_genes, columns=list(GENE_EFFECTS.columns)), GENE_EFFECTS),
            (pd.DataFrame(values, columns=list(PROFILES.columns)), PROFILES),
            (pd.DataFrame(others, columns=list(SPECIFICATIONS.columns)), SPECIFICATIONS),
        )
        return {contract: table.astype(_kinds(contract)) for table, contract in tables}

    return make


def _columns(row):
    return {name: value for name, value in row.items() if name is not SPECIFICATIONS}


def _kinds(contract):
    return {name: {"text": object, "number": float, "flag": bool}[kind] for name, kind in contract.columns.items()}


@pytest.fixture
def judge(make_tables, make_facts):
    """``judge([claims], sets={...}, genes={...}, facts=[...])`` -> verdicts on all claims."""

    def run(claims, *, sets=None, genes=None, facts=None, context=None, orthologs=None, caps=(), **settings):
        facts = facts or [make_facts()]
        tables = make_tables(sets, genes, tuple(f.state for f in facts if f.gate is None))
        design = DesignFile(grouping="all_msc", states=tuple(facts))
        return judge_claims(
            dict.fromkeys(claims, "56" * 32),
            Evidences(tables, orthologs=orthologs),
            design,
            context=context or Context(),
            settings=VerdictsSettings(**settings),
            caps=caps,
        )

    return run
