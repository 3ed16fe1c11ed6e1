"""What the design of one state allows, as the report says it."""

from scvalid.contracts.verdicts import DesignFacts
from scvalid.keys import Obs
from scvalid.pathways.compute.comparison import Comparison
from scvalid.settings import Design
from scvalid.stats.design import smallest_exact_p


def facts_of(chosen: Comparison, state: str, design: Design, *, n_genes_measured: int, n_genes: int) -> DesignFacts:
    """Return the facts of one state: donors of each arm and who says nothing, pairing, nuisance, df, VIF, smallest exact p."""
    donors = {
        arm: tuple(sorted(chosen.obs.loc[chosen.obs[Obs.ARM] == arm, Obs.DONOR].astype(str).unique()))
        for arm in (design.treated, design.vehicle)
    }
    n_treated, n_vehicle = len(donors[design.treated]), len(donors[design.vehicle])
    silent = {arm: chosen.silent(arm) for arm in donors}
    n_informative = {arm: len(names) - len(silent[arm]) for arm, names in donors.items()}
    matrix = chosen.design
    return DesignFacts(
        state=state,
        gate=chosen.gate,
        is_paired=chosen.is_paired,
        n_treated=n_treated,
        n_vehicle=n_vehicle,
        donors_treated=donors[design.treated],
        donors_vehicle=donors[design.vehicle],
        df=matrix.df if matrix else 0,
        vif=matrix.vif if matrix and matrix.is_estimable else None,
        nuisance=matrix.kept if matrix else (),
        dropped_nuisance=matrix.dropped if matrix else (),
        dropped_profiles=chosen.left_out,
        smallest_exact_p=smallest_exact_p(
            n_treated=n_informative[design.treated], n_vehicle=n_informative[design.vehicle], is_paired=chosen.is_paired
        )
        if n_treated and n_vehicle
        else None,
        silent_treated=silent[design.treated],
        silent_vehicle=silent[design.vehicle],
        n_genes=n_genes,
        n_genes_measured=n_genes_measured,
    )
