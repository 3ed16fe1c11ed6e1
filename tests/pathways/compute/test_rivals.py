"""Effects beside rivals against explicit regressions, and what shared genes hand on."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from scvalid.contracts.claimed import Claimed
from scvalid.pathways.compute.rivals import rival_effects
from scvalid.pathways.compute.testing import Model, measure
from scvalid.pathways.settings import PathwaysSettings

GENES = [f"G{i:04d}" for i in range(1800)]
CLAIMED = Claimed(sets=("READ",), genes=("G0002",), rival_genes=("G0500", "G0003", "ABSENT"))
SETS = {
    "READ": {f"G{i:04d}": 1.0 for i in range(20)},
    "OVERLAPPING": {f"G{i:04d}": 1.0 + i % 3 for i in range(15, 60)},
    "INSIDE": {f"G{i:04d}": 1.0 for i in range(10)},
    "ALMOST_INSIDE": {f"G{i:04d}": 1.0 for i in range(12, 24)},
    "APART": {f"G{i:04d}": -1.0 if i % 2 else 1.0 for i in range(200, 240)},
}


def _design(n, *, is_paired=True):
    treated = np.tile([0.0, 1.0], n)
    blocks = np.repeat(np.eye(n), 2, axis=0) if is_paired else np.ones((2 * n, 1))
    return np.c_[blocks, treated]


@pytest.fixture
def measured_of(long_sets):
    """Measured profiles, paired and alternating vehicle, treated; ``shift`` is log2 per gene in the treated ones."""

    def measured(n=5, *, shift=None, seed=0, sd=0.2, sets=SETS):
        rng = np.random.default_rng(seed)
        log2 = rng.normal(6, 1, 1800) + rng.normal(0, sd, (2 * n, 1800))
        log2[1::2] += 0.0 if shift is None else shift
        counts = np.round(2 ** (log2 + 6))
        return measure(counts, np.array(GENES), long_sets(sets), PathwaysSettings())

    return measured


def _model(n, *, is_paired=True):
    return Model(_design(n, is_paired=is_paired), tuple(f"d{i // 2}" for i in range(2 * n)), is_paired, "plain_t")


def _rows(table, readout):
    return table[table["readout_id"] == readout].set_index("rival_id")


def _score_without(measured, name, without):
    """The set's score over its genes outside ``without``, on the scale of the whole; by loop over genes."""
    row = list(measured.names).index(name)
    weights = dict(zip(measured.expression.genes, measured.sets.weights[row], strict=True))
    total = sum(abs(w) for w in weights.values())
    kept = {gene: w for gene, w in weights.items() if gene not in without and w}
    relative = dict(zip(measured.expression.genes, measured.expression.relative, strict=True))
    return sum(w * relative[gene] for gene, w in kept.items()) * total / sum(abs(w) for w in kept.values())


@pytest.mark.parametrize("is_paired", [True, False])
def test_every_pair_equals_an_explicit_regression(measured_of, is_paired):
    measured, model = measured_of(), _model(5, is_paired=is_paired)
    table = rival_effects(measured, model, CLAIMED)
    y = {"READ": measured.scores[list(measured.names).index("READ")]}
    y["G0002"] = measured.expression.log_cpm[list(measured.expression.genes).index("G0002")]
    n_checked = 0
    for readout, genes in (("READ", SETS["READ"]), ("G0002", {"G0002"})):
        for rival, row in _rows(table, readout).iterrows():
            if np.isnan(row["theta_adjusted"]):
                continue
            score = (
                measured.expression.relative[list(measured.expression.genes).index(rival)]
                if rival.startswith("G")
                else _score_without(measured, rival, genes)
            )
            x = np.c_[model.x, score]
            beta, rss = np.linalg.lstsq(x, y[readout], rcond=None)[:2]
            df = x.shape[0] - x.shape[1]
            se = np.sqrt(rss[0] / df * np.linalg.inv(x.T @ x)[-1, -1])
            assert_allclose(row["theta_adjusted"], beta[-2], atol=1e-9)
            assert_allclose(row["p_slope"], 2 * stats.t.sf(abs(beta[-1] / se), df), rtol=1e-6)
            assert_allclose(row["theta_rival"], np.linalg.lstsq(model.x, score, rcond=None)[0][-1], atol=1e-9)
            n_checked += 1
    assert n_checked == 10


