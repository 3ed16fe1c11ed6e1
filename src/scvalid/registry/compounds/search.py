"""Find compounds by any name, identifier or herb."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from unicodedata import normalize

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import sentence, shown
from scvalid.registry.compounds.reading import names_of
from scvalid.registry.compounds.salts import names_of_salts
from scvalid.registry.names import name_before_bracket, plain_name

MAX_QUERY = 200
N_OFFERED = 3
_PREFIX = re.compile(r"^(pubchem|cid|cas|chebi)[\s:#]*", re.IGNORECASE)

_JOINED = re.compile(r"\band\b|\+|与|和|及", re.IGNORECASE)

Compounds = tuple[RegisteredCompound, ...]


def find_compounds(library: Sequence[RegisteredCompound], query: str) -> Compounds:
    """Return the compounds that a query means, in the order of the library.

    The first of these that finds anything decides: a whole identifier or name, also of a salt; a whole herb, Latin drug name,
    species or genus; the name before a bracket; a part of any name or herb. Empty if none does; ``sentence_of_no_compound``
    then offers the nearest names.
    """
    plain = plain_name(query)
    if not plain or len(query) > MAX_QUERY:
        return ()
    found = _by_identifier(query, library) or _by_whole(plain, library, _spelled_names)
    found = found or _by_whole(plain, library, herbs_of) or _by_species(query, library)
    found = found or _by_whole(plain_name(name_before_bracket(query)), library, _spelled_names)
    # one Latin letter is part of nearly every name, one Chinese character is not
    if not found and (len(plain) > 1 or not plain.isascii()):
        found = tuple(c for c in library if any(plain in plain_name(name) for name in (*names_of(c), *herbs_of(c))))
    return found


def identify_compound(
    library: Sequence[RegisteredCompound], *, name: str, name_zh: str | None = None, inchikey: str | None = None
) -> Compounds:
    """Return the compounds that whole names or an InChIKey identify, in the order of the library.

    A herb or a part of a name identifies nothing. Empty if nothing is identified; more than one if the names and the InChIKey
    disagree.

    Parameters
    ----------
    library
        The registered compounds.
    name, name_zh
        Any whole name, also of a salt, or an id of the library; what stands before a bracket counts if the whole does not.
    inchikey
        InChIKey of the free form.
    """
    found = [compound for word in (name, name_zh or "") for compound in _by_name(word, library)]
    found += [compound for compound in library if inchikey and compound.inchikey == inchikey]
    ids = {compound.compound_id for compound in found}
    return tuple(compound for compound in library if compound.compound_id in ids)


def sentence_of_no_compound(library: Sequence[RegisteredCompound], query: str) -> str:
    """Return the sentence for a query that finds nothing, with the nearest names."""
    plain = plain_name(query)
    spelled = {plain_name(herb): shown(herb) for compound in library for herb in herbs_of(compound)}
    spelled |= {plain_name(word): _offer(word, compound) for compound in library for word in _spelled_names(compound)}
    # of two or three Chinese characters one may be mistaken
    cutoff = 0.5 if len(plain) <= 3 else 0.6
    close = get_close_matches(plain[:MAX_QUERY], list(spelled), n=N_OFFERED, cutoff=cutoff) if plain else []
    fix = f"Did you mean {' or '.join(map(spelled.__getitem__, close))}?" if close else "'scvalid compounds' lists all."
    must = "be a name, an identifier or a herb of the compound library"
    return sentence(f"compound {shown(query)}", must, "one that is not in it", fix)


def herbs_of(compound: RegisteredCompound) -> tuple[str, ...]:
    """Return every name of the herbs of a compound: Chinese, pinyin, Latin drug name, species and genus."""
    genera = tuple(species.split()[0] for species in compound.herb_species)
    return (*compound.herb_zh, *compound.herb_pinyin, *compound.herb_latin, *compound.herb_species, *genera)


def _by_name(word: str, library: Sequence[RegisteredCompound]) -> Compounds:
    # a bracket may hold a maker or a purity, but also a second compound
    forms = (word,) if _JOINED.search(word) else (word, name_before_bracket(word))
    wanted = [plain_name(form) for form in forms]
    return next(filter(None, (_by_whole(plain, library, _names_and_id) for plain in wanted if plain)), ())


def _spelled_names(compound: RegisteredCompound) -> tuple[str, ...]:
    return (*names_of(compound), *names_of_salts(compound))


def _names_and_id(compound: RegisteredCompound) -> tuple[str, ...]:
    return (*_spelled_names(compound), compound.compound_id)


def _by_species(query: str, library: Sequence[RegisteredCompound]) -> Compounds:
    """Find a species of a genus of which the drug may be several: ``Epimedium brevicornu`` where ``Epimedium spp.`` stands."""
    genus, *rest = query.casefold().split()
    return tuple(c for c in library if rest and f"{genus} spp." in map(str.casefold, c.herb_species))


def _by_identifier(query: str, library: Sequence[RegisteredCompound]) -> Compounds:
    wanted = normalize("NFKC", query).strip().casefold()
    prefix = _PREFIX.match(wanted)
    kind, rest = (prefix[1], wanted[prefix.end() :]) if prefix else ("", wanted)
    return tuple(compound for compound in library if (kind, rest) in _spelled_identifiers(compound))


def _spelled_identifiers(compound: RegisteredCompound) -> Iterator[tuple[str, str]]:
    """Yield kind and value of each identifier as a query may name it; a number alone is a PubChem CID."""
    yield "", compound.compound_id.casefold()
    if compound.inchikey:
        yield "", compound.inchikey.casefold()
    if compound.cas:
        yield from (("", compound.cas), ("cas", compound.cas))
    if compound.chebi:
        yield "chebi", compound.chebi.removeprefix("CHEBI:")
    if compound.pubchem_cid:
        yield from ((kind, str(compound.pubchem_cid)) for kind in ("", "cid", "pubchem"))


def _by_whole(
    plain: str, library: Sequence[RegisteredCompound], words: Callable[[RegisteredCompound], tuple[str, ...]]
) -> Compounds:
    return tuple(c for c in library if plain in {plain_name(word) for word in words(c)})


def _offer(word: str, compound: RegisteredCompound) -> str:
    return shown(word) if word == compound.name else f"{shown(word)} ({compound.name})"
