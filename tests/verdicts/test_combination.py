"""Planted combinations, from counts to the verdict beyond both singles."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import Verdict, VerdictsFile
from scvalid.keys import ALL_MSC, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.effects import Analysis, compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Context, Contrast, Design
from scvalid.verdicts.compute.beyond import judge_beyond
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings

N_GENES, N_PLANTED = 500, 30
AGAINST = ("V", "A", "B")
PART = {"readout": {"type": "gene_set", "id": "PLANTED"}, "direction": "up", "role": "primary"}
CLAIM = Claim.model_validate({"id": "C1", "statement": {"en": "A + B raises it beyond either"}, "parts": [PART]})


def profiles_of(effects, *, n=4, seed=0):
    """n donors in each arm; ``effects``: arm -> log2 change of the last genes."""
    rng = np.random.default_rng(seed)
    base, is_planted = rng.lognormal(0, 1.2, N_GENES), np.arange(N_GENES) >= N_GENES - N_PLANTED
    rows, counts = [], []
    for donor in range(n):
        shift = rng.normal(0, 0.3, N_GENES)
        for arm, effect in effects.items():
            rows.append((f"d{donor}", arm, "b1", ALL_MSC, 100, True))
            counts.append(rng.poisson(60 * base * 2 ** (shift + rng.normal(0, 0.12, N_GENES) + effect * is_planted)))
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    x, var = np.array(counts, float), pd.DataFrame(index=pd.Index([f"G{i:03d}" for i in range(N_GENES)], dtype=object))
    return AnnData(X=x, obs=obs, var=var, layers={Layer.N_DETECTED: np.minimum(x, 100)}, uns={Uns.GROUPING: ALL_MSC})


def sets():
    rng = np.random.default_rng(5)
    named = {f"S{i}": rng.choice(N_GENES - N_PLANTED, 25, replace=False) for i in range(8)}
    named["PLANTED"] = np.arange(N_GENES - N_PLANTED, N_GENES)
    rows = [(name, f"G{g:03d}", 1.0, True) for name, genes in named.items() for g in genes]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


def verdicts_of(profiles, contrast):
    """Return the verdicts of one contrast, as the two stages reach them."""
    design = Design(treated="A", vehicle="V").of(contrast)
    settings, claimed = PathwaysSettings(n_matched_sets=999), Claimed(sets=("PLANTED",))
    effects = compute_effects(profiles, Analysis(design, sets(), settings, 1, claimed=claimed, controls=False))
    found = judge_claims({CLAIM: ""}, Evidences(effects.tables), effects.facts, context=Context(), settings=VerdictsSettings())
    return VerdictsFile(grouping=ALL_MSC, contrast=contrast.name, registration="", claims=found, design=effects.facts)


def beyond_of(profiles):
    contrasts = [Contrast(name=f"ab-v-{arm.lower()}", treated="AB", vehicle=arm) for arm in AGAINST]
    (verdict,) = judge_beyond([verdicts_of(profiles, contrast) for contrast in contrasts], alpha=0.05)
    return verdict


def test_a_combination_that_exceeds_both_singles_is_supported():
    verdict = beyond_of(profiles_of({"V": 0.0, "A": 0.4, "B": 0.5, "AB": 0.9}))
    assert verdict.verdict == Verdict.SUPPORTED
    assert [one.theta for one in verdict.contrasts] == pytest.approx([0.9, 0.5, 0.4], abs=0.12)


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        ({"V": 0.0, "A": 0.9, "B": 0.3, "AB": 0.9}, {Verdict.NO_RELEVANT_EFFECT, Verdict.INCONCLUSIVE}),
        ({"V": 0.0, "A": 0.9, "B": 0.2, "AB": 0.4}, {Verdict.CONTRADICTED}),
        ({"V": 0.0, "A": -0.6, "B": -0.6, "AB": 0.0}, {Verdict.NO_RELEVANT_EFFECT, Verdict.INCONCLUSIVE}),
    ],
)
def test_one_that_adds_nothing_to_the_stronger_single_or_to_the_vehicle_is_not(effects, expected):
    assert beyond_of(profiles_of(effects)).verdict in expected


def test_the_arms_of_other_contrasts_change_no_number():
    whole = profiles_of({"V": 0.0, "A": 0.4, "B": 0.5, "AB": 0.9})
    pair = whole[whole.obs[Obs.ARM].isin(["AB", "A"])].copy()
    contrast = Contrast(name="ab-v-a", treated="AB", vehicle="A")
    assert verdicts_of(whole, contrast) == verdicts_of(pair, contrast)