def test_the_genes_of_a_readout_are_no_part_of_its_rival(measured_of):
    """Shift the read-out's genes alone: a rival that shares a third of them must not seem to move, nor explain."""
    shift = np.zeros(1800)
    shift[:20] = 1.0
    table = rival_effects(measured_of(8, shift=shift), _model(8), CLAIMED)
    row = _rows(table, "READ").loc["OVERLAPPING"]
    assert abs(row["theta_rival"]) < 0.1
    assert row["theta_unshared"] > 0.8


def test_what_shared_genes_hand_on_is_taken_off(measured_of):
    """The rival's programme moves, in proportion to its weights; of the read-out only the five shared genes do."""
    shift = np.zeros(1800)
    shift[15:60] = [0.4 * weight for weight in SETS["OVERLAPPING"].values()]
    measured = measured_of(8, shift=shift, sd=0.1)
    row = _rows(rival_effects(measured, _model(8), CLAIMED), "READ").loc["OVERLAPPING"]
    theta = row["theta_unshared"] + (0.4 * sum(1.0 + i % 3 for i in range(15, 20)) / 20)
    own = np.linalg.lstsq(_design(8), measured.scores[list(measured.names).index("READ")], rcond=None)[0][-1]
    assert abs(row["theta_unshared"]) < 0.06
    assert own == pytest.approx(theta, abs=0.06)


def test_a_rival_with_nothing_of_its_own_has_no_numbers(measured_of):
    rows = _rows(rival_effects(measured_of(), _model(5), CLAIMED), "READ")
    for rival in ("INSIDE", "ALMOST_INSIDE", "G0003"):
        assert rows.loc[rival, ["theta_adjusted", "p_slope", "theta_rival", "theta_unshared"]].isna().all()


def test_without_shared_genes_nothing_is_handed_on(measured_of):
    rows = _rows(rival_effects(measured_of(), _model(5), CLAIMED), "READ")
    assert rows.loc[["APART", "G0500"], "theta_unshared"].isna().all()
    assert rows.loc[["APART", "G0500"], "theta_adjusted"].notna().all()


def test_no_model_holds_a_rival_where_no_degree_of_freedom_is_left(measured_of):
    rows = rival_effects(measured_of(2), _model(2), CLAIMED)
    assert rows[["theta_adjusted", "p_slope"]].isna().all().all()
    assert _rows(rows, "READ").loc["OVERLAPPING", ["theta_rival", "theta_unshared"]].notna().all()


def test_a_rival_that_is_a_column_of_the_design_is_not_in_the_model(measured_of, long_sets):
    measured = measured_of(4)
    row = list(measured.names).index("APART")
    measured.scores[row] = np.tile([0.0, 1.0], 4)
    assert np.isnan(_rows(rival_effects(measured, _model(4), CLAIMED), "READ").loc["APART", "theta_adjusted"])


def test_scale_of_a_rival_does_not_matter(measured_of):
    scaled = {**SETS, "OVERLAPPING": {gene: 7.5 * weight for gene, weight in SETS["OVERLAPPING"].items()}}
    one, other = (rival_effects(measured_of(sets=sets), _model(5), CLAIMED) for sets in (SETS, scaled))
    numbers = ["theta_adjusted", "p_slope", "theta_rival", "theta_unshared"]
    assert_allclose(one[numbers], other[numbers], atol=1e-10)


def test_claims_more_and_sets_more_change_no_number(measured_of):
    more = {**SETS, "SUBMITTED": {f"G{i:04d}": 1.0 for i in range(300, 330)}}
    claimed = Claimed(sets=("APART", "READ", "NOT_INSTALLED"), genes=("G0002", "G0004", "ABSENT"))
    few = rival_effects(measured_of(), _model(5), Claimed(sets=("READ",), genes=("G0002",)))
    many = rival_effects(measured_of(sets=more), _model(5), claimed)
    pair = ["readout_id", "rival_id"]
    both = few.merge(many, on=pair, suffixes=("", "_more"))
    assert len(both) == len(few)
    assert_allclose(both["theta_adjusted"], both["theta_adjusted_more"], atol=1e-12)


def test_no_claim_is_an_empty_table(measured_of):
    assert rival_effects(measured_of(), _model(5), Claimed()).empty
