"""What a claim can be read out on, and in which direction."""

from typing import Literal

from scvalid.settings import Frozen
from scvalid.settings.vocabulary import Name

ReadoutType = Literal[
    "gene", "gene_set", "pathway", "tf", "state_abundance", "panel", "variance_share",
    "mirna", "phosphorylation", "protein", "enzyme_activity", "ev_cargo", "secretion",
    "organelle_transfer", "chromatin", "atp", "viability",
]  # fmt: skip
Direction = Literal["up", "down", "changed", "no_change", "expressed"]
"""``changed``: either sign; ``expressed``: present in the untreated cells, which a comparison of arms cannot show."""
Role = Literal["primary", "secondary", "specificity"]

NOT_TRANSCRIPT_LEVEL = frozenset(
    {
        "mirna", "phosphorylation", "protein", "enzyme_activity", "ev_cargo", "secretion",
        "organelle_transfer", "chromatin", "atp", "viability",
    }
)  # fmt: skip
"""Read-outs that messenger RNA counts cannot show; they are not testable here, never unsupported."""

NOT_OFFERED = frozenset({"state_abundance", "panel", "variance_share"})
"""Read-outs that counts could show and this program does not compute."""

NAMES_A_SET = frozenset({"gene_set", "pathway", "tf"})
"""Read-outs whose id is the id of a gene set."""


class Readout(Frozen):
    """What is read: a gene symbol, the id of a registered set, or something that counts of mRNA cannot show."""

    type: ReadoutType
    id: Name


class Part(Frozen):
    """One read-out in one direction; a claim has one primary part and may have others."""

    readout: Readout
    direction: Direction
    role: Role = "primary"
