"""Which labellings there are: counted, compared with the true one, and held to what must stay."""

from collections import Counter

import numpy as np
import pytest

from scvalid.pathways.compute.controls.labellings import relabel, suffices
from scvalid.pathways.compute.testing import Model


@pytest.fixture
def model_of(compare, analysis, null_profiles):
    def make(**design):
        return compare(null_profiles(**design), analysis()).model

    return make


def _rng():
    return np.random.default_rng(1)


def test_pairs_have_all_flips_but_the_true_one_and_its_mirror(model_of):
    model = model_of(n=6)
    found = relabel(model, rng=_rng())
    both = found.with_mirrors().is_treated
    assert len({tuple(row) for row in both}) == len(both) == 2**6 - 2
    truth = model.x[:, -1] > 0
    assert not any((row == truth).all() or (row != truth).all() for row in both)
    for row in both:
        assert Counter(d for d, treated in zip(model.donors, row, strict=True) if treated) == dict.fromkeys(
            set(model.donors), 1
        )


def test_donors_of_one_arm_exchange_labels_within_their_batch(model_of):
    model = model_of(n=6, is_paired=False, n_batches=2)
    truth = model.x[:, -1] > 0
    found = relabel(model, rng=_rng())
    # per batch 20 ways to choose three of six; the true one and its mirror are left out
    assert len(found.with_mirrors().is_treated) == 20 * 20 - 2
    for row in found.is_treated:
        assert Counter(zip(model.batches, row, strict=True)) == Counter(zip(model.batches, truth, strict=True))


def test_unequal_arms_have_no_mirrors(model_of):
    model = model_of(n=5, is_paired=False)
    keep = np.arange(10) != 0
    model = Model(model.x[keep], tuple(np.array(model.donors)[keep]), is_paired=False, primary_test="plain_t")
    found = relabel(model, rng=_rng())
    assert not found.has_mirrors
    assert found.n == 126 - 1
    assert (found.is_treated.sum(axis=1) == model.x[:, -1].sum()).all()


def test_no_more_than_asked_and_the_same_for_the_same_seed(model_of):
    model = model_of(n=8)
    first, again = (relabel(model, rng=_rng(), most=20) for _ in range(2))
    assert len(first.with_mirrors().is_treated) == 20
    assert (first.is_treated == again.is_treated).all()


def test_a_donor_who_says_nothing_keeps_its_label(model_of):
    model = model_of(n=5, is_paired=False)
    alone = np.zeros((10, 1))
    alone[0] = 1  # a batch of this donor only takes up all that it says
    model = Model(np.column_stack([alone, model.x]), model.donors, False, "plain_t", ("own", *("b",) * 9))
    found = relabel(model, rng=_rng())
    assert (found.is_treated[:, 0] == (model.x[0, -1] > 0)).all()
    assert found.n == 126 - 1


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        ({"n": 5}, False),
        ({"n": 6}, True),
        ({"n": 3, "is_paired": False}, False),
        ({"n": 4, "is_paired": False}, True),
    ],
)
def test_how_many_donors_suffice_for_a_rate(model_of, design, expected):
    assert suffices(model_of(**design)) is expected


def test_contrasts_give_the_effects_of_the_models(model_of):
    found = relabel(model_of(n=6), rng=_rng())
    y = np.random.default_rng(2).normal(size=12)
    slow = [np.linalg.lstsq(model.x, y, rcond=None)[0][-1] for model in found.models]
    np.testing.assert_allclose(found.contrasts @ y, slow, atol=1e-12)
