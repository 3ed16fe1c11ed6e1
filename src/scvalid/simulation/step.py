"""Simulate and write: sample files and truth, or a whole submission."""

import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from scvalid.errors import ContractError, SubmissionError, sentence, shown
from scvalid.io.atomic import write_text
from scvalid.io.documents import write_model
from scvalid.io.gene_sets import read_gene_sets
from scvalid.io.matrices import write_adata
from scvalid.simulation.compute.planted import planted_truth
from scvalid.simulation.compute.submission import render_config, render_sheet
from scvalid.simulation.settings import SimulationSettings

EMBEDDED_FOLDER = "../results/demo/simulation"
"""Leads from ``config/`` of the repository to the files that the rule ``simulate`` makes."""
WRITTEN_FOLDER = "data"


def run(*, settings: SimulationSettings, gene_sets: Sequence[Path], out: Path) -> None:
    """Write ``<donor>_<arm>.h5ad`` for each sample, and ``truth.json``, into the folder ``out``.

    Raises
    ------
    SubmissionError
        If ``out`` is no folder that can be written to.
    """
    from scvalid.contracts.counts import faults_of_counts
    from scvalid.simulation.compute.cells import draw_sample
    from scvalid.simulation.compute.model import draw_model

    _make_folder(out)
    sets = pd.concat([read_gene_sets(source, is_panel=True) for source in gene_sets], ignore_index=True)
    rng = np.random.default_rng(settings.seed)
    model = draw_model(sets, settings=settings, rng=rng)
    # one generator a sample: only one sample is in memory, and none depends on the depth of another
    for number, own in enumerate(rng.spawn(len(model.samples))):
        adata = draw_sample(model, number, settings=settings, rng=own)
        if faults := faults_of_counts(adata.X):
            msg = f"{model.samples[number].sample_id}: {'; '.join(faults)}"
            raise ContractError(msg)
        write_adata(out / f"{model.samples[number].sample_id}.h5ad", adata)
    write_model(out / "truth.json", planted_truth(settings))


def write_submission(*, settings: SimulationSettings, gene_sets: Sequence[Path], out: Path) -> None:
    """Write a whole submission into the folder ``out``: config.yaml, samples.tsv, claims.yaml and ``data/``.

    Raises
    ------
    SubmissionError
        If ``out`` is no folder that can be written to.
    """
    _make_folder(out)
    run(settings=settings, gene_sets=gene_sets, out=out / WRITTEN_FOLDER)
    for name, text in submission_texts(settings).items():
        write_text(out / name, text)


def submission_texts(settings: SimulationSettings, *, is_embedded: bool = False) -> Mapping[str, str]:
    """Return file name -> text of the config, sample sheet and claims.

    ``is_embedded`` gives the texts of the repository's ``config/``, whose data the workflow makes itself.
    """
    folder = EMBEDDED_FOLDER if is_embedded else WRITTEN_FOLDER
    example = files("scvalid.simulation") / "example"
    config = (example / "config.yaml").read_text(encoding="utf-8")
    return {
        "config.yaml": render_config(config, settings, folder=folder, is_embedded=is_embedded),
        "samples.tsv": render_sheet(settings, folder=folder),
        "claims.yaml": (example / "claims.yaml").read_text(encoding="utf-8"),
    }


def _make_folder(out: Path) -> None:
    """Make the folder, and try to write into it before any cell is drawn."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        got = "a file" if isinstance(error, FileExistsError) else shown(error.strerror or type(error).__name__)
        fault = sentence(shown(out), "be a folder that can be written to", got, "Name another with --out.")
        raise SubmissionError([fault]) from None
