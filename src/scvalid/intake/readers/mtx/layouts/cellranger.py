"""CellRanger output: ``<sample>/outs``, whose filtered cells are taken and whose raw droplets never are unless named."""

from pathlib import Path

from scvalid.intake.readers.mtx.layouts.layout import folders_of, named
from scvalid.intake.readers.refusal import Refusal

_OUTS = ("outs", "per_sample_outs", "count")
"""Folders between a run and its matrices, the outermost first; per_sample_outs is of ``cellranger multi``."""
_FILTERED = ("filtered_feature_bc_matrix", "sample_filtered_feature_bc_matrix", "filtered_gene_bc_matrices")
_RAW = ("raw_feature_bc_matrix", "sample_raw_feature_bc_matrix", "raw_gene_bc_matrices")
_SAMPLES = "per_sample_outs"


def cells_of_run(folder: Path) -> Path | None:
    """Return the folder of the filtered cells of a run, its ``outs`` or one sample of it; None if it is no such folder.

    Raises
    ------
    Refusal
        If it has several samples, or only the raw droplets.
    """
    inner = {path.name: path for path in folders_of(folder)}
    if filtered := [inner[name] for name in _FILTERED if name in inner]:
        return filtered[0]
    if between := [inner[name] for name in _OUTS if name in inner]:
        # multi has raw droplets of all samples beside the samples: count within outs, per_sample_outs before both
        return _of_samples(inner[_SAMPLES]) if _SAMPLES in inner else cells_of_run(between[0])
    if raw := [inner[name] for name in _RAW if name in inner]:
        fix = "Name the folder or .h5 of the filtered cells; if raw droplets are meant, name their folder."
        raise Refusal(must="hold the filtered cells of a CellRanger run", got=f"only {named(raw)}", fix=fix)
    return _of_samples(folder) if folder.name == _SAMPLES else None


def _of_samples(folder: Path) -> Path | None:
    """Return the cells of the only sample of a run of ``cellranger multi``."""
    samples = folders_of(folder)
    if len(samples) > 1:
        fix = "Name the folder of each in a row of its own."
        raise Refusal(must="lead to one sample", got=f"{len(samples)} in {folder.name}, {named(samples)}", fix=fix)
    return cells_of_run(samples[0]) if samples else None
