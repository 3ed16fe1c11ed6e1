"""Names of the salts of a compound, as they stand on a bottle in English and Chinese."""

from collections.abc import Iterator

from scvalid.contracts.compounds import RegisteredCompound, Salt
from scvalid.registry.names import plain_name

_WORDS = {
    # of an alkaloid that is a cation, such as berberine, the chloride is sold as hydrochloride: one substance, two names
    "hydrochloride": (("hydrochloride", "hydrogen chloride", "HCl", "盐酸盐", "盐酸"), ("hydrochloride", "HCl"), "盐酸{}"),
    "chloride": (
        ("chloride", "hydrochloride", "HCl", "氯化物", "盐酸盐", "盐酸"), ("chloride", "hydrochloride", "HCl"), "盐酸{}"
    ),
    "phosphate": (("phosphate", "磷酸盐", "磷酸"), ("phosphate",), "磷酸{}"),
    "sodium": (("sodium", "sodium salt", "Na", "钠盐", "钠"), ("sodium", "sodium salt"), "{}钠"),
}  # fmt: skip
"""Word in the name of a salt -> what the salt alone is called, what stands behind the English name, and the Chinese form."""


def names_of_salts(compound: RegisteredCompound) -> tuple[str, ...]:
    """Return every full name of the salts of a compound, such as ``berberine hydrochloride`` and ``盐酸小檗碱``."""
    return tuple(dict.fromkeys(name for salt in compound.salts for name in _full_names(compound, salt)))


def find_salt(compound: RegisteredCompound, name: str) -> Salt | None:
    """Return the salt of a compound that a full name or a word such as ``HCl``, ``hydrochloride`` or ``盐酸盐`` means."""
    plain = plain_name(name)
    for salt in compound.salts:
        rest = salt.name.replace(compound.name, "")
        if plain and plain in map(plain_name, (*_full_names(compound, salt), rest, *_WORDS.get(_word(salt), ((),))[0])):
            return salt
    return None


def _full_names(compound: RegisteredCompound, salt: Salt) -> Iterator[str]:
    yield salt.name
    if (word := _word(salt)) in _WORDS:
        _, endings, chinese = _WORDS[word]
        for name in (compound.name, *compound.synonyms):
            yield from (f"{name} {ending}" for ending in endings)
        yield from (chinese.format(name) for name in (compound.name_zh, *compound.name_zh_synonyms))


def _word(salt: Salt) -> str:
    return next((word for word in salt.name.split() if word in _WORDS), "")
