"""One decision file for each claim of a file of verdicts."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from scvalid.contracts.decisions import Asked, DecidedPart, DecidedState, DecisionFile, Families, ReadoutKind
from scvalid.contracts.verdicts import ClaimVerdict, DesignFacts, PartVerdict, Reason, VerdictsFile
from scvalid.settings import Context
from scvalid.verdicts.settings import VerdictsSettings


def registration_of(asked: Iterable[Asked], settings: VerdictsSettings, context: Context) -> str:
    """Return the sha256 of what is fixed before the data are read.

    Settings and context belong to it: with another threshold it is another question.
    """
    lines = [f"{one.claim_id} {one.sha256}" for one in asked]
    lines += [settings.model_dump_json(), context.model_dump_json()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def decisions_of(
    verdicts: VerdictsFile, *, settings: VerdictsSettings, context: Context, caps: Sequence[Reason] = ()
) -> tuple[DecisionFile, ...]:
    """Return what each claim was decided on, in the order in which the claims were named.

    Parameters
    ----------
    verdicts
        All verdicts of one grouping.
    settings, context, caps
        What they were reached with.
    """
    rows: dict[str, list[ClaimVerdict]] = {}
    for row in verdicts.claims:
        rows.setdefault(row.claim.id, []).append(row)
    asked = tuple(Asked(claim_id=own[0].claim.id, sha256=own[0].registration) for own in rows.values())
    families, offered = families_of(verdicts.claims), specifications_of(verdicts.claims)
    facts = {state.state: state for state in verdicts.design.states}
    return tuple(
        DecisionFile(
            grouping=verdicts.grouping,
            contrast=verdicts.contrast,
            registration=verdicts.registration,
            asked=asked,
            claim=own[0].claim,
            claim_registration=own[0].registration,
            settings=settings.model_dump(mode="json"),
            context=context,
            caps=tuple(caps),
            delta=own[0].delta,
            families=families,
            specifications=offered,
            states=tuple(_state(row, facts[row.state], offered) for row in own),
        )
        for own in rows.values()
    )


def _state(row: ClaimVerdict, facts: DesignFacts, offered: Mapping[ReadoutKind, tuple[str, ...]]) -> DecidedState:
    parts = tuple(_part(part, offered[_kind(part)]) for part in row.parts)
    return DecidedState(facts=facts, verdict=row.verdict, reasons=row.reasons, parts=parts)


def _part(part: PartVerdict, offered: Sequence[str]) -> DecidedPart:
    applied = {one.name for one in part.evidence.specifications} if part.evidence else set(offered)
    return DecidedPart(**dict(part), not_applied=tuple(name for name in offered if name not in applied))


def specifications_of(rows: Iterable[ClaimVerdict]) -> dict[ReadoutKind, tuple[str, ...]]:
    """Return the names of the specifications that read-outs of one grouping have, by kind of read-out."""
    found: dict[ReadoutKind, dict[str, None]] = {"set": {}, "gene": {}}
    for row in rows:
        for part in row.parts:
            found[_kind(part)] |= dict.fromkeys(one.name for one in part.evidence.specifications) if part.evidence else {}
    return {kind: tuple(names) for kind, names in found.items()}


def families_of(rows: Iterable[ClaimVerdict]) -> Families:
    """Return the p values of all read-outs that were tested, each once, controls left out, in the families of one grouping."""
    found: dict[bool, set[tuple[tuple[str, str, str], float]]] = {True: set(), False: set()}
    for row in rows:
        for part in row.parts if not row.claim.is_control else ():
            if part.evidence is not None:
                found[part.role == "primary"].add((part.key, part.evidence.p))
    primary, other = (tuple(sorted(p for _, p in found[is_primary])) for is_primary in (True, False))
    return Families(primary=primary, other=other)


def _kind(part: PartVerdict) -> ReadoutKind:
    return "gene" if part.readout.type == "gene" else "set"
