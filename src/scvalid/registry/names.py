"""Names in one plain spelling, so that the many ways of writing a compound or a herb meet."""

from unicodedata import category, name, normalize

_SAME_CHARACTER = str.maketrans(
    "甙" + "亞參實櫨櫚沒碸鹼堿紅蘆補軟連黃薑內兒綠寶鈉鹽蘗耆",
    "苷" + "亚参实栌榈没砜碱碱红芦补软连黄姜内儿绿宝钠盐檗芪",
)
"""The older character for glycoside; traditional characters and variants of those in the library."""


def plain_name(text: str) -> str:
    """Return a name without what spellings differ in.

    Case, width, hyphens, spaces, brackets, primes and tone marks go; a Greek letter becomes its name, pinyin ü becomes v,
    a traditional character that the library needs its simplified one.
    """
    folded = normalize("NFD", normalize("NFKC", text[:1000]).casefold()).translate(_SAME_CHARACTER)
    marked = folded.replace("u\u0308", "v")
    return "".join(_latin(c) for c in marked if c.isalnum() and category(c) != "Mn")


def name_before_bracket(text: str) -> str:
    """Return what stands before the first bracket, as in ``Icariin (98%)``; empty if there is none or nothing before it."""
    before, bracket, _ = normalize("NFKC", text[:1000]).replace("[", "(").partition("(")
    return before.strip() if bracket else ""


def _latin(character: str) -> str:
    if not "\u03b1" <= character <= "\u03c9":
        return character
    spelled = name(character).rsplit(" ", 1)[-1].lower()
    return "lambda" if spelled == "lamda" else spelled
