"""States must not carry the claims: else a chance difference in composition would look like an effect."""

import numpy as np

from scvalid.simulation.compute.genes import list_genes
from scvalid.simulation.compute.planted import members_of_claims
from scvalid.simulation.compute.states import STATES, draw_state_shares, draw_state_shifts, marking_genes


def test_states_move_no_gene_of_a_claim(sets):
    genes = list_genes(sets)
    claimed = frozenset().union(*members_of_claims(sets).values())
    shifts = draw_state_shifts(genes, marking_genes(sets, claimed=claimed), rng=np.random.default_rng(0))
    assert not shifts[:, np.isin(genes, sorted(claimed))].any()
    assert not shifts[STATES.index("basal")].any()


def test_marked_genes_stand_out_in_their_state(sets):
    genes = list_genes(sets)
    claimed = frozenset().union(*members_of_claims(sets).values())
    shifts = draw_state_shifts(genes, marking_genes(sets, claimed=claimed), rng=np.random.default_rng(0))
    for state, gene in (("osteo_primed", "ALPL"), ("osteo_primed", "COL1A2"), ("stressed", "HSPA1A"), ("stressed", "EGR1")):
        column = shifts[:, genes.tolist().index(gene)]
        assert column[STATES.index(state)] >= 1.5, gene
        assert np.count_nonzero(column) == 1, gene


def test_donors_differ_mildly_in_composition():
    shares = draw_state_shares(200, rng=np.random.default_rng(0))
    assert np.allclose(shares.sum(axis=1), 1)
    assert np.allclose(shares.mean(axis=0), [0.55, 0.30, 0.15], atol=0.02)
    assert 0.03 < shares[:, 0].std() < 0.1
