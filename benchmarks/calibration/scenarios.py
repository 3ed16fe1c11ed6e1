"""What may be wrong with an experiment beside the plain one."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Scenario:
    """How the samples of a data set differ beside donors and treatment.

    Attributes
    ----------
    donor_sd, sample_sd
        log2 units, for each gene.
    batch_sd
        The same between batches, where the design has batches.
    broad_shift
        log2 shift of the treated arm over one SD of log abundance: abundant genes up, rare ones down.
    ambient
        Share of counts from the surrounding fluid, vehicle and treated arm.
    doublets
        Largest share of counts of another cell type, drawn for each sample.
    depth_treated
        Counts of a treated cell over those of a vehicle cell.
    cells
        "even": 40 to 160 a sample; "arms": 300 in the vehicle and 30 in the treated arm; "samples": 30 and 300 by turns.
    outlier
        Factor on the sample effects of one donor.
    tail_df
        Degrees of freedom of a t scale of the sample effects, scaled to the same SD; 0 for normal ones.
    treated_sd
        Factor on the sample SD of the treated arm.
    set_shift
        SD of a shift of all genes of a set from sample to sample, in three sets; the variance of one gene hardly shows it.
    """

    name: str = "plain"
    donor_sd: float = 0.25
    sample_sd: float = 0.18
    batch_sd: float = 0.25
    broad_shift: float = 0.0
    ambient: tuple[float, float] = (0.0, 0.0)
    doublets: float = 0.0
    depth_treated: float = 1.0
    cells: str = "even"
    outlier: float = 1.0
    tail_df: float = 0.0
    treated_sd: float = 1.0
    set_shift: float = 0.0


N_SHIFTED_SETS: Final = 3
PLAIN: Final = Scenario()
VIOLATIONS: Final = (
    Scenario("broad shift", broad_shift=0.25),
    Scenario("ambient difference", ambient=(0.03, 0.15)),
    Scenario("doublets", doublets=0.15),
    Scenario("treated at half depth", depth_treated=0.5),
    Scenario("10 x cells, by arm", cells="arms"),
    Scenario("10 x cells, by sample", cells="samples"),
    Scenario("one outlier donor", outlier=3.0),
    Scenario("t4 sample effects", tail_df=4.0),
    Scenario("treated SD x 1.5", treated_sd=1.5),
)
"""The violations of line 2 of the issue."""
SET_SHIFTS: Final = (Scenario("set-wide shift .2", set_shift=0.2), Scenario("set-wide shift .4", set_shift=0.4))
"""What no test that learns a set's variance from its genes can know; reported beside the plain t test."""
SCENARIOS: Final = {scenario.name: scenario for scenario in (PLAIN, *VIOLATIONS, *SET_SHIFTS)}
