"""Whether the treatment can be told apart from what else was recorded of the samples, said for each covariate."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import numpy as np
from pydantic import Field

from scvalid.contracts.verdicts import MAX_VIF, Code, Reason
from scvalid.errors import shown
from scvalid.keys import Obs
from scvalid.preflight.design.aliasing import Base, is_aliased, vif_with
from scvalid.preflight.design.arms import Layout
from scvalid.settings import Design, Frozen

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


class Covariate(Frozen):
    """One recorded property of the samples, beside the treatment."""

    name: str = Field(description="Column of the sample sheet.")
    relation: Relation = Field(
        description="aliased: cannot be told apart from the treatment; partly: inflates its variance more than five times."
    )
    forbids: bool = Field(default=False, description="Whether it makes every claim not testable.")
    vif: float | None = Field(
        None, description="Variance inflation of the treatment with it in the model; null if none is finite."
    )
    levels: str = Field("", description="Its levels in each arm, where they go with the treatment.")
    text: str = Field("", description="What is wrong, for a person; empty if nothing is.")


def audit_covariates(
    layout: Layout, records: Sequence[Mapping[str, str]], design: Design, *, culture_may_differ: bool
) -> tuple[Covariate, ...]:
    """Return every covariate that at least one compared profile states; in paired designs looked at within donors.

    Parameters
    ----------
    layout
        The comparison.
    records
        Metadata of each sample of the sheet, by field name; what is not stated is absent or empty.
    design
        The arms.
    culture_may_differ
        Whether a condition of culture may be the treatment itself.
    """
    obs = layout.comparison.obs
    keys = list(zip(obs[Obs.DONOR].astype(str), obs[Obs.ARM].astype(str), strict=True))
    is_treated = np.array([arm == design.treated for _, arm in keys], dtype=bool)
    if not records or is_treated.all() or not is_treated.any():
        return ()
    donors, batches = [donor for donor, _ in keys], obs[Obs.BATCH].astype(str).tolist()
    blocks = {Obs.DONOR: donors} if layout.comparison.is_paired else {}
    kept = layout.comparison.design.kept if layout.comparison.design else ()
    base = Base(is_treated, donors, blocks, blocks | ({Obs.BATCH: batches} if Obs.BATCH in kept else {}))
    harmless = {*OF_OUTCOME, *(OF_CULTURE if culture_may_differ else ())}
    found = []
    for name in RECORDED:
        levels = [_level([records[i].get(name, "") for i in layout.members[key]]) for key in keys]
        if any(levels):
            found.append(_relate(name, levels, base, may_forbid=name not in harmless))
    return tuple(found)


def reason_of_aliasing(covariates: Sequence[Covariate]) -> Reason | None:
    """Return the one reason for all covariates that make every claim not testable; None if there is none."""
    found = [f"{covariate.name} ({covariate.levels})" for covariate in covariates if covariate.forbids]
    more = f" and {len(found) - N_NAMED} more" if len(found) > N_NAMED else ""
    return Reason(code=Code.TREATMENT_CONFOUNDED, values={"with": ", ".join(found[:N_NAMED]) + more}) if found else None


def _level(values: Sequence[str]) -> str:
    """Return the level of a profile; none if one of its samples does not state it."""
    stripped = [value.strip() for value in values]
    return " + ".join(sorted(set(stripped))) if all(stripped) else ""


def _relate(name: str, levels: list[str], base: Base, *, may_forbid: bool) -> Covariate:
    if n_unstated := levels.count(""):
        text = (
            f"{name} is not stated for {n_unstated} of {len(levels)} profiles: whether it goes with the treatment is unknown."
        )
        return Covariate(name=name, relation="partly stated", text=text)
    if len(set(levels)) == 1:
        return Covariate(name=name, relation="constant", vif=1.0)
    said = _levels_of_arms(levels, base)
    if is_aliased(levels, base):
        text = f"The treatment cannot be told apart from {name}: {said}."
        text += "" if may_forbid else " If that is no part of the treatment, it may explain any effect."
        return Covariate(name=name, relation="aliased", forbids=may_forbid, levels=said, text=text)
    vif = vif_with(levels, base)
    if vif is not None and vif > MAX_VIF:
        inflation = "without bound" if np.isinf(vif) else f"{vif:.0f} times"
        text = f"The treatment goes largely with {name} ({said}): to hold it fixed would inflate the variance {inflation}."
        return Covariate(name=name, relation="partly", vif=None if np.isinf(vif) else vif, levels=said, text=text)
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
