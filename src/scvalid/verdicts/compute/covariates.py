"""Whether the treatment can be told apart from what else was recorded of the samples, said for each covariate."""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Final, Literal, TypeAlias

import numpy as np
from pydantic import Field

from scvalid.contracts.recorded import Recorded, RecordedProfile
from scvalid.contracts.verdicts import MAX_VIF, Code, DesignFacts, Reason
from scvalid.errors import shown
from scvalid.keys import Obs
from scvalid.settings import Frozen
from scvalid.stats.aliasing import Base, are_apart, is_aliased, vif_with, without_small_steps
from scvalid.stats.design import shared_levels

Relation: TypeAlias = Literal["constant", "own level", "balanced", "partly", "aliased", "partly stated"]
SHOWN_LEVELS: Final = 3
N_NAMED: Final = 5
"""Covariates that one reason names."""

OF_HANDLING: Final = (
    "library_id", "sequencing_run", "library_kit", "assay_ontology_term_id", "suspension_type", "reference_genome",
    "annotation", "aligner_version", "passage", "cryopreserved", "hours_post_thaw", "dissociation_enzyme",
    "dissociation_min", "temperature",
)  # fmt: skip
"""How cells were kept and read; library and sequencing run count like a batch."""
OF_DONORS: Final = (
    "sex_ontology_term_id", "donor_age_years", "tissue_type", "source_tissue_ontology_term_id", "disease_ontology_term_id",
    "development_stage_ontology_term_id", "genotype_origin",
)  # fmt: skip
OF_CULTURE: Final = (
    "medium", "induction_medium", "serum_or_platelet_lysate", "glucose_mM", "phenol_red", "oxygen_pct", "substrate",
    "seeding_density_cm2", "vehicle", "vehicle_pct_v_v", "carrier", "time_since_medium_change_h",
)  # fmt: skip
"""What cells were grown in: it must not differ beside a compound, but may be the treatment itself where there is none."""
OF_OUTCOME: Final = ("exposure_h", "population_doublings", "confluence_pct", "viability_pct")
"""What a vehicle arm may lack, or a treatment may change: a difference is said and forbids nothing."""
RECORDED: Final = (*OF_HANDLING, *OF_DONORS, *OF_CULTURE, *OF_OUTCOME)


TOLERANCE: Final = {
    "passage": 0.0, "hours_post_thaw": 2.0, "dissociation_min": 3.0, "temperature": 1.0, "donor_age_years": 2.0,
    "time_since_medium_change_h": 2.0,
}  # fmt: skip
"""Largest difference that is none, in the unit of the column; of all other numbers a tenth of the larger one."""
SAME_VEHICLE: Final = frozenset(("none", "medium", "culture medium", "untreated", "no vehicle", "medium only", "medium alone"))
"""Words for cells that got nothing but what they grow in."""
MIN_STATED: Final = 2
"""Profiles of each arm that must state a covariate before anything is said of it."""


class Covariate(Frozen):
    """One recorded property of the samples, beside the treatment."""

    name: str = Field(description="Column of the sample sheet.")
    relation: Relation = Field(
        description="aliased: cannot be told apart from the treatment; partly: inflates its variance more than five times."
    )
    forbids: bool = Field(default=False, description="Whether it makes every claim not testable.")
    caps: bool = Field(default=False, description="Whether it keeps every verdict from being decisive.")
    vif: float | None = Field(
        None, description="Variance inflation of the treatment with it in the model; null if none is finite."
    )
    levels: str = Field("", description="Its levels in each arm, where they go with the treatment.")
    text: str = Field("", description="What is wrong, for a person; empty if nothing is.")


def audit_covariates(recorded: Recorded, facts: DesignFacts) -> tuple[Covariate, ...]:
    """Return every covariate that at least one compared profile states; in paired designs looked at within donors.

    Parameters
    ----------
    recorded
        What was recorded of the samples.
    facts
        The comparison: which profiles are in it, whether donors are blocked, whether the model holds the batch.
    """
    profiles = tuple(_compared(recorded, facts))
    is_treated = np.array([profile.is_treated for profile in profiles], dtype=bool)
    if is_treated.all() or not is_treated.any():
        return ()
    donors = [profile.donor_id for profile in profiles]
    blocks = {Obs.DONOR: donors} if facts.is_paired else {}
    batch = {Obs.BATCH: shared_levels([profile.batch for profile in profiles])} if Obs.BATCH in facts.nuisance else {}
    base = Base(is_treated, donors, blocks, blocks | batch)
    harmless = {*OF_OUTCOME, *(OF_CULTURE if recorded.culture_may_differ else ())}
    found = []
    for name in RECORDED:
        levels = [_plain(name, profile.levels.get(name, "")) for profile in profiles]
        if any(levels):
            found.append(_relate(name, levels, base, may_forbid=name not in harmless))
    return tuple(found)


