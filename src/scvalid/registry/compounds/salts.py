"""Names of the salts and hydrates of a compound, as they stand on a bottle in English and Chinese."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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


WATER = 18.015
"""Molar mass of water, g/mol."""
_COUNTS = {
    "hemi": 0.5, "mono": 1.0, "sesqui": 1.5, "di": 2.0, "tri": 3.0, "tetra": 4.0, "penta": 5.0, "hexa": 6.0, "hepta": 7.0,
    "octa": 8.0, "nona": 9.0, "deca": 10.0, "半": 0.5, "一": 1.0, "单": 1.0, "倍半": 1.5, "二": 2.0, "三": 3.0, "四": 4.0,
    "五": 5.0, "六": 6.0, "七": 7.0, "八": 8.0, "九": 9.0, "十": 10.0,
}  # fmt: skip
_HYDRATE = re.compile(
    r"[\s·•∙.,x×*-]*(?:(?P<count>hemi|mono|sesqui|di|tri|tetra|penta|hexa|hepta|octa|nona|deca)?-?hydrate"
    r"|(?P<number>\d{1,2}(?:\.5)?)?\s*H2O|(?P<chinese>半|倍半|[一单二三四五六七八九十])?水(?:合物|物)?)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Form:
    """What was weighed: the free form or a registered salt, and how many molecules of water are in its crystal."""

    name: str
    molar_mass: float | None
    n_water: float = 0.0


def find_form(compound: RegisteredCompound, text: str, *, free: str) -> Form | None:
    """Return the form that a text names: a salt, with or without crystal water, or a hydrate of the free form.

    Parameters
    ----------
    compound
        What was given.
    text
        As it stands on the bottle: ``chloride dihydrate``, ``quercetin dihydrate``, ``HCl·2H2O``, ``二水合物``.
    free
        What the free form is called.

    Notes
    -----
    ``M = M(salt or free form) + n * 18.015`` g/mol. A hydrate without a number is no form: its water is not known.
    """
    if salt := find_salt(compound, text):
        return Form(salt.name, salt.molar_mass)
    water = _HYDRATE.search(text)
    n_water = _n_water(water) if water else None
    if water is None or n_water is None:
        return None
    dry = text[: water.start()].strip()
    names = {plain_name(name) for name in (compound.name, compound.name_zh, *compound.synonyms, *compound.name_zh_synonyms)}
    salt = find_salt(compound, dry) if plain_name(dry) else None
    if salt is None and plain_name(dry) not in names | {""}:
        return None
    name, mass = (salt.name, salt.molar_mass) if salt else (free, compound.molar_mass)
    return Form(f"{name}, {n_water:g} H2O", None if mass is None else mass + n_water * WATER, n_water)


def is_open_hydrate(text: str) -> bool:
    """Return whether a text says hydrate without saying how much water that is."""
    water = _HYDRATE.search(text)
    return water is not None and _n_water(water) is None


def _n_water(water: re.Match[str]) -> float | None:
    if water["number"]:
        return float(water["number"])
    return _COUNTS.get((water["count"] or water["chinese"] or "").casefold())


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
