"""The submission as the report is told it: what was said, with which code and which sets it is answered."""

import csv
from collections.abc import Mapping
from pathlib import Path

from scvalid.io.documents import sha256_of
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
        **config.model_dump(mode="json", include={"dataset", "title", "seed", "context", "compound", "design"}),
        "samples": [
            sample.model_dump(include={"sample_id", "donor_id", "arm", "batch_id", "path"}) for sample in submission.samples
        ],
        "settings": {section: getattr(config, section).model_dump(mode="json") for section in SECTIONS},
        "versions": dict(versions),
        "fingerprints": dict(fingerprints),
        "gene_sets": _gene_sets(submission, gene_sets),
        "claims_sha256": sha256_of(submission.claims_path),
        "is_simulated": submission.truth_path is not None,
    }


def registered_gene_sets(folder: Path, species: str) -> list[Path]:
    """Return the files of registered sets of a species, in the order of the manifest."""
    return [folder / row["file"] for row in _manifest(folder) if row["species"] == species]


def _gene_sets(submission: Submission, folder: Path) -> list[dict[str, str]]:
    shown = ("file", "sha256", "licence", "citation", "source")
    species = submission.config.context.species
    registered = [{key: row[key] for key in shown} for row in _manifest(folder) if row["species"] == species]
    own = [
        {"file": written, "sha256": sha256_of(path), "licence": "", "citation": "", "source": "submitted"}
        for written, path in zip(submission.config.gene_sets, submission.own_gene_sets, strict=True)
    ]
    return registered + own


def _manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))
