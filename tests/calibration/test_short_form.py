"""The short form of the calibration: the shipped rule keeps its bounds, and a broken rule is seen to break them."""

import numpy as np
import pytest
from benchmarks.calibration import engine
from benchmarks.calibration.bounds import check, lines_of
from benchmarks.calibration.events import with_events
from benchmarks.calibration.runner import run
from benchmarks.calibration.studies import Study, short_form
from benchmarks.calibration.tables import tables_of

from scvalid.keys import Obs

N_PARTS = 3


def broken(studies):
    checked = check(with_events(run(studies, stream="short", n_processes=1)))
    return set(checked.loc[checked["status"] == "broken", "bound"])


@pytest.mark.slow
def test_the_shipped_rule_keeps_every_bound():
    frame = with_events(run(short_form(), stream="short", n_processes=2))
    checked = check(frame)
    assert len(checked) > 60
    assert (checked["status"] != "broken").all(), "\n".join(lines_of(checked[checked["status"] == "broken"]))
    fixtures = tables_of(frame)["fixtures"]
    assert fixtures.groupby("fixture")["n_tests"].sum().min() >= 40


@pytest.mark.slow
def test_samples_split_into_donors_break_type_one_error(monkeypatch):
    """Wells of one sample taken for donors: the commonest way to get it wrong."""
    whole = engine.profiles_of

    def split(dataset):
        profiles, rng = whole(dataset), np.random.default_rng(1)
        parts = [rng.binomial(profiles.X.astype(int), 1 / N_PARTS).astype(float) for _ in range(N_PARTS)]
        copies = [profiles.copy() for _ in parts]
        for i, (copy, part) in enumerate(zip(copies, parts, strict=True)):
            copy.X = part
            copy.obs[Obs.DONOR] = copy.obs[Obs.DONOR].astype(str) + f"-{i}"
            copy.obs_names = copy.obs_names + f"-{i}"
        from anndata import concat

        joined = concat(copies)
        joined.uns.update(profiles.uns)
        return joined

    monkeypatch.setattr(engine, "profiles_of", split)
    found = broken([Study("unpaired", 4, 16)])
    assert "type I, unpaired n=4" in found
    assert {"false SUPPORTED, BH, none of 20 true", "false CONTRADICTED, BH, none of 20 true"} & found


@pytest.mark.slow
def test_families_without_correction_break_their_bound(monkeypatch):
    monkeypatch.setattr("scvalid.verdicts.compute.families.benjamini_hochberg", lambda p: p)
    assert {name for name in broken([Study("unpaired", 3, 30)]) if "none of 20 true" in name}


@pytest.mark.slow
def test_a_rule_that_never_decides_breaks_its_power(monkeypatch):
    monkeypatch.setattr(engine, "VERDICTS", engine.VERDICTS.model_copy(update={"alpha": 1e-9}))
    assert "SUPPORTED at 0.5, family, paired n=4" in broken([Study("paired", 4, 6, truth="mixed")])


def test_claims_on_genes_are_judged_and_kept_apart_from_those_on_sets():
    frame = with_events(run([Study("paired", 4, 2, truth="genes, mixed")], stream="short", n_processes=1))
    assert sorted(frame["planted"].abs().unique()) == [0, 0.5, 1]
    assert frame.groupby("dataset")["set"].nunique().tolist() == [20, 20]
    large = frame[frame["planted"].abs() == 1]
    assert large["SUPPORTED, alone"].mean() > 0.5
    np.testing.assert_allclose(large["theta"], large["planted"], atol=1)
    assert set(check(frame)["line"]) == {6}


@pytest.mark.slow
def test_processes_change_nothing():
    studies = [Study("paired", 3, 1), Study("unpaired", 3, 2, truth="mixed", n_practice=1)]
    one, two = (run(studies, stream="short", n_processes=n) for n in (1, 2))
    assert one.equals(two)
