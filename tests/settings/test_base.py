"""Settings never change after they were read, and take no key they do not know."""

import pytest
from pydantic import ValidationError

from scvalid.contracts.faults import model_in
from scvalid.settings import Context, Design
from scvalid.submission.config import Config


def models_of(model) -> list[type]:
    inner = [found for field in model.model_fields.values() if (found := model_in(field.annotation))]
    return [model, *(deeper for one in inner for deeper in models_of(one))]


@pytest.mark.parametrize("model", models_of(Config), ids=lambda m: m.__name__)
def test_every_section_is_closed_and_frozen(model):
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model.model_validate({"no_such_key": 1})
    assert model.model_config["frozen"]


def test_settings_do_not_change():
    context = Context()
    with pytest.raises(ValidationError, match="frozen"):
        context.species = "mouse"


def test_spaces_around_a_name_are_not_part_of_it():
    design = Design(treated=" drug\u00a0", vehicle="\u3000vehicle\t")
    assert (design.treated, design.vehicle) == ("drug", "vehicle")
    with pytest.raises(ValidationError, match="different names"):
        Design(treated="drug", vehicle=" drug ")
