"""The submission as the report is told it: what was said, with which code and which sets it is answered."""

from collections.abc import Mapping
from pathlib import Path

from scvalid.io.documents import sha256_of
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.registry.manifest import read_files, read_manifest, registered_gene_sets
from scvalid.submission.model import Submission

SECTIONS = ("intake", "qc", "integration", "clustering", "pseudobulk", "pathways", "verdicts")


def describe(
    submission: Submission, *, gene_sets: Path, fingerprints: Mapping[str, str], versions: Mapping[str, str]
) -> dict[str, object]:
    """Return the submission as plain values; paths stand as they were typed, so that the report's bytes do not depend on where.

    Parameters
    ----------
    submission
        The submission.
    gene_sets
        Folder of the registered sets, with its manifest.
    fingerprints
        Stage -> hash of its code.
    versions
        Library -> version.
    """
    config = submission.config
    return {
        **config.model_dump(mode="json", include={"dataset", "title", "seed", "context", "compound", "treatment", "design"}),
        "samples": [
            sample.model_dump(include={"sample_id", "donor_id", "arm", "batch_id"}) | {"path": sample.public_path}
            for sample in submission.samples
        ],
        "settings": {section: getattr(config, section).model_dump(mode="json") for section in SECTIONS},
        "versions": dict(versions),
        "fingerprints": dict(fingerprints),
        "gene_sets": _gene_sets(submission, gene_sets),
        "set_status": _set_status(submission, gene_sets),
        "is_simulated": submission.truth_path is not None,
    }


def _gene_sets(submission: Submission, folder: Path) -> list[dict[str, str]]:
    species = submission.config.context.species
    used = {path.name for is_panel in (True, False) for path in registered_gene_sets(folder, species, is_panel=is_panel)}
    registered = [
        {"file": Path(row.file).name, **row.model_dump(include={"sha256", "licence", "citation", "source"})}
        for row in read_files(folder.parent)
        if row.file.startswith(f"{folder.name}/") and Path(row.file).name in used
    ]
    own = [
        {"file": written, "sha256": sha256_of(path), "licence": "", "citation": "", "source": "submitted"}
        for written, path in zip(submission.config.gene_sets, submission.own_gene_sets, strict=True)
    ]
    return registered + own


def _set_status(submission: Submission, folder: Path) -> dict[str, str]:
    """Return how far each set can be trusted: a set of this project's own must say so in every report that uses it."""
    species = submission.config.context.species
    own = (read_gene_sets(path, is_panel=False)[GeneSet.SET] for path in submission.own_gene_sets)
    submitted = {str(name): "submitted" for names in own for name in names.unique()}
    return submitted | {row.set_id: row.status for row in read_manifest(folder) if row.species == species}
