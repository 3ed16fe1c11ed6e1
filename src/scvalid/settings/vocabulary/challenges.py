"""Challenges and inductions beside the compound: what was added, whatever its order, spelling and dose."""

import re
from collections.abc import Iterable

from scvalid.settings.vocabulary.names import plain

NONE = "NONE"

_BETWEEN = re.compile(r"\s*(?:\+|,|;|&|、|/|\band\b|\bplus\b|\bwith\b|和|与|及)\s*")
_DOSE = re.compile(r"\([^()]*\)|\d+(\.\d+)?\s*(%\s*o2|%|(n|u|µ|μ|m|p)?(g|m|mol)\b(\s*/\s*m?l)?|i?u(\s*/\s*m?l)?\b|h\b)")
_CHALLENGES = {
    NONE: (
        "none", "no", "nothing", "untreated", "unstimulated", "resting", "baseline", "control", "vehicle", "normoxia",
        "no challenge", "no induction", "no hypoxia", "无",
    ),
    "TNF": ("tnf", "tnfa", "tnf a", "tnf alpha", "tumor necrosis factor alpha", "肿瘤坏死因子", "肿瘤坏死因子 alpha"),
    "IL1B": ("il1b", "il 1b", "il1 beta", "il 1 beta", "interleukin 1 beta", "白介素 1 beta"),
    "IFNG": ("ifng", "ifn g", "ifn gamma", "interferon gamma", "干扰素 gamma"),
    "LPS": ("lps", "lipopolysaccharide", "脂多糖"),
    "H2O2": ("h2o2", "hydrogen peroxide", "过氧化氢"),
    "HYPOXIA": ("hypoxia", "hypoxic", "low oxygen", "缺氧", "低氧"),
    "SERUM DEPRIVATION": ("serum deprivation", "serum starvation", "serum free", "血清剥夺"),
    "OGD": ("ogd", "oxygen glucose deprivation", "氧糖剥夺"),
    "DEXAMETHASONE": ("dexamethasone", "dex", "地塞米松"),
}  # fmt: skip
_CHALLENGE_OF = {spelling: name for name, spellings in _CHALLENGES.items() for spelling in spellings}
_GREEK = str.maketrans({"α": " alpha", "β": " beta", "γ": " gamma"})


def challenge_of(text: str) -> frozenset[str]:
    """Return the challenges that a text names; ``IFNγ and TNF-α (10 ng/mL)`` and ``TNF + IFNG`` are the same two."""
    without_dose = _DOSE.sub(" ", plain(text).translate(_GREEK))
    spaced = re.sub(r"(?<=[a-z\d])(alpha|beta|gamma)\b", r" \1", without_dose)
    parts = (re.sub(r"[\s\-_]+", " ", part).strip() for part in _BETWEEN.split(spaced))
    found = frozenset(_CHALLENGE_OF.get(part, part) for part in parts if part)
    return found - {NONE} or found


def is_challenge(claimed: Iterable[str], found: str) -> bool:
    """Return whether cells were challenged as claimed: by one of the alternatives, or by several single ones together."""
    alternatives, given = [challenge_of(one) for one in claimed], challenge_of(found)
    single = frozenset[str]().union(*(one for one in alternatives if len(one) == 1))
    return given in alternatives or (bool(given) and given <= single)
