"""Contrasts and series: what a config may ask for beside its headline comparison, and what it is told if it may not."""

import pytest

from scvalid.settings import Contrast, Design
from scvalid.submission.config import parse_config, read_config

GIVEN = {"dataset": "d", "samples": "s.tsv", "claims": "c.yaml"}
A, B = ({"name": f"ab-v-{x.lower()}", "treated": "AB", "vehicle": x} for x in "AB")
DOSES = {"name": "doses", "kind": "dose", "arms": {"对照": 0, "低剂量": 1, "高剂量": "10"}}
TIMES = {"T1": 1, "T2": 2, "T3": 3}


def values_of(**design):
    return GIVEN | {"design": {"treated": "AB", "vehicle": "V", **design}}


def finding_of(**design):
    config, faults, stood_in = read_config(values_of(**design), name="config.yaml")
    assert config is not None
    assert not stood_in, "the two arms of the headline are still known"
    (fault,) = faults
    return fault


def test_nothing_is_asked_for_by_default():
    design = parse_config(values_of(), name="config.yaml").design
    assert (design.contrasts, design.series) == ((), ())
    assert design.headline == design
    assert design.named_arms == {"AB", "V"}


def test_arms_of_any_script_and_numbers_as_text_are_taken():
    contrast = {"name": "联".encode().hex(), "treated": "联合", "vehicle": "对照", "claims": ["C1"]}
    design = parse_config(values_of(contrasts=[contrast], series=[DOSES]), name="config.yaml").design
    assert design.of(design.contrasts[0]) == Design(treated="联合", vehicle="对照")
    assert design.series[0].levels == (0, 1, 10)
    assert design.named_arms == {"AB", "V", "联合", "对照", "低剂量", "高剂量"}
    assert design.headline == Design(treated="AB", vehicle="V")


def test_a_contrast_has_the_pairing_of_the_headline():
    design = Design(treated="AB", vehicle="V", pairing="unpaired", contrasts=(Contrast(**A),))
    assert design.of(design.contrasts[0]) == Design(treated="AB", vehicle="A", pairing="unpaired")


@pytest.mark.parametrize(
    ("contrasts", "words"),
    [
        ([A | {"vehicle": "AB"}], ["compare two arms", "'AB' twice"]),
        ([A, B | {"name": "AB-V-A"}], ["different names", "'ab-v-a'"]),
        ([A | {"name": "甲"}], ["'design.contrasts.0.name'", "letters a to z"]),
        ([A | {"beyond": ["ab-v-b"]}], ["name other contrasts", "'ab-v-b'"]),
        ([A | {"beyond": ["ab-v-a"]}], ["name other contrasts", "'ab-v-a'"]),
        ([A | {"claim": ["C1"]}], ["Did you mean 'claims'?"]),
        ([{"name": "a", "treated": "A"}], ["'design.contrasts.0.vehicle'", "be given"]),
        ([A | {"name": f"c{i}"} for i in range(13)], ["'design.contrasts'", "name at most 12 contrasts, not 13"]),
        ([A | {"vehicle": "V"}], ["other comparisons than the headline", "'ab-v-a'"]),
        ("ab-v-a", ["'design.contrasts'", "be a list"]),
    ],
)
def test_contrasts_that_mean_nothing_are_refused(contrasts, words):
    fault = finding_of(contrasts=contrasts)
    assert all(word in fault for word in words), fault


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ([DOSES | {"arms": {"V": 0, "L": 1}}], ["3 to 20 arms", "not 2"]),
        ([DOSES | {"arms": {f"a{i}": i for i in range(21)}}], ["3 to 20 arms", "not 21"]),
        ([DOSES | {"arms": {"V": 0, "L": 1, "H": "10 uM"}}], ["'design.series.0.arms.H'", "be a number", "'10 uM'"]),
        ([DOSES | {"arms": {"V": 0, "L": 1, "H": float("inf")}}], ["be a number"]),
        ([DOSES | {"arms": {"V": 0, "L": 1, "H": 1.0}}], ["level of its own", "1 stands twice"]),
        ([DOSES | {"arms": {"V": 0, "L": -1, "H": 10}}], ["'design.series.0.arms.L'", "greater than or equal to 0"]),
        ([DOSES | {"arms": {"V": 5, "L": 1, "H": 10}}], ["give the vehicle 'V' the dose 0", "'doses'", "not 5"]),
        ([DOSES | {"name": f"d{i}"} for i in range(7)], ["name at most 6 series, not 7"]),
        ([DOSES | {"kind": "passage"}], ["'dose' or 'time'"]),
        ([DOSES, DOSES], ["different names", "'doses'"]),
        ([DOSES | {"arms": TIMES, "vehicle": {"T1": 1, "v": 2, "w": 3}}], ["each arm once", "'T1'"]),
        ([DOSES | {"arms": TIMES, "vehicle": {"u": 1, "v": 2, "w": 4}}], ["same levels"]),
    ],
)
def test_series_that_mean_nothing_are_refused(series, words):
    fault = finding_of(series=series)
    assert all(word in fault for word in words), fault


def test_the_headline_may_be_named_again_where_a_claim_must_hold_beyond_more():
    again = A | {"name": "again", "vehicle": "V", "beyond": ["ab-v-a"]}
    assert len(parse_config(values_of(contrasts=[again, A]), name="config.yaml").design.contrasts) == 2
    other = A | {"name": "other", "vehicle": "V", "compound": "EGCG"}
    assert parse_config(values_of(contrasts=[other]), name="config.yaml").design.contrasts[0].compound == "EGCG"


def test_times_may_start_anywhere_also_those_of_the_vehicle():
    arms = {"V": 6, "T2": 24, "T3": 72}
    series = parse_config(values_of(series=[{"name": "t", "kind": "time", "arms": arms}]), name="config.yaml").design.series
    assert series[0].levels == (6, 24, 72)
