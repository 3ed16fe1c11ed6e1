"""The sheet's comparison is the one that the workflow makes of the summed cells."""

import numpy as np
import pandas as pd
from anndata import AnnData
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from scvalid.keys import Obs
from scvalid.pathways.compute.comparison import choose_profiles
from scvalid.pathways.compute.facts import facts_of
from scvalid.preflight.design.arms import lay_out
from scvalid.preflight.design.audit import audit_design
from scvalid.pseudobulk.compute import sum_by_donor
from scvalid.settings import Design

ROW = st.tuples(st.sampled_from("abcde"), st.sampled_from(["T", "V", "other"]), st.sampled_from(["b1", "b2", "b3"]))


def _summed(submission, n_cells=5):
    """Sum cells of every sample as the stage pseudobulk does."""

    def cells(sample):
        labels = {Obs.DONOR: sample.donor_id, Obs.ARM: sample.arm, Obs.BATCH: sample.batch_id}
        obs = pd.DataFrame([labels] * n_cells, index=[f"{sample.sample_id}_{i}" for i in range(n_cells)])
        return AnnData(sparse.csr_matrix(np.ones((n_cells, 2), np.float32)), obs=obs)

    return sum_by_donor((cells(sample) for sample in submission.samples), states=None, min_cells=5).obs


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=9), st.sampled_from(["auto", "paired", "unpaired"]))
def test_the_audit_is_what_the_workflow_finds_in_the_summed_cells(submission_of, rows, pairing):
    design = Design(treated="drug", vehicle="vehicle", pairing=pairing)
    submission = submission_of(*map(" ".join, rows), design=design)
    expected = facts_of(choose_profiles(_summed(submission), design), "", design, n_genes_measured=0, n_genes=0)
    audit = audit_design(submission)
    assert (audit.is_paired, audit.df, audit.vif) == (expected.is_paired, expected.df, expected.vif)
    assert (audit.treated.donors, audit.vehicle.donors) == (expected.donors_treated, expected.donors_vehicle)
    assert (audit.gate, audit.left_out) == (expected.gate, expected.dropped_profiles)
    assert (audit.nuisance, audit.dropped_nuisance) == (expected.nuisance, expected.dropped_nuisance)
    assert audit.smallest_exact_p == expected.smallest_exact_p


def test_samples_of_one_donor_and_arm_count_once_and_are_named(submission_of):
    audit = audit_design(submission_of("a T", "a T", "a V", "b T", "b V", "c T", "c V"))
    assert audit.df == 2
    assert [(own.donor, own.arm, own.samples) for own in audit.summed] == [("a", "drug", ("s1", "s2"))]
    assert any("s1, s2 are one donor in one arm" in text for text in audit.warnings)


def test_known_numbers_of_cells_leave_out_what_the_workflow_would(submission_of):
    submission = submission_of("a T", "a V", "b T", "b V", "c T", "c V", "d T", "d V", "d V")
    many = {f"s{i}": 500 for i in range(1, 8)}
    assert lay_out(submission, n_cells=many).comparison.left_out == (), "unknown numbers leave nothing out"
    together = lay_out(submission, n_cells=many | {"s8": 12, "s9": 12}).comparison
    assert together.left_out == (), "two small samples of a donor and arm are one profile"
    alone = audit_design(submission, n_cells=many | {"s8": 12, "s9": 7})
    assert set(alone.left_out) == {"d / drug", "d / vehicle"}
    assert alone.treated.donors == ("a", "b", "c")
    assert any("d / drug, d / vehicle" in text for text in alone.warnings)


def test_other_arms_and_donors_of_one_arm_are_named(submission_of):
    audit = audit_design(submission_of("a T", "a V", "b T", "b V", "c T", "c V", "d V", "a dose2"))
    assert (audit.other_arms, audit.one_arm_donors, audit.left_out) == (("dose2",), ("d / vehicle",), ("d / vehicle",))
    assert audit.pairs == ("a", "b", "c")
    assert any("dose2" in text for text in audit.facts)
