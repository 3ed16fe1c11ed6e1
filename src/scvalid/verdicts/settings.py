"""Settings of the section ``verdicts``."""

from pydantic import Field

from scvalid.settings import Frozen


class VerdictsSettings(Frozen):
    """What counts as an effect; set before the data are read, never changed by them."""

    delta: float = Field(0.25, gt=0, le=5, description="Smallest effect of interest, log2; the equivalence bound.")
    alpha: float = Field(0.05, gt=0, le=0.2, description="Bound on q of a decisive verdict.")
