"""Words for cells, media and challenges, and the ways in which people spell them: two spellings are not two contexts."""

import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints

# no control characters, line separators or marks that turn the direction of writing: a name stays one line as it reads
Name = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+$"
    ),
]
Medium = Literal["basal", "osteogenic", "adipogenic", "chondrogenic", "other"]
MSC = "MSC"

_LINEAGES = {
    "osteogenic": ("osteo", "成骨"),
    "adipogenic": ("adipo", "成脂", "脂肪诱导"),
    "chondrogenic": ("chondro", "软骨"),
}
_BASAL = ("basal", "growth", "expansion", "maintenance", "complete medium", "基础", "生长", "扩增", "完全培养")

_MSC_SHORT = re.compile(r"[hmr]?(bm|ad|at|uc|wj|pl|am|sm|pdl|dp|g|b|a)?m?scs?")
_MSC_LONG = re.compile(r"(mesenchymal|multipotent mesenchymal) (stromal|stem|progenitor) cells?")
_MSC_CHINESE = re.compile(r"[人小大鼠骨髓脂肪脐带羊膜绒胎盘牙周韧龈华通氏胶滑来源性的]{0,12}间充质(干|基质|祖|基质/干)?细胞")
_KNOWN_SHORT = frozenset(
    {"msc", "bmsc", "bmmsc", "admsc", "atmsc", "ucmsc", "wjmsc", "plmsc", "ammsc", "smmsc", "gmsc"}
    | {"adsc", "asc", "pdlsc", "dpsc"}
)
_WHERE_FROM = frozenset(
    {"human", "mouse", "murine", "rat", "h", "m", "r", "primary", "cultured", "derived", "of", "from", "the", "tissue"}
    | {"bone", "marrow", "adipose", "fat", "umbilical", "cord", "wharton", "wharton's", "jelly", "placenta", "placental"}
    | {"amnion", "amniotic", "chorion", "chorionic", "dental", "pulp", "gingival", "periodontal", "ligament", "synovial"}
    | {"bm", "ad", "at", "uc", "wj"}
)

_BETWEEN = re.compile(r"\s*(?:\+|,|;|&|、|\band\b|\bplus\b|\bwith\b|和|与|及)\s*")
_CHALLENGES = {
    "NONE": ("none", "no", "nothing", "untreated", "unstimulated", "无", "no challenge", "no induction"),
    "TNF": ("tnf", "tnfa", "tnf alpha"),
    "IL1B": ("il1b", "il 1b", "il1 beta", "il 1 beta", "interleukin 1 beta"),
    "IFNG": ("ifng", "ifn g", "ifn gamma", "interferon gamma"),
    "LPS": ("lps", "lipopolysaccharide"),
    "H2O2": ("h2o2", "hydrogen peroxide", "过氧化氢"),
    "HYPOXIA": ("hypoxia", "hypoxic", "low oxygen", "缺氧", "低氧"),
    "SERUM DEPRIVATION": ("serum deprivation", "serum starvation", "serum free", "血清剥夺"),
    "OGD": ("ogd", "oxygen glucose deprivation"),
    "DEXAMETHASONE": ("dexamethasone", "dex", "地塞米松"),
}
_CHALLENGE_OF = {spelling: name for name, spellings in _CHALLENGES.items() for spelling in spellings}
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma"})


def medium_of(value: Any) -> Any:
    """Return the kind of medium that a text names, or the text if it names none or more than one."""
    if not isinstance(value, str):
        return value
    plain = unicodedata.normalize("NFKC", value).casefold().strip()
    lineages = [name for name, words in _LINEAGES.items() if any(word in plain for word in words)]
    if len(lineages) == 1:
        return lineages[0]
    is_basal = not lineages and any(word in plain for word in _BASAL)
    return "basal" if is_basal else "other" if plain == "other" else value


def cell_type_of(value: Any) -> Any:
    """Return MSC for every name of mesenchymal stromal cells of whatever tissue; any other name as it is."""
    if not isinstance(value, str):
        return value
    plain = unicodedata.normalize("NFKC", value).casefold().strip()
    if _MSC_CHINESE.fullmatch(plain) or _is_known_short(re.sub(r"[\s\-_]", "", plain)):
        return MSC
    words = re.split(r"[\s\-_]+", plain)
    for start in range(len(words)):
        rest = words[start:]
        if _MSC_LONG.fullmatch(" ".join(rest)) or (len(rest) == 1 and _is_known_short(rest[0])):
            return MSC if set(words[:start]) <= _WHERE_FROM else value
    return value


def challenge_of(text: str) -> frozenset[str]:
    """Return the challenges that a text names; ``IFNγ and TNF-α`` and ``TNF + IFNG`` are the same two."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_GREEK)
    names = (re.sub(r"[\s\-_]+", " ", part).strip() for part in _BETWEEN.split(plain))
    # tnf-α has become tnf alpha, ifnγ has become ifngamma
    spaced = (re.sub(r"(?<=\w)(alpha|beta|gamma)", r" \1", name).replace("  ", " ") for name in names if name)
    return frozenset(_CHALLENGE_OF.get(name, name) for name in spaced)


def _is_known_short(word: str) -> bool:
    return bool(_MSC_SHORT.fullmatch(word)) and (word.rstrip("s") in _KNOWN_SHORT or word[1:].rstrip("s") in _KNOWN_SHORT)


CellType = Annotated[Name, BeforeValidator(cell_type_of)]
"""A type of cell; every name of MSC is MSC."""
MediumName = Annotated[Medium, BeforeValidator(medium_of)]
"""A kind of medium, in any of its spellings."""
