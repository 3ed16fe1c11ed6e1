"""Every verdict of a decision file, reached once more from its numbers by the rule of the workflow itself."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scvalid.contracts.claims import Claim
from scvalid.contracts.decisions import DecidedState, DecisionFile
from scvalid.contracts.verdicts import ClaimVerdict, PartVerdict
from scvalid.stats.multiple_testing import benjamini_hochberg
from scvalid.verdicts.compute.decision_files.assembly import families_of, registration_of
from scvalid.verdicts.compute.decision_files.consistency import compare_states
from scvalid.verdicts.compute.decision_files.differences import TOLERANCE, same_reasons
from scvalid.verdicts.compute.decision_files.redecision import Once, redecide
from scvalid.verdicts.compute.judge import combine_parts
from scvalid.verdicts.settings import VerdictsSettings


@dataclass(frozen=True)
class Mismatch:
    """One thing that a decision file says and that its own numbers do not give."""

    state: str
    """Empty for what concerns the whole file."""
    readout: str
    """Empty for what concerns the whole claim."""
    what: str
    told: str
    found: str
    fix: str = "The file was changed after it was written, or comes from another version."


def verify(file: DecisionFile) -> tuple[Mismatch, ...]:
    """Work out every number and verdict of a decision file again; return what differs, nothing if all of it holds.

    From the file alone: the registration from the claims that were asked, the settings and the context; theta from the
    values of donors where the model is a plain difference, and as the middle of its intervals; p = max(p_donor, p_matched);
    q by Benjamini and Hochberg from the p values of the family; the floor; the shares of specifications; gates that need no
    data; the rule, the caps, the flags; and the verdict on the claim from those on its parts. Numbers that cannot stand beside
    each other are named too (``consistency``).

    Raises
    ------
    pydantic.ValidationError
        If the settings in the file are none of this version.
    """
    settings = VerdictsSettings.model_validate(dict(file.settings))
    once = Once(file, settings, {"primary": _q_by_p(file.families.primary), "other": _q_by_p(file.families.other)})
    found = [*_of_registration(file, settings), *_of_families(file)]
    found += [Mismatch(state, "", *difference) for state, difference in compare_states(file)]
    for state in file.states:
        found += _of_state(once, state)
    return tuple(found)


def verify_claim(file: DecisionFile, registered: Mapping[str, Mapping[str, Claim]]) -> tuple[Mismatch, ...]:
    """Hold the claim of a decision file against files of claims.

    Parameters
    ----------
    file
        The decision file.
    registered
        sha256 of a file of claims -> its claims by id.
    """
    claims = registered.get(file.claim_registration)
    if claims is None:
        return (Mismatch("", "", "sha256 of the file of the claim", file.claim_registration, "that of a file of claims given"),)
    if claims.get(file.claim.id) != file.claim:
        return (Mismatch("", "", "claim", "another text", "the one in the file of claims"),)
    return ()


def _of_registration(file: DecisionFile, settings: VerdictsSettings) -> Iterator[Mismatch]:
    found = registration_of(file.asked, settings, file.context)
    if found != file.registration:
        yield Mismatch("", "", "registration", file.registration, found)
    own = [one.sha256 for one in file.asked if one.claim_id == file.claim.id]
    if own != [file.claim_registration]:
        yield Mismatch("", "", "sha256 of the file of the claim", file.claim_registration, ", ".join(own) or "none asked")
    delta = file.claim.threshold or settings.delta
    if not math.isclose(delta, file.delta, rel_tol=TOLERANCE):
        yield Mismatch("", "", "delta", f"{file.delta:.6g}", f"{delta:.6g}")


def _of_families(file: DecisionFile) -> Iterator[Mismatch]:
    told, own = file.families, families_of(rows_of(file))
    for name in ("primary", "other"):
        family = getattr(told, name)
        if list(family) != sorted(family) or not all(0 <= p <= 1 for p in family):
            yield Mismatch("", "", f"p values of the {name} family", "others", "sorted numbers from 0 to 1")
        for p in sorted((Counter(getattr(own, name)) - Counter(family)).elements()):
            lacking = f"none for a part of {p:.6g}"
            yield Mismatch("", "", f"p values of the {name} family", lacking, "one for every read-out tested")


def _of_state(once: Once, state: DecidedState) -> Iterator[Mismatch]:
    name = state.facts.state
    registered = sorted(once.file.claim.parts, key=lambda part: part.role != "primary")
    if [(part.readout, part.direction, part.role) for part in state.parts] != [
        (p.readout, p.direction, p.role) for p in registered
    ]:
        yield Mismatch(name, "", "parts", "others", "those of the claim, the primary one first")
        return
    again: list[PartVerdict] = []
    for part in state.parts:
        decided, differences = redecide(once, state, part)
        again.append(decided)
        yield from (Mismatch(name, part.readout.id, what, told, found) for what, told, found in differences)
    claim = combine_parts(once.file.claim, name, again, registration=once.file.claim_registration, delta=once.file.delta)
    if claim.verdict != state.verdict:
        yield Mismatch(name, "", "verdict on the claim", state.verdict, claim.verdict)
    elif not same_reasons(claim.reasons, state.reasons):
        yield Mismatch(name, "", "reasons of the claim", _codes(state), ", ".join(r.code for r in claim.reasons))


def _codes(state: DecidedState) -> str:
    return ", ".join(reason.code for reason in state.reasons) or "none"


def rows_of(file: DecisionFile) -> Iterator[ClaimVerdict]:
    """Yield the verdicts of a decision file as the file of verdicts has them."""
    for state in file.states:
        yield ClaimVerdict(
            claim=file.claim, registration=file.claim_registration, state=state.facts.state, delta=file.delta,
            verdict=state.verdict, reasons=state.reasons, parts=state.parts,
        )  # fmt: skip


def _q_by_p(family: Sequence[float]) -> Mapping[float, float]:
    return dict(zip(family, benjamini_hochberg(np.asarray(family, dtype=np.float64)).tolist(), strict=True))
