"""Base of every settings model, and the parts of a submission that several stages are told: design, context, sample."""

from scvalid.settings.base import Frozen
from scvalid.settings.design import Contrast, Design, Series
from scvalid.settings.submitted import Context, Sample

__all__ = ["Context", "Contrast", "Design", "Frozen", "Sample", "Series"]
