"""Decision files of a small run: every verdict, genes and sets, a control, a rival, parts in two roles."""

import pandas as pd
import pytest
from scipy import stats

from scvalid.contracts.claimed import RivalsOfClaim, RivalsOfClaims
from scvalid.contracts.claims import Claim
from scvalid.contracts.decisions import Asked
from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, RIVALS, SET_EFFECTS, SPECIFICATIONS
from scvalid.contracts.verdicts import DesignFacts, DesignFile, VerdictsFile
from scvalid.keys import Control, Effect, Profile
from scvalid.settings import Context
from scvalid.verdicts.compute.decision_files.assembly import decisions_of, registration_of
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.compute.specificity import Specificity
from scvalid.verdicts.settings import VerdictsSettings

DONORS = ("a", "b", "c", "d")
THETA = {"UP": 0.5, "DOWN": -0.6, "FLAT": 0.02, "WEAK": 0.2, "SMALL": 0.45, "GENE": 0.7}
"""Read-out -> effect."""
HALF = {"FLAT": 0.1, "WEAK": 0.4}
P = {"FLAT": 0.8, "WEAK": 0.3}
SHA256 = "ab" * 32


def _pairs(name, donors):
    """Differences of donors: they vary about theta, their mean is theta."""
    middle = (len(donors) - 1) / 2
    return [THETA[name] + 0.05 * (i - middle) for i in range(len(donors))]


def _row(name, contract, donors, state):
    theta, half = THETA[name], HALF.get(name, 0.2)
    row = dict.fromkeys((c for c, kind in contract.columns.items() if kind == "number"), 0.05)
    row |= dict.fromkeys((c for c, kind in contract.columns.items() if kind == "flag"), False)
    row |= {Effect.STATE: state, Effect.READOUT: name, Effect.GATE: "", Effect.LODO_DONOR: "a", Effect.THETA: theta}
    row |= {Effect.LOW95: theta - half, Effect.HIGH95: theta + half, Effect.DF: 3.0, Effect.MDE: 0.3}
    row |= {Effect.LOW90: theta - 0.8 * half, Effect.HIGH90: theta + 0.8 * half}
    pairs = _pairs(name, donors)
    left_out = sorted((sum(pairs) - one) / (len(pairs) - 1) for one in pairs)
    row |= {Effect.LODO_LOW: left_out[0], Effect.LODO_HIGH: left_out[-1], Effect.P_DONOR: P.get(name, 0.002)}
    row |= {Effect.P_PLAIN: float(stats.ttest_1samp(pairs, 0).pvalue)}
    if contract is SET_EFFECTS:
        row |= {Effect.P_MATCHED: 0.001, Effect.N_SET: 20, Effect.N_EXPRESSED: 6 if name == "SMALL" else 18}
        row |= {Effect.WEIGHT_MEASURED: 0.9, Effect.WEIGHT_EXPRESSED: 0.8}
    return {column: row[column] for column in contract.columns}


def _tables(donors, state):
    sets = pd.DataFrame([_row(name, SET_EFFECTS, donors, state) for name in THETA if name != "GENE"])
    genes = pd.DataFrame([_row("GENE", GENE_EFFECTS, donors, state)])
    values, others = [], []
    for name, theta in THETA.items():
        kind = "gene" if name == "GENE" else "set"
        for i, (donor, pair) in enumerate(zip(donors, _pairs(name, donors), strict=True)):
            values += [(state, donor, "vehicle", kind, name, 0.1 * i), (state, donor, "treated", kind, name, 0.1 * i + pair)]
        others += [(state, kind, name, f"s{i}", theta * (1 + i), P.get(name, 0.01), 0.0) for i in range(5)]
        others.append((state, kind, name, "exact", theta, 0.125, 0.125))
    beside = {column: [0.6] for column, kind in RIVALS.columns.items() if kind == "number"}
    beside |= {Effect.STATE: [state], Effect.KIND: ["set"], Effect.READOUT: ["SMALL"], Control.RIVAL: ["RIVAL"]}
    beside |= {Control.THETA_ADJUSTED: [0.44], Control.P_SLOPE: [0.01], Control.THETA_UNSHARED: [0.02]}
    return {
        SET_EFFECTS: sets.astype({Effect.IS_PANEL: bool, Effect.IS_FALLBACK: bool}),
        GENE_EFFECTS: genes,
        PROFILES: pd.DataFrame(values, columns=[
            Profile.STATE, Profile.DONOR, Profile.ARM, Profile.KIND, Profile.READOUT, Profile.VALUE,
        ]),
        SPECIFICATIONS: pd.DataFrame(others, columns=list(SPECIFICATIONS.columns)),
        RIVALS: pd.DataFrame(beside)[list(RIVALS.columns)],
    }  # fmt: skip


