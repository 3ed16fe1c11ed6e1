"""The whole rule under other labels: the same families, the same decision, the same way to combine the parts of a claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import Direction, Part
from scvalid.contracts.verdicts import ClaimVerdict, DesignFacts, Evidence, PartVerdict, Verdict
from scvalid.errors import ContractError
from scvalid.keys import Control, Effect, Kind
from scvalid.verdicts.compute.decision import decide
from scvalid.verdicts.compute.evidence import Finding, Key, find_gene
from scvalid.verdicts.compute.families import q_values
from scvalid.verdicts.compute.judge import combine_parts
from scvalid.verdicts.settings import VerdictsSettings

Floats = NDArray[np.float64]
_BLANK: dict[str, Any] = {**dict.fromkeys(Evidence.model_fields, 0.0), "lodo_donor": "", "specifications": ()}
"""Fields that the table has no numbers for, and that no condition of the rule looks at."""
_OF_TABLE = (
    Effect.THETA, Effect.P_DONOR, Control.P, Effect.MATCHED_SD, Control.SIGN_SHARE, Control.P10_SHARE, Effect.LODO_LOW,
    Effect.LODO_HIGH, Effect.LOW90, Effect.HIGH90,
)  # fmt: skip


@dataclass(frozen=True)
class PermutedEffects:
    """The table of permuted labels as arrays, labellings x read-outs.

    Attributes
    ----------
    numbers
        Number of each labelling; that of its mirror is below zero.
    places
        Kind and id of a read-out -> its column.
    columns
        Numbers of the table by their name.
    """

    numbers: NDArray[np.intp]
    places: Mapping[tuple[str, str], int]
    columns: Mapping[str, Floats]


@dataclass(frozen=True)
class _Case:
    """A part that has numbers."""

    verdict: ClaimVerdict
    part: Part
    key: Key
    place: int

    @property
    def claim(self) -> Claim:
        return self.verdict.claim


def read_permuted(table: pd.DataFrame) -> PermutedEffects:
    """Return the table as arrays; every labelling must have the same read-outs."""
    key = [Effect.KIND, Effect.READOUT]
    ordered = table.sort_values([Control.PERMUTATION, *key], kind="stable")
    numbers = np.unique(ordered[Control.PERMUTATION].to_numpy()).astype(np.intp)
    readouts = ordered[key].drop_duplicates()
    if len(ordered) != numbers.size * len(readouts):
        msg = "table of effects under permuted labels: every labelling must have the same read-outs"
        raise ContractError(msg)
    places = {(str(kind), str(name)): i for i, (kind, name) in enumerate(sorted(map(tuple, readouts.to_numpy())))}
    shape = numbers.size, len(places)
    return PermutedEffects(numbers, places, {name: ordered[name].to_numpy(np.float64).reshape(shape) for name in _OF_TABLE})


def is_effect(verdict: Verdict, direction: Direction) -> bool:
    """Return whether a verdict says that there is an effect: that a registered absence of one is supported does not."""
    return verdict == Verdict.CONTRADICTED or (verdict == Verdict.SUPPORTED and direction != "no_change")


def judge_permuted(
    effects: PermutedEffects,
    verdicts: Sequence[ClaimVerdict],
    facts: DesignFacts,
    *,
    settings: VerdictsSettings,
    orthologs: Mapping[str, str] | None = None,
) -> NDArray[np.bool_]:
    """Return whether each claim is decided as an effect under each labelling: labellings x claims.

    Gates are those of the true labels. A part whose q is above alpha can not be decisive and is not looked at further.

    Parameters
    ----------
    effects
        The numbers under every labelling.
    verdicts
        The verdicts under the true labels; those whose primary part has no numbers are False throughout.
    facts
        Facts of the design, which no labelling changes.
    settings
        Bounds of a decision.
    orthologs
        Human symbol -> symbol of the data; None for data of human.
    """
    cases = [case for verdict in verdicts for case in _cases(verdict, effects, orthologs)]
    of_claim: dict[str, list[int]] = {}
    for i, case in enumerate(cases):
        of_claim.setdefault(case.claim.id, []).append(i)
    found = np.zeros((effects.numbers.size, len(verdicts)), dtype=bool)
    for labelling in range(effects.numbers.size):
        p = effects.columns[Control.P][labelling]
        q = q_values([(case.claim, case.part, Finding(None, p=float(p[case.place]), key=case.key)) for case in cases])
        for j, verdict in enumerate(verdicts):
            own = of_claim.get(verdict.claim.id, [])
            if own and cases[own[0]].part.role == "primary" and q[own[0]] <= settings.alpha:
                parts = [_judge(cases[i], effects, labelling, q=q[i], facts=facts, alpha=settings.alpha) for i in own]
                whole = combine_parts(verdict.claim, verdict.state, parts, registration="", delta=verdict.delta)
                found[labelling, j] = is_effect(whole.verdict, parts[0].direction)
    return found


def _cases(verdict: ClaimVerdict, effects: PermutedEffects, orthologs: Mapping[str, str] | None) -> list[_Case]:
    genes = {name for kind, name in effects.places if kind == Kind.GENE}
    cases = []
    for judged in verdict.parts:
        if judged.evidence is None:
            continue
        name, kind = judged.readout.id, Kind.SET
        if judged.readout.type == "gene":
            name, kind = find_gene(name, genes, orthologs)[0], Kind.GENE
        if (kind, name) not in effects.places:
            msg = f"table of effects under permuted labels: {kind} {name} of claim {verdict.claim.id} is missing"
            raise ContractError(msg)
        part = Part(readout=judged.readout, direction=judged.direction, role=judged.role)
        cases.append(_Case(verdict, part, (verdict.state, kind, name), effects.places[kind, name]))
    return cases


def _judge(case: _Case, effects: PermutedEffects, labelling: int, *, q: float, facts: DesignFacts, alpha: float) -> PartVerdict:
    part, delta = case.part, case.verdict.delta
    place: dict[str, Any] = {
        "state": case.verdict.state, "readout": part.readout, "direction": part.direction, "role": part.role
    }  # fmt: skip
    numbers = {name: float(values[labelling, case.place]) for name, values in effects.columns.items()}
    # where the table has no such numbers the effect lies below its floor
    if not q <= alpha or np.isnan(numbers[Effect.LODO_LOW]):
        return PartVerdict.model_construct(**place, verdict=Verdict.INCONCLUSIVE, reasons=())
    floor = float(np.fmax(delta / 2, numbers[Effect.MATCHED_SD]))
    # the numbers come from a checked table, and there are many of them
    evidence = Evidence.model_construct(**{**_BLANK, **_known(numbers), "q": q, "floor": floor})
    decision = decide(evidence, part.direction, facts, delta=delta, alpha=alpha)
    return PartVerdict.model_construct(**place, verdict=decision.verdict, reasons=decision.reasons)


def _known(numbers: dict[str, float]) -> dict[str, float | None]:
    """Return the numbers with None for shares where no specification counts, as the true evidence has it."""
    shares = {name: None if np.isnan(numbers[name]) else numbers[name] for name in (Control.SIGN_SHARE, Control.P10_SHARE)}
    return {**numbers, **shares}