def with_covariates(facts: DesignFacts, recorded: Recorded) -> DesignFacts:
    """Return the facts of a state with what covariates forbid: the gate where none was, and caps on verdicts.

    Only the profiles that are compared count: what was balanced on the sheet may be confounded once a donor is left out.
    """
    covariates = audit_covariates(recorded, facts)
    return facts.model_copy(
        update={"gate": facts.gate or reason_of_aliasing(covariates), "caps": (*facts.caps, *caps_of_covariates(covariates))}
    )


def caps_of_covariates(covariates: Sequence[Covariate]) -> tuple[Reason, ...]:
    """Return why no verdict is decisive: covariates that go so nearly with the treatment that no model could hold them."""
    return tuple(
        Reason(code=Code.NEARLY_CONFOUNDED, values={"with": f"{c.name} ({c.levels})", "vif": c.vif or "without bound"})
        for c in covariates
        if c.caps
    )


def reason_of_aliasing(covariates: Sequence[Covariate]) -> Reason | None:
    """Return the one reason for all covariates that make every claim not testable; None if there is none."""
    found = [f"{covariate.name} ({covariate.levels})" for covariate in covariates if covariate.forbids]
    more = f" and {len(found) - N_NAMED} more" if len(found) > N_NAMED else ""
    return Reason(code=Code.TREATMENT_CONFOUNDED, values={"with": ", ".join(found[:N_NAMED]) + more}) if found else None


def _compared(recorded: Recorded, facts: DesignFacts) -> Iterator[RecordedProfile]:
    donors = {True: frozenset(facts.donors_treated), False: frozenset(facts.donors_vehicle)}
    return (profile for profile in recorded.profiles if profile.donor_id in donors[profile.is_treated])


def _plain(name: str, level: str) -> str:
    return "none" if name == "vehicle" and level.strip().casefold() in SAME_VEHICLE else level.strip()


def _relate(name: str, levels: list[str], base: Base, *, may_forbid: bool) -> Covariate:
    """Judge a covariate on the profiles that state it; in pairs on the donors that state it in both arms."""
    stated = [bool(level) for level in levels]
    if all(stated):
        return _relate_stated(name, levels, base, may_forbid=may_forbid)
    silent = {donor for donor, is_stated in zip(base.donors, stated, strict=True) if not is_stated}
    keep = [donor not in silent for donor in base.donors] if base.blocks else stated
    own, told = base.only(keep), list(compress(levels, keep))
    text = f"{name} is not stated for {len(levels) - sum(stated)} of {len(levels)} profiles"
    if min(int(own.is_treated.sum()), int((~own.is_treated).sum())) >= MIN_STATED:
        found = _relate_stated(name, told, own, may_forbid=may_forbid)
        if found.text:
            return found.model_copy(update={"text": f"{text}. Of those that state it: {found.text}"})
    return Covariate(name=name, relation="partly stated", text=f"{text}: whether it goes with the treatment is unknown.")


def _relate_stated(name: str, levels: list[str], base: Base, *, may_forbid: bool) -> Covariate:
    if len(set(levels)) == 1:
        return Covariate(name=name, relation="constant", vif=1.0)
    said = _levels_of_arms(levels, base)
    levels = without_small_steps(levels, base, tolerance=TOLERANCE.get(name))
    if len(set(levels)) == 1:
        return Covariate(name=name, relation="balanced", vif=1.0, levels=said)
    if is_aliased(levels, base):
        text = f"The treatment cannot be told apart from {name}: {said}."
        text += "" if may_forbid else " If that is no part of the treatment, it may explain any effect."
        return Covariate(name=name, relation="aliased", forbids=may_forbid, levels=said, text=text)
    vif = vif_with(levels, base)
    if vif is not None and vif > MAX_VIF:
        caps = may_forbid and are_apart(levels, base)
        inflation = "without bound" if np.isinf(vif) else f"{vif:.0f} times"
        text = f"The treatment goes largely with {name} ({said}): to hold it fixed would inflate the variance {inflation}."
        text += " No verdict is decisive." if caps else ""
        finite = None if np.isinf(vif) else vif
        return Covariate(name=name, relation="partly", caps=caps, vif=finite, levels=said, text=text)
    return Covariate(name=name, relation="own level" if vif is None else "balanced", vif=vif)


def _levels_of_arms(levels: Sequence[str], base: Base) -> str:
    """Return the levels of the two arms; in pairs whose levels overlap, those of each donor."""
    arms = [
        {level for level, is_treated in zip(levels, base.is_treated, strict=True) if is_treated == arm} for arm in (True, False)
    ]
    if not base.blocks or not arms[0] & arms[1]:
        return f"treated {_some(arms[0])}; vehicle {_some(arms[1])}"
    own: dict[str, dict[bool, str]] = {}
    for donor, arm, level in zip(base.donors, base.is_treated, levels, strict=True):
        own.setdefault(donor, {})[bool(arm)] = shown(level)[1:-1]
    return "treated v vehicle " + _some({f"{pair[True]} v {pair[False]} ({donor})" for donor, pair in own.items()})


def _some(words: set[str]) -> str:
    names = [shown(word)[1:-1] for word in sorted(words, key=lambda word: (len(word), word))]
    return ", ".join(names[:SHOWN_LEVELS]) + (", ..." if len(names) > SHOWN_LEVELS else "")
