"""From counts to the embedding, and what is too small for one."""

import numpy as np
import pytest
from scipy import sparse

from scvalid.errors import SubmissionError
from scvalid.integration.compute.embedding import embed_cells
from scvalid.integration.settings import IntegrationSettings


def test_a_strong_donor_effect_is_gone_and_states_are_kept(planted, share_of_own):
    found = embed_cells(planted.counts, obs=planted.obs, settings=IntegrationSettings(), seed=0)
    assert found.columns == ("donor_id",)
    assert share_of_own(found.positions, planted.obs["donor_id"].to_numpy()) < 0.6
    assert share_of_own(found.positions, planted.states) > 0.9


def test_one_donor_is_embedded_as_if_no_correction_was_asked_for(few):
    alone = embed_cells(few.counts, obs=few.obs.assign(donor_id="d0"), settings=IntegrationSettings(), seed=0)
    asked = embed_cells(few.counts, obs=few.obs, settings=IntegrationSettings(batch_keys=()), seed=0)
    assert alone.columns == asked.columns == ()
    assert alone.positions.tobytes() == asked.positions.tobytes()


def test_too_few_cells_are_refused_with_what_to_do(few):
    with pytest.raises(SubmissionError, match=r"at least 20 cells.*Got 19 cells.*Check that all samples name genes"):
        embed_cells(few.counts[:19], obs=few.obs.iloc[:19], settings=IntegrationSettings(), seed=0)


def test_samples_without_a_gene_in_common_are_refused(few):
    with pytest.raises(SubmissionError, match="Got 60 cells and 0 genes"):
        embed_cells(sparse.csr_matrix((60, 0), dtype=np.float32), obs=few.obs, settings=IntegrationSettings(), seed=0)


def test_input_is_not_touched(few):
    counts, obs = few.counts.copy(), few.obs.copy()
    embed_cells(few.counts, obs=few.obs, settings=IntegrationSettings(n_variable_genes=100), seed=0)
    assert (counts != few.counts).nnz == 0
    assert obs.equals(few.obs)
