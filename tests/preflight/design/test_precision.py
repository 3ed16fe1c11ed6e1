"""Detectable effects of a design, and the donors that it lacks."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from scvalid.preflight.design.audit import audit_design
from scvalid.preflight.design.precision import MOST_DONORS, Size, donors_to_add, donors_to_show_none, precision_of
from scvalid.preflight.design.prior import SPREADS
from scvalid.stats.correlation_prior import GUARD_SHARE_PAIRED, GUARD_SHARE_UNPAIRED, p_values, posterior_of_correlation
from scvalid.stats.design import build_design
from scvalid.stats.linear_model import fit_rows

BOUNDS = {"delta": 0.25, "alpha": 0.05}


def _size(n, *, is_paired, test="correlation_prior"):
    return Size(n, n, is_paired=is_paired, df=n - 1 if is_paired else 2 * n - 2, vif=1.0, test=test)


def test_numbers_of_three_pairs():
    found = precision_of(_size(3, is_paired=True, test="plain_t"), "set", "typical", n_claims=1, **BOUNDS)
    # SE = .09 sqrt(2/3); the noncentral t of 2 df is above 4.3027 in 80 % of cases at 5.65
    assert found.se == pytest.approx(0.0735, abs=1e-4)
    assert stats.nct.sf(4.3027, 2, found.mde / found.se) == pytest.approx(0.8, abs=2e-3)
    assert found.floor == 0.125
    assert found.mde_of_family == found.mde
    assert f"{found.mde:.2f} log2" in found.text


def test_a_family_costs_precision():
    alone, many = (precision_of(_size(6, is_paired=False), "set", "typical", n_claims=m, **BOUNDS) for m in (1, 20))
    assert many.mde == alone.mde
    assert many.mde_of_family > 1.2 * many.mde
    assert "one of 20 claims" in many.text


@pytest.mark.parametrize("rows", [["a T x", "b T x", "c T y", "d V x", "e V y", "f V y"], ["a T", "b T", "c V", "d V", "e V"]])
def test_the_error_is_that_of_the_fitted_model(submission_of, rows):
    audit = audit_design(submission_of(*rows))
    donors, batches = [row.split()[1] == "T" for row in rows], [[*row.split(), "b1"][2] for row in rows]
    nuisance = {"batch": batches} if len(set(batches)) > 1 else {}
    fit = fit_rows(np.zeros((1, len(rows))), build_design(np.array(donors), nuisance).x)
    typical = next(p for p in audit.precision if p.assumption == "typical")
    assert typical.se == pytest.approx(0.10 * fit.unit)


def _share_found(n, *, is_paired, alpha, seed=3, n_sets=100, repeats=30):
    """Return how often the primary test finds the effect said to be detectable, over sets of many sizes and correlations."""
    rng = np.random.default_rng(seed)
    treated = np.repeat([False, True], n)
    donors = [f"d{i % n}" for i in range(2 * n)]
    x = build_design(treated, {"donor": donors} if is_paired else {}).x
    size = _size(n, is_paired=is_paired)
    unit = precision_of(size, "set", "typical", delta=0.25, alpha=alpha, n_claims=1)
    effect = unit.mde / unit.sd
    found = []
    for _ in range(repeats):
        full = np.full(n_sets, 1.0)
        naive = 1 / rng.integers(10, 200, n_sets)
        variance = naive + rng.beta(0.8, 7.2, n_sets) * (full - naive)
        y = (rng.standard_normal((n_sets, 2 * n)) + effect * treated) * np.sqrt(variance)[:, None]
        guard = GUARD_SHARE_PAIRED if is_paired else GUARD_SHARE_UNPAIRED
        posterior = posterior_of_correlation(fit_rows(y, x), naive, full, in_panel=np.ones(n_sets, bool), guard_share=guard)
        found.append(np.mean(p_values(posterior) <= alpha))
    return float(np.mean(found))


@pytest.mark.parametrize(("n", "is_paired"), [(3, True), (4, True), (6, True), (3, False), (4, False), (6, False)])
def test_the_primary_test_finds_what_is_said_to_be_detectable(n, is_paired):
    """Within reach of 80 %, and rather above: 3,000 tests a design, the sets of one experiment are independent here."""
    assert 0.76 <= _share_found(n, is_paired=is_paired, alpha=0.05) <= 0.88
    assert _share_found(n, is_paired=is_paired, alpha=0.05 / 20) >= 0.76


@pytest.mark.parametrize("is_paired", [True, False])
@pytest.mark.parametrize("n_claims", [1, 8])
def test_the_donors_to_add_are_the_fewest_that_do(is_paired, n_claims):
    size = _size(3, is_paired=is_paired)
    bounds = BOUNDS | {"n_claims": n_claims}
    n = donors_to_add(size, "set", **bounds)
    assert n is not None
    enough, short = (precision_of(size.with_more(k), "set", "typical", **bounds).mde_of_family for k in (n, n - 1))
    assert enough <= 0.25 < short


def test_more_donors_are_those_of_the_design_that_would_be_made():
    assert _size(3, is_paired=True).with_more(2) == _size(5, is_paired=True)
    assert _size(3, is_paired=False).with_more(2) == _size(5, is_paired=False)


def test_no_number_is_suggested_beyond_what_anyone_would_do():
    assert donors_to_add(_size(3, is_paired=True), "gene", n_claims=1, delta=0.05, alpha=0.05) is None
    assert donors_to_add(_size(MOST_DONORS + 5, is_paired=True), "gene", n_claims=1, **BOUNDS) is None
    assert donors_to_add(_size(1, is_paired=True), "set", n_claims=1, delta=5, alpha=0.05) == 2, "three donors in any case"


def test_the_prior_is_that_of_the_committed_table(repository):
    with (repository / "benchmarks/donor_variation.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["source"] == "Kang 2018, large samples"]
    readouts = {"set": "set", "gene": "gene, CPM 100 to 300, without counting"}
    for (kind, assumption), spread in SPREADS.items():
        of_kind = {row["contrast"]: row for row in rows if row["readout"] == readouts[kind]}
        column = "median" if assumption == "typical" else "q80"
        found = [float(of_kind[contrast][column]) for contrast in ("unpaired", "paired")]
        assert [spread.unpaired, spread.paired] == pytest.approx(found, abs=0.006)


def test_a_gene_of_few_counts_is_known_less_well():
    """Counting adds 1 / (expected count ln(2)^2); more cells or depth take it away again."""
    few, many = (
        precision_of(replace(_size(4, is_paired=True), counts=counts), "gene", "typical", n_claims=1, **BOUNDS)
        for counts in (2e5, 2e8)
    )
    assert few.sd**2 - 0.15**2 == pytest.approx(1 / (10 * np.log(2) ** 2))
    assert many.sd == pytest.approx(0.15, abs=1e-3)


def test_donors_to_show_none_are_the_fewest_that_do():
    size = _size(3, is_paired=True)
    n = donors_to_show_none(size, "set", delta=0.25)
    assert n > 0
    enough, short = (precision_of(size.with_more(k), "set", "typical", n_claims=1, **BOUNDS).chance_of_none for k in (n, n - 1))
    assert short < 0.8 <= enough
