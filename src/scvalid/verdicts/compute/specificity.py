"""Whether a supported effect is the claim's own: rivals that explain it, and unrelated axes that move as well."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.contracts.claimed import PROGENY, RivalsOfClaim, RivalsOfClaims
from scvalid.contracts.verdicts import ClaimVerdict, Evidence, Flag, PartVerdict, RivalEffect, Verdict
from scvalid.keys import Control, Effect, Kind
from scvalid.stats.multiple_testing import benjamini_hochberg

MAX_Q: Final = 0.05
LEAST_MOVE: Final = 0.125
"""Log2 fold change from which an unrelated axis can count as moving."""
SHARE_OF_CLAIM: Final = 0.25
"""Share of the claim's effect from which it does."""
MAX_P_SLOPE: Final = 0.1
"""From here the donors do not say that the read-out follows a rival, and the model beside it means nothing."""
SHARE_LEFT: Final = 0.5
"""Less than this share of an effect is left where a rival explains it: one just above the floor falls below it by any noise."""
MIN_UNRELATED: Final = 3
"""With fewer unrelated axes than this their majority says nothing."""
_NUMBERS: Final = (Control.THETA_ADJUSTED, Control.P_SLOPE, Control.THETA_RIVAL, Control.THETA_UNSHARED)


@dataclass(frozen=True)
class _Axes:
    """The PROGENy pathways tested in one state."""

    names: NDArray[np.object_]
    p: NDArray[np.float64]
    theta: NDArray[np.float64]

    def moving_without(self, related: Sequence[str], theta: float) -> tuple[int, int]:
        """Return how many axes are unrelated, and how many of them move beside an effect of ``theta``."""
        unrelated = ~np.isin(self.names, list(related))
        q = benjamini_hochberg(self.p[unrelated])
        moves = (q <= MAX_Q) & (np.abs(self.theta[unrelated]) >= max(LEAST_MOVE, SHARE_OF_CLAIM * abs(theta)))
        return int(unrelated.sum()), int(moves.sum())


class Specificity:
    """What stands beside the read-outs of one grouping: effects beside rivals, and effects on the axes of the panel."""

    def __init__(
        self,
        sets: pd.DataFrame,
        beside: pd.DataFrame,
        rivals: RivalsOfClaims,
        *,
        orthologs: Mapping[str, str] | None = None,
    ) -> None:
        """Index the tables of set effects and of effects beside rivals; ``orthologs`` is None for data of human."""
        self._rivals = rivals
        self._orthologs = orthologs or {}
        keys = (beside[name] for name in (Effect.STATE, Effect.KIND, Effect.READOUT, Control.RIVAL))
        self._beside = dict(zip(zip(*keys, strict=True), beside[list(_NUMBERS)].itertuples(index=False), strict=True))
        is_axis = sets[Effect.READOUT].str.startswith(PROGENY) & sets[Effect.IS_PANEL] & (sets[Effect.GATE] == "")
        self._axes = {str(state): _axes_of(rows) for state, rows in sets[is_axis].groupby(Effect.STATE)}

    def judge(self, claim: ClaimVerdict) -> ClaimVerdict:
        """Return a claim with rivals and unrelated axes beside each part that has numbers, flagged where it is not specific."""
        return claim.model_copy(update={"parts": tuple(self._of_part(part, claim.claim.id) for part in claim.parts)})

    def _of_part(self, part: PartVerdict, claim_id: str) -> PartVerdict:
        if part.evidence is None:
            return part
        rivals = self._rivals.of(claim_id)
        axes = self._axes.get(part.state)
        related = rivals.related.get(part.readout.id, ())
        n_unrelated, n_moving = axes.moving_without(related, part.evidence.theta) if axes else (0, 0)
        found = {
            "rivals": tuple(self._effects(part, part.evidence, rivals)),
            "n_unrelated": n_unrelated,
            "n_unrelated_moving": n_moving,
        }
        evidence = part.evidence.model_copy(update=found)
        own = tuple(flag for flag in part.flags if flag != Flag.NON_SPECIFIC)
        flags = (*own, Flag.NON_SPECIFIC) if is_non_specific(part, evidence) else own
        return part.model_copy(update={"evidence": evidence, "flags": flags})

    def _effects(self, part: PartVerdict, evidence: Evidence, rivals: RivalsOfClaim) -> Iterator[RivalEffect]:
        named = dict.fromkeys(rivals.registered, True) | {
            name: False for name in rivals.overlap.get(part.readout.id, ()) if name not in rivals.registered
        }
        for name, is_registered in named.items():
            if name == part.readout.id:
                continue
            adjusted, p_slope, of_rival, unshared = self._numbers(part, name)
            found = RivalEffect(
                rival=name,
                theta=adjusted,
                p_slope=p_slope,
                theta_of_rival=of_rival,
                theta_unshared=unshared,
                is_registered=is_registered,
                explains=False,
            )
            yield found.model_copy(update={"explains": rival_explains(evidence, found)})

    def _numbers(self, part: PartVerdict, rival: str) -> tuple[float | None, ...]:
        kind = Kind.GENE if part.readout.type == "gene" else Kind.SET
        readouts, rivals = ((name, self._orthologs.get(name, name)) for name in (part.readout.id, rival))
        rows = (self._beside.get((part.state, kind, readout, other)) for readout in readouts for other in rivals)
        row = next(filter(None, rows), (np.nan,) * len(_NUMBERS))
        return tuple(float(value) if np.isfinite(value) else None for value in row)


def is_non_specific(part: PartVerdict, evidence: Evidence) -> bool:
    """Return whether an effect that supports a claim is one of many, or a rival's.

    That is: more than half of at least three unrelated axes move, or a rival explains the effect. "No change" is supported by
    no effect, which needs no specificity.
    """
    if part.verdict != Verdict.SUPPORTED or part.direction == "no_change":
        return False
    is_one_of_many = evidence.n_unrelated >= MIN_UNRELATED and 2 * evidence.n_unrelated_moving > evidence.n_unrelated
    return is_one_of_many or any(rival.explains for rival in evidence.rivals)


def rival_explains(evidence: Evidence, rival: RivalEffect) -> bool:
    """Return whether a rival that moves leaves less than the floor, and less than half of the effect.

    What is left is counted in the direction of the effect, by either account: the genes that the two share taken to move as the
    rival's others do, or the rival's score in the model, if the donors show that the read-out follows it
    (docs/decisions/013-rivals-in-the-model.md).
    """
    floor, size, sign = evidence.floor, abs(evidence.theta), np.sign(evidence.theta)
    if rival.theta_of_rival is None or abs(rival.theta_of_rival) < floor or size < floor:
        return False
    least = min(floor, SHARE_LEFT * size)
    by_genes = rival.theta_unshared is not None and sign * rival.theta_unshared < least
    follows = rival.p_slope is not None and rival.p_slope <= MAX_P_SLOPE
    return bool(by_genes or (follows and rival.theta is not None and sign * rival.theta < least))


def _axes_of(rows: pd.DataFrame) -> _Axes:
    p = rows[[Effect.P_DONOR, Effect.P_MATCHED]].max(axis=1).to_numpy(float)
    return _Axes(rows[Effect.READOUT].to_numpy(object), p, rows[Effect.THETA].to_numpy(float))
