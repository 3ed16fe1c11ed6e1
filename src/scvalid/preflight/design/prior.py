"""How far read-outs vary between donors: the prior that a detectable effect is computed with.

Source: ``benchmarks/donor_variation.tsv``, Kang et al. 2018 (doi:10.1038/nbt.4042), the six donors of at least 60 cells a
sample, about 150 cells a profile; genes of 100 to 300 counts per million, the variance of counting taken off. Why these:
docs/decisions/011-design-audit.md.
"""

from typing import Final, Literal, NamedTuple, TypeAlias

ReadoutKind: TypeAlias = Literal["set", "gene"]
Assumption: TypeAlias = Literal["typical", "cautious"]


class Spread(NamedTuple):
    """Residual SD of a read-out, log2."""

    unpaired: float
    """Between samples of different donors."""
    paired: float
    """Between samples of one donor: the SD of paired differences divided by sqrt 2."""


SPREADS: Final[dict[tuple[ReadoutKind, Assumption], Spread]] = {
    ("set", "typical"): Spread(unpaired=0.10, paired=0.09),
    ("set", "cautious"): Spread(unpaired=0.17, paired=0.17),
    ("gene", "typical"): Spread(unpaired=0.18, paired=0.15),
    ("gene", "cautious"): Spread(unpaired=0.37, paired=0.31),
}
"""Median ("typical") and 80 % quantile ("cautious") over the registered panel's sets, and over genes, without counting."""

GENE_CPM: Final = 50.0
"""Counts per million of the gene that is spoken of: counting adds ``1 / (expected count ln(2)^2)`` to its variance."""
DEPTH: Final = 5_000.0
"""Counts of a cell where they are not known."""
CELLS: Final = 500.0
"""Cells of a profile where they are not known."""

GENE_PRIOR_DF: Final = 8
"""Degrees of freedom that a gene's variance borrows from the others (limma-trend on the same data: 7 to 14)."""
SET_PRIOR_DF: Final = 1
"""Degrees of freedom by which the correlation-prior test is stronger than plain t where it has at most SMALL_DF."""
SMALL_DF: Final = 3
