"""What was recorded of the samples beside the treatment, as verdicts look at it: one row a donor x arm."""

from collections.abc import Mapping

from pydantic import Field

from scvalid.settings import Frozen


class RecordedProfile(Frozen):
    """What was recorded of the samples of one donor in one arm, whose cells are summed."""

    donor_id: str = Field(description="The donor.")
    is_treated: bool = Field(description="The arm.")
    batch: str = Field(description="Batches of the samples.")
    levels: Mapping[str, str] = Field(description="Column of the sample sheet -> its level; what is not stated is absent.")


class Recorded(Frozen):
    """What was recorded of all samples of the two arms."""

    profiles: tuple[RecordedProfile, ...] = Field((), description="One a donor x arm.")
    culture_may_differ: bool = Field(default=False, description="Whether a condition of culture may be the treatment itself.")

    def differing(self) -> "Recorded":
        """Return it without the columns that have the same level everywhere, which no comparison can be confounded with."""
        first = self.profiles[0].levels if self.profiles else {}
        same = {name for name in first if all(p.levels.get(name) == first[name] for p in self.profiles)}
        kept = [
            profile.model_copy(update={"levels": {n: level for n, level in profile.levels.items() if n not in same}})
            for profile in self.profiles
        ]
        return self.model_copy(update={"profiles": tuple(kept)})
