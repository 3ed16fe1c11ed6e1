"""What an audit of a design holds, as a document that programs can read."""

from collections.abc import Mapping

from pydantic import Field

from scvalid.contracts.verdicts import Reason
from scvalid.preflight.design.arms import Arm, SummedSamples
from scvalid.preflight.design.precision import Precision
from scvalid.settings import Frozen
from scvalid.verdicts.compute.covariates import Covariate


class DesignAudit(Frozen):
    """What the design of a submission can show, by the rules of the workflow itself and before any data are read."""

    treated: Arm = Field(description="The treated arm.")
    vehicle: Arm = Field(description="The vehicle arm.")
    other_arms: tuple[str, ...] = Field(description="Arms of the sheet that are not compared.")
    is_paired: bool = Field(description="Whether donors are blocked.")
    pairs: tuple[str, ...] = Field(description="Donors that stand in both arms.")
    one_arm_donors: tuple[str, ...] = Field(description="Donors that stand in one arm alone, as donor / arm.")
    left_out: tuple[str, ...] = Field(description="What of the two arms is not compared, as donor / arm.")
    silent: tuple[str, ...] = Field(
        (), description="What is compared and says nothing on the treatment, as donor / arm: its batch takes it up."
    )
    n_informative: int = Field(0, description="Donors that say something on the treatment, in the arm with fewer of them.")
    summed: tuple[SummedSamples, ...] = Field(description="Samples of one donor and arm, which are summed.")
    rank: int = Field(description="Columns of the linear model; 0 if there is none.")
    df: int = Field(description="Residual degrees of freedom.")
    vif: float | None = Field(description="Variance inflation of the treatment by nuisance; null if it cannot be estimated.")
    nuisance: tuple[str, ...] = Field(description="Factors that the model holds beside the treatment.")
    dropped_nuisance: tuple[str, ...] = Field(description="Factors that add nothing to the others.")
    gate: Reason | None = Field(description="Why nothing can be tested; null if it can.")
    covariates: tuple[Covariate, ...] = Field(description="What was recorded of the samples, held against the treatment.")
    smallest_exact_p: float | None = Field(description="Smallest p value that an exact permutation of donors could reach.")
    counts_per_profile: float | None = Field(
        None, description="Counts that a donor has in an arm, harmonic mean; null if cells or depth are not known."
    )
    n_claims: int = Field(description="Claims that multiple testing corrects for.")
    precision: tuple[Precision, ...] = Field(description="Detectable effects; none if nothing can be tested.")
    claim_gates: Mapping[str, Reason] = Field(description="Claim id -> why these data cannot decide it whatever they hold.")
    related_claims: Mapping[str, tuple[str, ...]] = Field(description="Claim id -> claims near it that can be tested.")
    facts: tuple[str, ...] = Field((), description="What the design can show, for a person.")
    warnings: tuple[str, ...] = Field((), description="What speaks against the design, for a person.")
