"""Where a statement comes from, in a form that a reader can resolve, and whether that source still stands."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from scvalid.settings import Frozen

FORMS = {
    "doi": r"doi:10\.\d{4,9}/[^\s;,]{1,200}",
    "pmid": r"pmid:[1-9]\d{0,8}",
    "pmcid": r"pmcid:PMC\d{1,9}",
    "accession": r"(geo:GS[EM]|gsa:HRA|cngb:CNP|ena:PRJ[A-Z]{2})\d{1,9}",
    "https": r"https://[^\s<>\"']{4,300}",
    "to verify": r"to verify(: .{1,300})?",
    "unpublished": r"unpublished: .{1,300}",
}
"""Name of a form -> its pattern. ``to verify`` says that nobody has read the source yet, ``unpublished`` that there is none."""

_ANY = "|".join(f"({pattern})" for pattern in FORMS.values())


def _in_a_known_form(text: str) -> str:
    if re.fullmatch(_ANY, text) is None:
        msg = "must be doi:10..., pmid:..., pmcid:PMC..., geo:GSE..., https://..., 'to verify: ...' or 'unpublished: ...'"
        raise ValueError(msg)
    return text


Source = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400),
    AfterValidator(_in_a_known_form),
    Field(json_schema_extra={"pattern": f"^({_ANY})$"}),
]
"""One source in one of ``FORMS``."""


class Retraction(Frozen):
    """Whether the source was corrected or withdrawn; a claim with a retracted source is never tested."""

    status: Literal["not checked", "none found", "corrected", "retracted"] = "not checked"
    notice: Source | None = None
    """Where the correction or the retraction was read."""


class Certainty(Frozen):
    """How sure the registry is that the source says what the claim says; a judgement, with its ground."""

    level: Literal["high", "moderate-high", "moderate", "low-moderate", "low", "not applicable"]
    note: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None
