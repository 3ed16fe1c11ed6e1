"""What the section refuses."""

import pytest
from pydantic import ValidationError

from scvalid.integration.settings import IntegrationSettings


@pytest.mark.parametrize("key", ["arm", "sample_id"])
def test_the_treatment_cannot_be_corrected_away(key):
    with pytest.raises(ValidationError, match="'donor_id' or 'batch_id'"):
        IntegrationSettings(batch_keys=(key,))


def test_a_column_named_twice_is_refused():
    with pytest.raises(ValidationError, match="must name each column once"):
        IntegrationSettings(batch_keys=("donor_id", "donor_id"))


def test_a_misspelt_key_of_the_inner_section_is_refused():
    with pytest.raises(ValidationError, match=r"scvi\.epochs"):
        IntegrationSettings.model_validate({"scvi": {"epochs": 3}})
