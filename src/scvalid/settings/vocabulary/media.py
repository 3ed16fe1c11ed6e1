"""Kinds of culture medium, in the words that people use for them."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from scvalid.settings.vocabulary.names import plain

Medium = Literal["basal", "osteogenic", "adipogenic", "chondrogenic", "other"]

_LINEAGES = {
    "osteogenic": (re.compile(r"osteo(?!clast|arthr|por)"), "成骨"),
    "adipogenic": (re.compile(r"adipo"), "成脂"),
    "chondrogenic": (re.compile(r"chondro"), "成软骨"),
}
_BASAL = frozenset({"basal", "growth", "expansion", "maintenance", "complete"})
_BASAL_CHINESE = ("基础", "生长", "扩增", "完全培养")
_OTHER = re.compile(r"(osteoclast|endothel|neur|hepat|myo|cardi|kerat|epithel|immun|tumou?r|内皮|神经|肝|肌|破骨)")
_NEGATED = re.compile(r"\b(non|not|no|without)\b|[无未非不]")


def medium_of(value: Any) -> Any:
    """Return the kind of medium that a text names; the text itself if it names none, several, another, or says not."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    if text == "other":
        return text
    if _NEGATED.search(text) or _OTHER.search(text):
        return value
    words = re.findall(r"[a-z]+", text)
    lineages = [
        name for name, (latin, chinese) in _LINEAGES.items() if chinese in text or any(latin.match(word) for word in words)
    ]
    if len(lineages) == 1:
        return lineages[0]
    is_basal = not lineages and (bool(_BASAL & set(words)) or any(word in text for word in _BASAL_CHINESE))
    return "basal" if is_basal else value


MediumName = Annotated[Medium, BeforeValidator(medium_of)]
"""A kind of medium, in any of its spellings."""
