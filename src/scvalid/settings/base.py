"""The base of all settings models: immutable, and closed to keys it does not know."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A settings model: a misspelt key is an error, a value never changes after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)
