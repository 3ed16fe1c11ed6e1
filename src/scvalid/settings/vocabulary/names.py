"""What a lab may type as a name, and how spellings of a name are brought together."""

import unicodedata
from typing import Annotated

from pydantic import StringConstraints

# no control characters, line separators or marks that turn the direction of writing: a name stays one line as it reads
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+$"
SLUG = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=ONE_LINE)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
"""A name that is safe as a part of any path."""


def plain(text: str) -> str:
    """Return a text without what case and full-width letters make different."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
