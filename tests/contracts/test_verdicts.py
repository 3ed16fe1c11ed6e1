"""Verdicts come back from their file as they went in, and never hold a number that is none."""

import math

import pytest
from pydantic import BaseModel, ValidationError

from scvalid.contracts import claims, quality, verdicts
from scvalid.contracts.verdicts import Code, Reason
from scvalid.settings import Frozen

MODELS = {
    model
    for room in (claims, quality, verdicts)
    for model in vars(room).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model is not Frozen
}


@pytest.mark.parametrize("model", sorted(MODELS, key=lambda m: m.__name__), ids=lambda m: m.__name__)
def test_every_model_is_frozen_and_closed(model):
    assert issubclass(model, Frozen)
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_no_reason(value):
    with pytest.raises(ValidationError, match="finite"):
        Reason(code=Code.IMPRECISE, values={"low": value})


def test_a_reason_keeps_whole_numbers_text_and_fractions_apart():
    reason = Reason(code=Code.ONE_DONOR, values={"n": 1, "share": 0.5, "donor": "1"})
    back = Reason.model_validate_json(reason.model_dump_json())
    assert back == reason
    assert [type(value) for value in back.values.values()] == [int, float, str]


def test_a_code_that_is_not_known_is_refused():
    with pytest.raises(ValidationError):
        Reason.model_validate({"code": "BECAUSE", "values": {}})
