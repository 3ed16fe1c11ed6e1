"""Config, sample sheet and claims in; one frozen, validated ``Submission``, or every fault at once, out."""

from scvalid.io.gene_names import alias_tables
from scvalid.registry.manifest import registered_gene_sets
from scvalid.submission.documents.description import describe
from scvalid.submission.gene_sets.notes import notes_of_sets
from scvalid.submission.loading import check_submission, load_submission
from scvalid.submission.model import Submission

__all__ = [
    "Submission", "alias_tables", "check_submission", "describe", "load_submission", "notes_of_sets", "registered_gene_sets"
]  # fmt: skip
