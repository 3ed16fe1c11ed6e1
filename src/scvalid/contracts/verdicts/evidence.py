"""The numbers under a verdict."""

from scvalid.settings import Frozen


class DonorValue(Frozen):
    """The read-out's value (set score, or log2 CPM of a gene) in one pseudobulk profile."""

    donor_id: str
    arm: str
    value: float


class SpecificationEffect(Frozen):
    """The same effect analysed in another way, in the unit of that analysis."""

    name: str
    effect: float
    p: float
    smallest_p: float
    """Smallest p value that its test could reach on this design; a specification counts if that is below .10."""


class RivalEffect(Frozen):
    """What is left of an effect once a rival is accounted for; numbers are None where the rival could not be scored."""

    rival: str
    theta: float | None
    """Effect with the rival's score in the model; None also where no degree of freedom is left."""
    p_slope: float | None = None
    """p value of the rival's slope in that model."""
    theta_of_rival: float | None
    """Effect on the rival's genes outside the read-out."""
    theta_unshared: float | None = None
    """Effect left once the shared genes are taken to move as the rival's others do; None if none is shared."""
    is_registered: bool
    """Named by hand in the claim; else found by shared genes."""
    explains: bool
    """Whether the rival moves and less than the floor of the claim's effect is left."""


class PlantedEffect(Frozen):
    """A known effect thinned into the counts, and what was found of it over permuted labels."""

    planted: float
    n: int
    found: float
    share_detected: float
    share_expected: float | None


class Evidence(Frozen):
    """The ladder of numbers under one verdict. Effects are mean signed log2 fold changes, treated over vehicle."""

    theta: float
    se: float
    df: float
    low90: float
    high90: float
    low95: float
    high95: float
    p_donor: float
    p_plain: float
    p_matched: float | None
    p: float
    q: float
    floor: float
    matched_sd: float | None
    rho: float | None
    lodo_low: float
    lodo_high: float
    lodo_donor: str
    mde: float
    n_genes_set: int
    n_genes_expressed: int
    weight_measured: float
    weight_expressed: float
    donor_values: tuple[DonorValue, ...]
    measured_as: str = ""
    """What the data call the read-out: claims that name a gene differently, by its human or its own symbol, are one test."""
    specifications: tuple[SpecificationEffect, ...] = ()
    sign_share: float | None = None
    """Share of the specifications that count which have the sign of theta; None if none counts."""
    p10_share: float | None = None
    """Share of the specifications that count which have p < .10 and the sign of theta; None if none counts."""
    rivals: tuple[RivalEffect, ...] = ()
    n_unrelated: int = 0
    """Unrelated axes that were tested beside it: PROGENy pathways without registered overlap with the read-out."""
    n_unrelated_moving: int = 0
    recovery: tuple[PlantedEffect, ...] = ()
