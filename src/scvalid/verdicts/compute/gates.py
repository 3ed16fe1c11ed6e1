"""Gates that need no number: what a claim, its source or its context forbids."""

from scvalid.contracts.claims import Claim
from scvalid.contracts.readouts import NOT_OFFERED, NOT_TRANSCRIPT_LEVEL, Part
from scvalid.contracts.verdicts import Code, Reason
from scvalid.settings import Context
from scvalid.settings.vocabulary import is_challenge

CONTEXT_FIELDS = ("cell_type", "species", "medium", "induction")


def gate_of_claim(claim: Claim, context: Context) -> Reason | None:
    """Return why a claim cannot be tested on these data whatever they hold; None if nothing forbids it."""
    if claim.is_retracted:
        notice = claim.retraction.notice or "no notice recorded"
        return Reason(code=Code.RETRACTED_SOURCE, values={"source": ", ".join(claim.sources) or "no source", "notice": notice})
    for field in CONTEXT_FIELDS:
        fitting, found = getattr(claim.context, field), getattr(context, field)
        if fitting and (found is None or not _fits(field, fitting, found)):
            values = {"field": field, "claimed": " or ".join(fitting), "found": found or "not recorded"}
            return Reason(code=Code.CONTEXT_MISMATCH, values=values)
    return None


def gate_of_part(part: Part) -> Reason | None:
    """Return why a part cannot be seen in a comparison of sums of mRNA counts; None if it can."""
    readout = part.readout
    if readout.type in NOT_TRANSCRIPT_LEVEL:
        return Reason(code=Code.NOT_TRANSCRIPT_LEVEL, values={"type": readout.type, "readout": readout.id})
    if readout.type in NOT_OFFERED:
        return Reason(code=Code.READOUT_NOT_OFFERED, values={"type": readout.type, "readout": readout.id})
    if part.direction == "expressed":
        return Reason(code=Code.PRESENCE_NOT_OFFERED, values={"readout": readout.id})
    return None


def _fits(field: str, claimed: tuple[str, ...], found: str) -> bool:
    """Compare words of a context; media and cells have one spelling already, challenges are compared as sets."""
    if field == "induction":
        return is_challenge(claimed, found)
    return found.casefold().removesuffix("s") in {word.casefold().removesuffix("s") for word in claimed}
