"""Find compounds by any name, identifier or herb."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from unicodedata import normalize

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.errors import sentence, shown
from scvalid.registry.compounds import names_of
from scvalid.registry.names import plain_name

MAX_QUERY = 200
N_OFFERED = 3
_PREFIX = re.compile(r"^(pubchem|cid|cas|chebi)[\s:#]*", re.IGNORECASE)

Compounds = tuple[RegisteredCompound, ...]


def find_compounds(library: Sequence[RegisteredCompound], query: str) -> Compounds:
    """Return the compounds that a query means, in the order of the library.

    The first of these that finds anything decides: a whole identifier or name; a whole herb, Latin drug name, species or genus;
    a part of any name or herb. Empty if none does; ``sentence_of_no_compound`` then offers the nearest names.
    """
    plain = plain_name(query)
    if not plain or len(query) > MAX_QUERY:
        return ()
    found = _by_identifier(query, library) or _by_whole(plain, library, names_of) or _by_whole(plain, library, herbs_of)
    # one Latin letter is part of nearly every name, one Chinese character is not
    if not found and (len(plain) > 1 or not plain.isascii()):
        found = tuple(c for c in library if any(plain in plain_name(name) for name in (*names_of(c), *herbs_of(c))))
    return found


def sentence_of_no_compound(library: Sequence[RegisteredCompound], query: str) -> str:
    """Return the sentence for a query that finds nothing, with the nearest names."""
    plain = plain_name(query)
    spelled = {plain_name(herb): shown(herb) for compound in library for herb in herbs_of(compound)}
    spelled |= {plain_name(word): _offer(word, compound) for compound in library for word in names_of(compound)}
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
