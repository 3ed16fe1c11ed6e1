"""Names in one plain spelling, so that the many ways of writing a compound or a herb meet."""

from unicodedata import category, name, normalize

_SAME_CHARACTER = str.maketrans({"甙": "苷"})
"""The older character for glycoside."""


def plain_name(text: str) -> str:
    """Return a name without what spellings differ in.

    Case, width, hyphens, spaces, brackets, primes and tone marks go; a Greek letter becomes its name, pinyin ü becomes v.
    """
    folded = normalize("NFD", normalize("NFKC", text[:1000]).casefold()).translate(_SAME_CHARACTER)
    marked = folded.replace("u\u0308", "v")
    return "".join(_latin(c) for c in marked if c.isalnum() and category(c) != "Mn")


def _latin(character: str) -> str:
    if not "\u03b1" <= character <= "\u03c9":
        return character
    spelled = name(character).rsplit(" ", 1)[-1].lower()
    return "lambda" if spelled == "lamda" else spelled
