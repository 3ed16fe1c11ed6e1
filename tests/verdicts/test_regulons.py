"""Claims on transcription factors: tested as the signed set of that id, which a lab may bring, else not testable."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import Code, Verdict
from scvalid.keys import ALL_MSC, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.analysis import Analysis
from scvalid.pathways.compute.effects import compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Context, Design
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings

N_GENES, REGULON = 600, 24
GENES = [f"G{i:03d}" for i in range(N_GENES)]
SIGNS = np.where(np.arange(REGULON) % 2, -1.0, 1.0)


def _profiles():
    """Six pairs; the targets move by one, half of them up and half down, as a factor's targets do."""
    rng = np.random.default_rng(3)
    base, rows, counts = rng.lognormal(3, 1, N_GENES), [], []
    for donor in range(6):
        own = rng.normal(0, 0.2, N_GENES)
        for arm in ("treated", "vehicle"):
            log2 = own + rng.normal(0, 0.15, N_GENES)
            log2[:REGULON] += SIGNS * (arm == "treated")
            rows.append((f"d{donor}", arm, "b1", ALL_MSC, 200, True))
            counts.append(rng.poisson(base * 2**log2))
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"p{i}" for i in range(len(obs))], dtype=object)
    x, var = np.array(counts, float), pd.DataFrame(index=pd.Index(GENES, dtype=object))
    return AnnData(X=x, obs=obs, var=var, layers={Layer.N_DETECTED: np.minimum(x, 200)}, uns={Uns.GROUPING: ALL_MSC})


def _panel():
    rng = np.random.default_rng(4)
    sets = {f"S{i}": rng.choice(np.arange(REGULON, N_GENES), 25, replace=False) for i in range(8)}
    rows = [(name, GENES[i], 1.0, True) for name, genes in sets.items() for i in genes]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


@pytest.fixture
def judge():
    """``judge(weights)`` -> verdict on the claim that RELA rises; ``weights`` of the lab's own regulon, None without one."""

    def run(weights):
        own = pd.DataFrame({GeneSet.SET: "RELA", GeneSet.GENE: GENES[:REGULON], GeneSet.WEIGHT: weights})
        own = own.assign(**{GeneSet.IS_PANEL: False}) if weights is not None else own.iloc[:0]
        sets = pd.concat([_panel(), own], ignore_index=True) if len(own) else _panel()
        claimed, design = Claimed(sets=("RELA",)), Design(treated="treated", vehicle="vehicle")
        effects = compute_effects(_profiles(), Analysis(design, sets, PathwaysSettings(), 1, claimed, controls=False))
        part = {"readout": {"type": "tf", "id": "RELA"}, "direction": "up"}
        claim = Claim.model_validate({"id": "c", "statement": {"en": "x"}, "parts": [part]})
        judged = judge_claims(
            {claim: "sha"}, Evidences(effects.tables), effects.facts, context=Context(), settings=VerdictsSettings()
        )
        return judged[0]

    return run


def test_without_its_regulon_a_factor_is_not_testable(judge):
    verdict = judge(None)
    assert verdict.verdict == Verdict.NOT_TESTABLE
    assert [reason.code for reason in verdict.reasons] == [Code.SET_NOT_INSTALLED]


def test_a_labs_own_regulon_is_tested_with_its_signs(judge):
    assert judge(SIGNS).verdict == Verdict.SUPPORTED
    assert judge(-SIGNS).verdict == Verdict.CONTRADICTED
    # read without signs, targets that rise and targets that fall are no effect
    assert judge(np.ones(REGULON)).verdict not in (Verdict.SUPPORTED, Verdict.CONTRADICTED)
