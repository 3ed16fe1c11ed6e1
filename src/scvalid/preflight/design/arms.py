"""Arms, donors and pairs of a sample sheet, as the workflow will compare them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from pydantic import Field

from scvalid.contracts.recorded import Recorded, RecordedProfile
from scvalid.errors import shown
from scvalid.keys import Obs
from scvalid.pathways.compute.comparison import Comparison, choose_profiles
from scvalid.settings import Design, Frozen, Sample
from scvalid.stats.design import joined_level
from scvalid.submission import Submission
from scvalid.verdicts.compute.covariates import RECORDED

N_SHOWN = 5


class Arm(Frozen):
    """One arm of the comparison."""

    name: str = Field(description="Value of the column arm.")
    n_samples: int = Field(description="Rows of the sample sheet.")
    donors: tuple[str, ...] = Field(description="Donors that are compared, sorted.")


class SummedSamples(Frozen):
    """Samples whose cells are summed before anything is compared."""

    donor: str = Field(description="Donor of the samples.")
    arm: str = Field(description="Arm of the samples.")
    samples: tuple[str, ...] = Field(description="Their ids, in the order of the sheet.")


@dataclass(frozen=True)
class Layout:
    """The profiles that will be summed from the sheet's samples, and how they are compared.

    Attributes
    ----------
    comparison
        What the workflow itself chooses from these profiles.
    members
        For each profile, donor and arm first, the positions of its samples in the sheet.
    """

    comparison: Comparison
    members: Mapping[tuple[str, str], tuple[int, ...]]


def lay_out(submission: Submission, *, n_cells: Mapping[str, int] | None = None) -> Layout:
    """Return the comparison that the sample sheet leads to, by the rule of the stage ``pathways`` itself.

    Parameters
    ----------
    submission
        The submission.
    n_cells
        Sample id -> number of cells, where they are known; a donor x arm with too few of them is not used.
    """
    return Layout(choose_profiles(profiles_of(submission, n_cells=n_cells), submission.config.design), _members(submission))


def profiles_of(submission: Submission, *, n_cells: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Return donor, arm, batch and use of each profile that the sheet's samples will be summed to; parameters as above."""
    members = _members(submission)
    rows = [
        _profile([submission.samples[i] for i in members[key]], n_cells, submission.config.pseudobulk.min_cells)
        for key in sorted(members)
    ]
    columns = [Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.IS_USED]
    return pd.DataFrame(rows, columns=columns).astype({Obs.IS_USED: bool})


def recorded_of(submission: Submission) -> Recorded:
    """Return what was recorded of the samples of the two arms, those of one donor and arm together.

    Their level is what their samples state: several values are one level of their own. Nothing recorded is no profile.
    """
    config, members = submission.config, _members(submission)
    profiles = []
    for (donor, arm), places in members.items() if submission.records else ():
        if arm in (config.design.treated, config.design.vehicle):
            batch = joined_level(submission.samples[i].batch_id for i in places)
            levels = _levels([submission.records[i] for i in places])
            profiles.append(
                RecordedProfile(donor_id=donor, is_treated=arm == config.design.treated, batch=batch, levels=levels)
            )
    may_differ = config.compound is None and config.treatment is not None
    return Recorded(profiles=tuple(profiles), culture_may_differ=may_differ)


def arm_of(name: str, layout: Layout, samples: Sequence[Sample]) -> Arm:
    """Return one arm of the comparison."""
    obs = layout.comparison.obs
    donors = sorted(obs.loc[obs[Obs.ARM] == name, Obs.DONOR].astype(str).unique())
    return Arm(name=name, n_samples=sum(sample.arm == name for sample in samples), donors=tuple(donors))


def summed_samples(layout: Layout, samples: Sequence[Sample], design: Design) -> tuple[SummedSamples, ...]:
    """Return the donors that have several samples in one arm: their cells are one observation."""
    return tuple(
        SummedSamples(donor=donor, arm=arm, samples=tuple(samples[i].sample_id for i in places))
        for (donor, arm), places in layout.members.items()
        if len(places) > 1 and arm in (design.treated, design.vehicle)
    )


def pairs_of(layout: Layout, design: Design) -> tuple[str, ...]:
    """Return the donors of the sheet that stand in both arms."""
    return tuple(sorted(_donors(layout, design.treated) & _donors(layout, design.vehicle)))


def donors_of_one_arm(layout: Layout, design: Design) -> tuple[str, ...]:
    """Return the donors of the sheet that stand in one of the two arms alone, as ``donor / arm``."""
    treated, vehicle = _donors(layout, design.treated), _donors(layout, design.vehicle)
    alone = [(donor, design.treated) for donor in treated - vehicle] + [(donor, design.vehicle) for donor in vehicle - treated]
    return tuple(f"{donor} / {arm}" for donor, arm in sorted(alone))


def listed(names: Sequence[str]) -> str:
    """Return the first of some untrusted names, as they may stand in a sentence."""
    rest = f" and {len(names) - N_SHOWN} more" if len(names) > N_SHOWN else ""
    return ", ".join(shown(name)[1:-1] for name in names[:N_SHOWN]) + rest


def _members(submission: Submission) -> dict[tuple[str, str], tuple[int, ...]]:
    members: dict[tuple[str, str], tuple[int, ...]] = {}
    for i, sample in enumerate(submission.samples):
        key = (sample.donor_id, sample.arm)
        members[key] = (*members.get(key, ()), i)
    return members


def _levels(records: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the level of each covariate that at least one of some samples states."""
    stated = {name: {record[name].strip() for record in records if record.get(name, "").strip()} for name in RECORDED}
    return {name: " + ".join(sorted(values)) for name, values in stated.items() if values}


def _donors(layout: Layout, arm: str) -> set[str]:
    return {donor for donor, own in layout.members if own == arm}


def _profile(samples: Sequence[Sample], n_cells: Mapping[str, int] | None, min_cells: int) -> tuple[str, str, str, bool]:
    known = [] if n_cells is None else [n_cells[s.sample_id] for s in samples if s.sample_id in n_cells]
    is_used = len(known) < len(samples) or sum(known) >= min_cells
    return samples[0].donor_id, samples[0].arm, joined_level(s.batch_id for s in samples), is_used
