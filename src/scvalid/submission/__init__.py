"""Config, sample sheet and claims in; one frozen, validated ``Submission``, or every fault at once, out."""

from scvalid.io.gene_names import alias_tables
from scvalid.registry.manifest import registered_gene_sets
from scvalid.submission.description import describe
from scvalid.submission.gene_sets.notes import notes_of_sets
from scvalid.submission.loading import Reading, load_submission, read_submission
from scvalid.submission.model import Submission
from scvalid.submission.samples.metadata import caps_of_records, notes_of_records, warnings_of_records

__all__ = [
    "Reading", "Submission", "alias_tables", "caps_of_records", "describe", "load_submission", "notes_of_records",
    "notes_of_sets", "read_submission", "registered_gene_sets", "warnings_of_records",
]  # fmt: skip
