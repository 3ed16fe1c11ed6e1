import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from scvalid.contracts.counts import faults_of_counts
from scvalid.intake.compute.judgement import judge_counts, judge_species

RAW = np.array([0.0, 1.0, 3.0, 250.0, 1200.0])
HUMAN = [f"ENSG{i:011d}.{i % 7 + 1}" for i in range(20)]
MOUSE = [f"ENSMUSG{i:011d}" for i in range(20)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.log1p(RAW / RAW.sum() * 1e4), "log-normalised"),
        (RAW / RAW.sum() * 1e6 + 0.25, "CPM"),
        ((RAW - RAW.mean()) / RAW.std(), "scaled"),
        (np.array([1.0, np.nan]), "missing or infinite"),
        (np.array([1.0, np.inf]), "missing or infinite"),
        (np.array([-1, 2]), "negative"),
        (np.array([2.0**25]), "for one gene in one cell"),
        (np.array(["a"]), "not numbers"),
    ],
)
def test_values_that_are_no_counts_are_named(values, said):
    assert said in judge_counts(values)


@given(hnp.arrays(np.float64, 6, elements=st.floats(-5, 2000) | st.integers(0, 2000).map(float) | st.just(np.nan)))
def test_what_is_accepted_here_holds_the_contract_later(values):
    assert (judge_counts(values) is None) == (faults_of_counts(values) == [])


@pytest.mark.parametrize(
    ("names", "species", "said"),
    [
        (HUMAN, "human", None),
        (HUMAN, "rat", "100 % human"),
        (MOUSE, "human", "100 % mouse"),
        (HUMAN + MOUSE, "human", "50 % human, 50 % mouse"),
        (["ENSSSCG" + name[4:] for name in HUMAN], "human", "another species"),
        ([f"GRCh38_GENE{i}" for i in range(9)] + [f"mm10___Gene{i}" for i in range(9)], "human", "genome prefixes"),
        (["Gapdh", "Actb", "mt-Nd1", "Cd34", "Col1a1"] * 3, "human", "mouse or rat"),
        (["Gapdh", "Actb", "mt-Nd1", "Cd34", "Col1a1"] * 3, "rat", None),
        (["GAPDH", "ACTB", "MT-ND1", "C1orf112", "RP11-34P13.3"] * 3, "mouse", "human"),
        (["GAPDH", "ACTB", "MT-ND1", "C1orf112", "RP11-34P13.3"] * 3, "human", None),
        ([str(i) for i in range(30)], "mouse", None),
        (["Gapdh"] * 3, "human", None),
    ],
)
def test_species_is_told_from_names_or_not_at_all(names, species, said):
    found = judge_species(names, species=species)
    assert (found is None) == (said is None)
    assert said is None or said in found
