"""Gates that need no number: what a claim, its source or its context forbids."""

from scvalid.contracts.claims import NOT_TRANSCRIPT_LEVEL, Claim, Readout
from scvalid.contracts.verdicts import Code, Reason
from scvalid.settings import Context

CONTEXT_FIELDS = ("cell_type", "species", "medium", "induction")
NOT_OFFERED = frozenset({"state_abundance"})


def gate_of_claim(claim: Claim, context: Context) -> Reason | None:
    """Return why a claim cannot be tested on these data whatever they hold; None if nothing forbids it."""
    if claim.retracted:
        return Reason(code=Code.RETRACTED_SOURCE)
    for field in CONTEXT_FIELDS:
        claimed, found = getattr(claim.context, field), getattr(context, field)
        if claimed is not None and (found is None or claimed.casefold() != found.casefold()):
            values = {"field": field, "claimed": claimed, "found": found or "not recorded"}
            return Reason(code=Code.CONTEXT_MISMATCH, values=values)
    return None


def gate_of_readout(readout: Readout) -> Reason | None:
    """Return why a kind of read-out cannot be seen in sums of mRNA counts; None if it can."""
    if readout.type in NOT_TRANSCRIPT_LEVEL:
        return Reason(code=Code.NOT_TRANSCRIPT_LEVEL, values={"type": readout.type, "readout": readout.id})
    if readout.type in NOT_OFFERED:
        return Reason(code=Code.READOUT_NOT_OFFERED, values={"type": readout.type, "readout": readout.id})
    return None
