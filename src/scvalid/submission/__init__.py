"""Config, sample sheet and claims in; one frozen, validated ``Submission``, or every fault at once, out."""

from scvalid.io.gene_names import alias_tables
from scvalid.registry.manifest import registered_gene_sets
from scvalid.submission.claims.rivals import claimed_of, rivals_of_claims
from scvalid.submission.contrasts import as_contrast
from scvalid.submission.description import describe
from scvalid.submission.gene_sets.notes import notes_of_sets
from scvalid.submission.loading import Reading, load_submission, read_submission
from scvalid.submission.model import Submission
from scvalid.submission.samples.metadata import caps_of_records, notes_of_records, warnings_of_records

__all__ = [
    "Reading", "Submission", "alias_tables", "as_contrast", "caps_of_records", "claimed_of", "describe", "load_submission",
    "notes_of_records", "notes_of_sets", "read_submission", "registered_gene_sets", "rivals_of_claims", "warnings_of_records",
]  # fmt: skip
