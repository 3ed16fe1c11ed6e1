"""The step of quality control: read one sample, keep its good cells, write them and the summary."""

import json
from pathlib import Path

from scvalid.contracts.counts import check_cells
from scvalid.io.documents import write_model
from scvalid.io.matrices import read_adata, write_adata
from scvalid.keys import Uns
from scvalid.qc.compute.summary import keep_cells
from scvalid.qc.settings import QcSettings
from scvalid.settings import Context


def run(*, settings: QcSettings, context: Context, source: Path, target: Path, summary: Path) -> None:
    """Remove cells of low quality from one sample; a sample that loses all cells is written with none and an alert.

    Parameters
    ----------
    settings
        Section ``qc`` of the config.
    context
        Biological context of the data.
    source
        h5ad file of intake.
    target
        h5ad file of the kept cells to write.
    summary
        JSON file of the summary to write.

    Raises
    ------
    ContractError
        If ``source`` does not hold what intake promises.
    """
    adata = check_cells(read_adata(source))
    kept, facts = keep_cells(adata, settings=settings, context=context, record=json.loads(adata.uns[Uns.INTAKE]))
    write_adata(target, check_cells(kept))
    write_model(summary, facts)
