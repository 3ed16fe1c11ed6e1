"""Claims beyond several contrasts, judged once more from the decision files of those contrasts."""

from collections.abc import Iterator, Mapping, Sequence

from scvalid.contracts.decisions import DecisionFile
from scvalid.contracts.verdicts import BeyondFile, DesignFile, VerdictsFile
from scvalid.verdicts.compute.beyond import judge_beyond
from scvalid.verdicts.compute.decision_files.differences import is_same
from scvalid.verdicts.compute.decision_files.runs import MISSING, Groupings, lacking_claims
from scvalid.verdicts.compute.decision_files.verification import Mismatch, rows_of
from scvalid.verdicts.settings import VerdictsSettings


def verify_beyond(file: BeyondFile, groupings: Groupings) -> tuple[Mismatch, ...]:
    """Return in what a file of claims beyond contrasts differs from what their decision files give.

    Parameters
    ----------
    file
        Claims that must hold in several contrasts.
    groupings
        The decision files of the run by name of grouping.
    """
    places = [f"contrast-{name}" for name in (file.contrast, *file.beyond)]
    lacking = [place for place in places if place not in groupings or lacking_claims(groupings[place])]
    if lacking:
        return (Mismatch("", "", ", ".join(lacking), "missing", "there with the decision files of all claims", MISSING),)
    settings = VerdictsSettings.model_validate(dict(groupings[places[0]][0].settings))
    again = judge_beyond([verdicts_of(groupings[place]) for place in places], alpha=settings.alpha)
    told = {(row.claim_id, row.state): row for row in file.claims}
    found: list[Mismatch] = []
    if [(row.claim_id, row.state) for row in file.claims] != [(row.claim_id, row.state) for row in again]:
        found.append(Mismatch("", "", "claims", "others", f"those of {places[0]}, each once, in the order they were named"))
    for row in again:
        one = told.get((row.claim_id, row.state))
        if one is not None:
            pairs = _differences(one.model_dump(mode="json"), row.model_dump(mode="json"))
            found += [Mismatch(row.state, "", f"{row.claim_id} {where}", *values) for where, *values in pairs]
    return tuple(found)


def verdicts_of(files: Sequence[DecisionFile]) -> VerdictsFile:
    """Return the file of verdicts that the decision files of one contrast were written from, its claims in their order."""
    first = files[0]
    order = {one.claim_id: i for i, one in enumerate(first.asked)}
    ordered = sorted(files, key=lambda file: order.get(file.claim.id, len(order)))
    return VerdictsFile(
        grouping=first.grouping,
        contrast=first.contrast,
        registration=first.registration,
        claims=tuple(row for file in ordered for row in rows_of(file)),
        design=DesignFile(grouping=first.grouping, states=tuple(state.facts for state in first.states)),
    )


def _differences(told: object, again: object, where: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield place, what is told and what is found of every leaf that differs."""
    if isinstance(told, Mapping) and isinstance(again, Mapping) and told.keys() == again.keys():
        for key in told:
            yield from _differences(told[key], again[key], f"{where} {key}".strip())
    elif isinstance(told, list) and isinstance(again, list) and len(told) == len(again):
        for i, (one, other) in enumerate(zip(told, again, strict=True), 1):
            yield from _differences(one, other, f"{where} {i}")
    elif not is_same(told, again):
        yield where, str(told), str(again)
