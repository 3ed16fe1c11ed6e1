"""What a name says of the sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scvalid.drafting.compute.naming import name_of_source, sample_ids, slug_of, words_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("runs/D1_ctrl/outs/filtered_feature_bc_matrix.h5", "D1_ctrl"),
        ("runs/D1_ctrl/outs/filtered_gene_bc_matrices/GRCh38", "D1_ctrl"),
        ("D1_ctrl_filtered_feature_bc_matrix.h5", "D1_ctrl"),
        ("D1/Solo.out/Gene/filtered", "D1"),
        ("GSM123_D1_icariin_matrix.mtx.gz", "GSM123_D1_icariin"),
        ("供体1_淫羊藿苷.counts.csv.gz", "供体1_淫羊藿苷"),
        ("D1.raw_counts.h5ad", "D1"),
        ("a/matrix.mtx", "a"),
        ("data/outs", "outs"),
        ("a\nb.h5ad", "a b"),
    ],
)
def test_the_part_that_names_the_sample(path, name):
    assert name_of_source(path.split("/")) == name


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["GSM1_run_D1_ctrl_v3", "GSM2_run_D2_ctrl_v3"], ["D1", "D2"]),
        (["GSM1_run_D1_ctrl", "GSM2_run_D1_drug"], ["ctrl", "drug"]),
        (["x_D1_ctrl", "x_D1_drug", "x_D2_ctrl"], ["D1_ctrl", "D1_drug", "D2_ctrl"]),
        (["GSM1", "GSM2"], ["GSM1", "GSM2"]),
        (["a_b"], ["a_b"]),
        (["a", "a"], ["a", "a_2"]),
        (["x_a", "x_A"], ["x_a", "x_A_2"]),
        (["a", "a_2", "a"], ["a", "a_2", "a_3"]),
    ],
)
def test_ids_are_short_and_differ(names, ids):
    assert sample_ids(names) == ids


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_ids_always_differ_in_more_than_case(names):
    ids = sample_ids(names)
    assert len(ids) == len(names)
    assert all(ids)
    assert len({name.casefold() for name in ids}) == len(ids)


def test_words_of_a_name():
    assert words_of("D1_0.1uM icariin-24h.v2") == ["D1", "0.1uM", "icariin", "24h", "v2"]
    assert words_of("供体12对照") == ["供体12", "对照"]
    assert words_of("对照供体一号") == ["对照", "供体一"]


@pytest.mark.parametrize(("text", "slug"), [("a b/../c", "a_b_.._c"), ("数据", ""), ("..x", "x"), ("a" * 80, "a" * 64)])
def test_slug(text, slug):
    assert slug_of(text) == slug
