"""Base of every settings model, and the parts of a submission that several stages are told: design, context, sample."""

from scvalid.settings.base import Frozen
from scvalid.settings.submitted import Context, Design, Sample

__all__ = ["Context", "Design", "Frozen", "Sample"]