def _claim(name, *parts, **changed):
    made = [
        {"readout": {"type": t, "id": i}, "direction": d, "role": "secondary" if k else "primary"}
        for k, (t, i, d) in enumerate(part.split(":") for part in parts)
    ]
    return Claim.model_validate({"id": name, "statement": {"en": name}, "parts": made, **changed})


def _claims():
    return [
        _claim("supported", "gene_set:UP:up"),
        _claim("contradicted", "gene:GENE:down", "gene_set:UP:up"),
        _claim("none", "gene_set:FLAT:up"),
        _claim("inconclusive", "gene_set:WEAK:up", "gene_set:NOWHERE:up"),
        _claim("non-specific", "gene_set:SMALL:up", rivals=["RIVAL"]),
        _claim("torn", "gene_set:DOWN:down", "gene_set:UP:down", threshold=0.3),
        _claim("untestable", "mirna:miR-21:up"),
        _claim("control", "gene_set:DOWN:down", control="positive"),
    ]


@pytest.fixture
def make_decisions():
    """``make_decisions(caps=..., settings=..., **changes of the design)`` -> decision file of each claim by its id."""

    def make(caps=(), settings=None, *, grouping="all_msc", contrast=None, claim_ids=None, **changed):
        facts = {
            "state": "all_msc" if grouping == "all_msc" else "s1",
            "gate": None, "is_paired": True, "n_treated": 4, "n_vehicle": 4, "donors_treated": DONORS,
            "donors_vehicle": DONORS, "df": 3, "vif": 1.0, "nuisance": ("donor_id",), "dropped_nuisance": (),
            "dropped_profiles": (), "smallest_exact_p": 0.125, "n_genes": 900, "n_genes_measured": 1000,
        }  # fmt: skip
        facts |= changed
        design = DesignFile(grouping=grouping, states=(DesignFacts.model_validate(facts),))
        settings, context, tables = settings or VerdictsSettings(), Context(), _tables(facts["donors_treated"], facts["state"])
        claims = dict.fromkeys((c for c in _claims() if claim_ids is None or c.id in claim_ids), SHA256)
        verdicts = judge_claims(claims, Evidences(tables), design, context=context, settings=settings, caps=caps)
        rivals = RivalsOfClaims(claims={"non-specific": RivalsOfClaim(registered=("RIVAL",))})
        specificity = Specificity(tables[SET_EFFECTS], tables[RIVALS], rivals)
        asked = [Asked(claim_id=claim.id, sha256=SHA256) for claim in claims]
        whole = VerdictsFile(
            grouping=grouping,
            contrast=contrast,
            registration=registration_of(asked, settings, context),
            claims=tuple(specificity.judge(verdict) for verdict in verdicts),
            design=design,
        )
        return {file.claim.id: file for file in decisions_of(whole, settings=settings, context=context, caps=caps)}

    return make


@pytest.fixture
def decisions(make_decisions):
    """The decision file of each claim by its id."""
    return make_decisions()


@pytest.fixture
def changed():
    """``changed(file, "states.0.parts.0.evidence.theta", 0.4)``: the file with one value replaced, as its model."""

    def change(file, path, value):
        document = file.model_dump(mode="json")
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        place = document
        for step in steps:
            place = place[step]
        place[last] = value(place[last]) if callable(value) else value
        return type(file).model_validate(document)

    return change
