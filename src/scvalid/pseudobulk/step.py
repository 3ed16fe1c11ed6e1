"""Read the cells of all samples, one at a time, and write their pseudobulk profiles."""

from collections.abc import Sequence
from pathlib import Path

from scvalid.contracts.counts import check_cells, check_profiles
from scvalid.contracts.tables import STATES
from scvalid.io.matrices import read_adata, write_adata
from scvalid.io.tables import read_table
from scvalid.keys import State
from scvalid.pseudobulk.compute import sum_by_donor
from scvalid.pseudobulk.settings import PseudobulkSettings


def run(*, settings: PseudobulkSettings, sources: Sequence[Path], target: Path, states: Path | None = None) -> None:
    """Sum cells by donor x arm, or by donor x arm x state if a table of states is given."""
    labels = None if states is None else read_table(states, STATES).set_index(State.CELL)[State.STATE]
    samples = (check_cells(read_adata(source)) for source in sources)
    write_adata(target, check_profiles(sum_by_donor(samples, states=labels, min_cells=settings.min_cells)))
