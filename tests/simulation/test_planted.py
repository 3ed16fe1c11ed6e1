"""The planted truth is what the claims say it is, whatever genes the sets share."""

import numpy as np
import pytest

from scvalid.errors import SubmissionError
from scvalid.simulation.compute.genes import list_genes
from scvalid.simulation.compute.planted import SIGNS, members_of_claims, plant_effects, planted_truth
from scvalid.simulation.settings import SimulationSettings


@pytest.mark.parametrize("effect", [0.0, 0.3, 0.5, 1.0])
def test_mean_effect_of_each_whole_set_is_the_planted_one(sets, effect):
    genes = list_genes(sets)
    members = members_of_claims(sets)
    fold = dict(zip(genes.tolist(), plant_effects(genes, members=members, effect=effect), strict=True))
    for name, sign in SIGNS.items():
        mean = sum(fold[gene] for gene in members[name]) / len(members[name])
        assert mean == pytest.approx(sign * effect, abs=1e-12), name


def test_no_gene_of_a_null_set_responds(sets):
    genes = list_genes(sets)
    members = members_of_claims(sets)
    fold = plant_effects(genes, members=members, effect=0.5)
    null = [gene for name, sign in SIGNS.items() if sign == 0 for gene in members[name]]
    assert not fold[np.isin(genes, null)].any()
    # nor does a gene take an absurd share of its set's effect to make up for the shared ones
    assert np.abs(fold).max() < 0.65


def test_missing_claim_set_is_refused_by_name(sets):
    with pytest.raises(SubmissionError, match="NFKB_TARGET_CORE"):
        members_of_claims(sets[sets["set_id"] != "NFKB_TARGET_CORE"])


def test_truth_of_the_shipped_example():
    truth = {t.claim_id: t for t in planted_truth(SimulationSettings()).claims}
    assert {name: t.expected for name, t in truth.items()} == {
        "DEMO1": "SUPPORTED",
        "DEMO2": "SUPPORTED",
        "DEMO3": "CONTRADICTED",
        "DEMO4": "NO_RELEVANT_EFFECT",
        "DEMO5": "SUPPORTED",
        "DEMO6": "NOT_TESTABLE",
    }
    assert [name for name, t in truth.items() if "INCONCLUSIVE" in t.accepted] == ["DEMO4"]
    assert truth["DEMO3"].planted_log2fc == -0.5


def test_truth_follows_the_settings():
    none = planted_truth(SimulationSettings(effect=0)).claims
    assert {t.expected for t in none} == {"NO_RELEVANT_EFFECT", "NOT_TESTABLE"}
    weak = planted_truth(SimulationSettings(effect=0.2)).claims
    assert {"SUPPORTED", "INCONCLUSIVE", "NO_RELEVANT_EFFECT"} == set(weak[0].accepted)
    few = planted_truth(SimulationSettings(n_donors=2)).claims
    assert "INCONCLUSIVE" in few[0].accepted
