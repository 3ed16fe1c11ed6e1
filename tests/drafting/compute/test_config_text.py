"""The config is YAML whatever the names are, and what could not be guessed is refused as it stands."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scvalid.drafting.compute.config_text import FILL_IN, config_text, scalar
from scvalid.drafting.compute.draft import Draft, GivenCompound, Row
from scvalid.drafting.compute.sheet_text import sheet_text
from scvalid.errors import SubmissionError
from scvalid.io.sheets import read_sheet_rows
from scvalid.submission.config import parse_config

ODD = [
    "no",
    "null",
    "1e3",
    "2024-01-31",
    "a: b",
    'it\'s "so"',
    "# x",
    "- x",
    "供体一",
    "&a",
    "*a",
    "!x",
    "{a}",
    "@x",
    "%",
    "012",
]


@pytest.mark.parametrize("text", ODD)
def test_scalar_is_read_back(text):
    assert yaml.safe_load(f"key: {scalar(text)}") == {"key": text}


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_any_name_is_read_back(text):
    draft = Draft(
        dataset="x", rows=(Row("s", "s", "p", arm=text),), treated=text, treatment=text, notes=(text,), claims={"A1": text}
    )
    values = yaml.safe_load(config_text(draft))
    assert (values.get("treatment") or "") == text
    assert (values["design"]["treated"] or "") == text
    assert values["registered_claims"] == ["A1"]


def test_draft_with_everything_is_a_config():
    compound = GivenCompound("icariin", "淫羊藿苷", "TZJALUIVHRYQQB-XLRXWWTNSA-N", "10 uM", "24 h", "DMSO 0.1 %")
    draft = Draft(
        "x", (), "human", "MSC", "basal", "none", "drug: 1", "no", compound, claims={"E01": "x"}, counts_layer="raw: counts"
    )
    config = parse_config(yaml.safe_load(config_text(draft)), name="config.yaml")
    assert (config.design.treated, config.design.vehicle) == ("drug: 1", "no")
    assert config.compound.vehicle == "DMSO 0.1 %"
    assert config.intake.counts_layer == "raw: counts"
    assert FILL_IN not in config_text(draft).partition("\ndataset")[2]


def test_empty_draft_is_refused_with_a_sentence_for_each_gap():
    text = config_text(Draft("", ()))
    with pytest.raises(SubmissionError) as caught:
        parse_config(yaml.safe_load(text), name="config.yaml")
    said = "\n".join(caught.value.findings)
    for key in ("dataset", "context.species", "compound.name", "design.treated", "design.vehicle"):
        assert f"'{key}'" in said
    assert yaml.safe_load(text)["registered_claims"] is None


@given(
    st.lists(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1), min_size=4, max_size=4)
)
def test_sheet_is_read_back(tmp_path_factory, values):
    values = [value.strip() or "x" for value in values]
    row = Row(values[0], "", values[1], values[2], values[3])
    target = tmp_path_factory.mktemp("sheet") / "samples.tsv"
    target.write_text(sheet_text([row]), encoding="utf-8")
    columns = ["sample_id", "path", "donor_id", "arm"]
    (read,) = read_sheet_rows(target, required=columns, known=columns)
    assert list(read.values.values()) == [value.strip() for value in values]
