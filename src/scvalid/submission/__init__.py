"""Config, sample sheet and claims in; one frozen, validated ``Submission``, or every fault at once, out."""

from scvalid.submission.description import describe, registered_gene_sets
from scvalid.submission.loading import check_submission, load_submission
from scvalid.submission.model import Submission

__all__ = ["Submission", "check_submission", "describe", "load_submission", "registered_gene_sets"]
