"""What a person types into config.yaml is either right, or answered with one plain sentence a fault."""

import copy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scvalid.errors import SubmissionError
from scvalid.submission.config import Config, parse_config


def faults_of(values) -> tuple[str, ...]:
    with pytest.raises(SubmissionError) as caught:
        parse_config(values, name="config.yaml")
    return caught.value.findings


def test_sections_left_out_or_empty_keep_their_defaults(config):
    plain = parse_config(config, name="config.yaml")
    empty = dict.fromkeys(("qc", "intake", "verdicts", "title", "compound", "simulation"))
    assert parse_config({**config, **empty}, name="config.yaml") == plain
    assert plain.simulation is None


@pytest.mark.parametrize(
    ("section", "values", "words"),
    [
        ("sampels", "x", ["'sampels'", "Did you mean 'samples'?"]),
        ("quality", {}, ["'quality'", "must be a known key"]),
        ("qc", {"min_count": 5}, ["'qc.min_count'", "Did you mean 'min_counts'?"]),
        ("integration", {"scvi": {"n_latents": 3}}, ["'integration.scvi.n_latents'", "Did you mean 'n_latent'?"]),
        ("integration", {"scvi": None}, ["'integration.scvi'", "hold keys and values", "Got nothing"]),
        ("integration", {"method": "scanorama"}, ["'harmony' or 'scvi'", "'scanorama'"]),
        ("integration", {"batch_keys": "donor_id"}, ["'integration.batch_keys'", "be a list"]),
        ("qc", {"max_mt_share": 1.5}, ["'qc.max_mt_share'", "less than or equal to 1", "'1.5'"]),
        ("qc", {"n_mads": float("nan")}, ["'qc.n_mads'", "be a number", "nan"]),
        ("qc", [1], ["'qc'", "hold keys and values", "'[1]'"]),
        ("design", {"treated": "a", "vehicle": "a"}, ["'design'", "must have different names"]),
        ("design", {"treated": False, "vehicle": 1}, ["'design.treated'", "'False' without quotes", "Put quotes"]),
        ("design", {"treated": "a"}, ["'design.vehicle'", "must be given"]),
        ("seed", "many", ["'seed'", "be a whole number"]),
        ("dataset", "../up", ["'dataset'", "'../up'"]),
        ("dataset", "a/b", ["'dataset'"]),
        ("dataset", ".hidden", ["'dataset'"]),
        ("samples", "a\nb", ["'samples'", r"'a\nb'"]),
        ("compound", {"name": "x", "inchikey": "no"}, ["'compound.inchikey'"]),
        (7, "x", ["'7'"]),
        ("x" * 100_000, 1, ["must be a known key"]),
        ("a\x1bb\n", 1, [r"'a\x1bb\n'"]),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, str) else "",
)
def test_each_fault_is_one_sentence(config, section, values, words):
    findings = faults_of({**config, section: values})
    for word in words:
        assert any(word in finding for finding in findings), findings
    assert all(finding.isprintable() and len(finding) < 1500 for finding in findings)


def test_a_number_too_long_to_print_is_one_sentence(config):
    (finding,) = faults_of({**config, "seed": 10**5000})
    assert "'seed'" in finding
    assert "Got 'int'" in finding


def test_all_faults_are_said_at_once(config):
    del config["samples"]
    config |= {"qc": {"min_count": 1, "n_mads": -1}, "sead": 3, "pathways": {"n_bins": "x"}}
    text = "\n".join(faults_of(config))
    for key in ("'samples'", "'qc.min_count'", "'qc.n_mads'", "'sead'", "'pathways.n_bins'"):
        assert key in text


@pytest.mark.parametrize("values", [None, [], "text", 3, [["a", 1]]])
def test_what_is_no_mapping_is_one_sentence(values):
    (finding,) = faults_of(values)
    assert "hold keys and values" in finding


def test_the_input_stays_as_it_was(config):
    config["qc"] = None
    before = copy.deepcopy(config)
    parse_config(config, name="config.yaml")
    assert config == before


def test_lists_without_end_are_refused(config):
    endless: list[object] = []
    endless.append(endless)
    assert len(faults_of({**config, "gene_sets": endless, "qc": endless})) == 2


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates(), st.binary(max_size=5)
)
KEYS = st.one_of(
    st.sampled_from([*Config.model_fields, "scvi", "method", "treated", "name"]), st.text(max_size=9), st.integers()
)
VALUES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=4) | st.dictionaries(KEYS, v, max_size=5), max_leaves=12)


def assert_parsed_or_refused(values: object) -> None:
    try:
        parsed = parse_config(values, name="config.yaml")
    except SubmissionError as error:
        findings = error.findings
    else:
        assert parsed.dataset
        return
    assert findings
    assert all(f.isprintable() and len(f) < 3000 for f in findings)


@example({"seed": 10**5000})
@example({"\ud800": 1, "title": "\ud800"})
@settings(max_examples=300, deadline=None)
@given(values=st.one_of(VALUES, st.dictionaries(KEYS, VALUES, max_size=8)))
def test_any_values_are_parsed_or_refused(values):
    assert_parsed_or_refused(values)


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(values=st.one_of(VALUES, st.dictionaries(KEYS, VALUES, max_size=8)))
def test_any_values_are_parsed_or_refused_many_times(values):
    assert_parsed_or_refused(values)
