"""The planted truth: which sets respond to the treatment, by how much each gene, and which verdict that calls for."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.contracts.quality import Truth, TruthFile
from scvalid.contracts.verdicts import Verdict
from scvalid.errors import SubmissionError, sentence
from scvalid.keys import GeneSet
from scvalid.simulation.settings import SimulationSettings

SIGNS: Mapping[str, int] = {
    "REACTOME_RUNX2_REGULATES_BONE_DEVELOPMENT": 1,
    "WP_TRANSCRIPTION_FACTOR_REGULATION_IN_ADIPOGENESIS": -1,
    "NFKB_TARGET_CORE": -1,
    "NRF2_TARGET_CORE": 0,
    "HALLMARK_WNT_BETA_CATENIN_SIGNALING": 1,
    "HALLMARK_HYPOXIA": 0,
}
"""Sets that the claims of the example name, in their order, and the sign of the planted effect on each."""

_CLAIMS: tuple[tuple[str, str | None, Verdict], ...] = (
    ("DEMO1", "REACTOME_RUNX2_REGULATES_BONE_DEVELOPMENT", Verdict.SUPPORTED),
    ("DEMO2", "WP_TRANSCRIPTION_FACTOR_REGULATION_IN_ADIPOGENESIS", Verdict.SUPPORTED),
    ("DEMO3", "NFKB_TARGET_CORE", Verdict.CONTRADICTED),
    ("DEMO4", "NRF2_TARGET_CORE", Verdict.NO_RELEVANT_EFFECT),
    ("DEMO5", "HALLMARK_WNT_BETA_CATENIN_SIGNALING", Verdict.SUPPORTED),
    ("DEMO6", None, Verdict.NOT_TESTABLE),
)
"""Claim, the set of its primary part, and the verdict that the planted effect calls for."""

_CLEAR_EFFECT, _ENOUGH_DONORS, _DELTA = 0.5, 4, 0.25


def members_of_claims(sets: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return the genes of each set that the claims name.

    Raises
    ------
    SubmissionError
        If one of these sets is not among ``sets``.
    """
    missing = [name for name in SIGNS if name not in set(sets[GeneSet.SET])]
    if missing:
        must, got = "hold every set of the example's claims", f"none with the id {', '.join(missing)}"
        fault = sentence("simulate: the gene sets", must, got, "Pass all registered human sets.")
        raise SubmissionError([fault])
    return {name: frozenset(sets.loc[sets[GeneSet.SET] == name, GeneSet.GENE]) for name in SIGNS}


def plant_effects(genes: NDArray[np.str_], *, members: Mapping[str, frozenset[str]], effect: float) -> NDArray[np.float64]:
    """Return the planted log2 fold change of each gene, treated over vehicle.

    A gene that also belongs to a null set gets none, so that the null sets stay null; the genes that belong to one
    planted set alone make up for it, so that the mean over all genes of a planted set is the planted effect exactly.
    """
    null = frozenset().union(*(members[name] for name, sign in SIGNS.items() if sign == 0))
    planted = {name: members[name] - null for name, sign in SIGNS.items() if sign}
    fold: dict[str, float] = {}
    for name, own in planted.items():
        shared = {gene for gene in own if any(gene in other for key, other in planted.items() if key != name)}
        target = SIGNS[name] * effect
        fold.update(dict.fromkeys(shared, target))
        fold.update(dict.fromkeys(own - shared, (target * len(members[name]) - target * len(shared)) / len(own - shared)))
    return np.array([fold.get(gene, 0.0) for gene in genes.tolist()])


def planted_truth(settings: SimulationSettings) -> TruthFile:
    """Return for each claim the planted effect, the verdict it calls for and the verdicts that are not wrong."""
    return TruthFile(seed=settings.seed, claims=tuple(_truth(*claim, settings) for claim in _CLAIMS))


def _truth(claim_id: str, name: str | None, expected: Verdict, settings: SimulationSettings) -> Truth:
    if name is None:
        return Truth(claim_id=claim_id, planted_log2fc=None, expected=expected, accepted=(expected,))
    planted = SIGNS[name] * settings.effect
    if planted == 0:
        expected = Verdict.NO_RELEVANT_EFFECT
    # a small effect, few donors, or an effect that must be shown to be absent: no decision is no error
    is_hard = expected is Verdict.NO_RELEVANT_EFFECT or settings.effect < _CLEAR_EFFECT or settings.n_donors < _ENOUGH_DONORS
    accepted = [expected, Verdict.INCONCLUSIVE] if is_hard else [expected]
    if 0 < abs(planted) < _DELTA:
        accepted.append(Verdict.NO_RELEVANT_EFFECT)
    return Truth(claim_id=claim_id, planted_log2fc=planted, expected=expected, accepted=tuple(accepted))
