"""Names of mesenchymal stromal cells: whatever tissue they are of, they are one type of cell."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from scvalid.settings.vocabulary.names import Name, plain

MSC = "MSC"

_SHORT = frozenset(
    {"msc", "bmsc", "bmmsc", "admsc", "atmsc", "ucmsc", "ucbmsc", "wjmsc", "plmsc", "pmsc", "ammsc", "amsc", "smmsc", "smsc"}
    | {"gmsc", "adsc", "asc", "pdlsc", "dpsc", "imsc", "ipscmsc", "shed", "scap"}
)
_TERMS = frozenset(
    {"cl:0000134", "cl:0002540", "cl:0002568", "cl:0002569", "cl:0002570", "cl:0002537", "cl:0002541", "cl:0002571"}
    | {"cl:0002572", "cl:2000079", "cl:2000080", "cl:2000061", "cl:4040004", "cl:4040005"}
)
"""Terms of the Cell Ontology for MSC: mesenchymal stem cell and every term in use whose label names it."""
_GENERAL = frozenset(
    {"cl:0000000", "cl:0000010", "cl:0001034", "cl:0000255", "cl:0000034", "cl:0000048", "cl:0000723", "cl:0002320"}
)
"""Cell, cultured cell, cell in vitro, eukaryotic cell, three kinds of stem cell, connective tissue cell."""
_STROMAL = frozenset({"cl:0000499"})
"""Stromal cell: right, if MSC could be said."""

_KIND = frozenset({"mesenchymal", "multipotent", "stem", "stromal", "progenitor", "cell", "cells"})
_HAVE_STEM_CELLS = frozenset({"adipose", "dental", "pulp", "periodontal", "gingival", "apical"})
_TISSUES = _HAVE_STEM_CELLS | frozenset(
    {"bone", "marrow", "fat", "umbilical", "cord", "blood", "wharton", "wharton's", "jelly", "placenta", "placental", "amnion"}
    | {"amniotic", "chorion", "chorionic", "ligament", "synovial", "synovium", "menstrual", "papilla", "tissue", "bm", "ad"}
    | {"at", "uc", "ucb", "wj", "ipsc"}
)
_AROUND = frozenset(
    {"human", "mouse", "murine", "rat", "h", "m", "r", "primary", "cultured", "expanded", "adult", "fetal", "derived"}
    | {"of", "from", "the"}
)

_CHINESE = re.compile(
    r"[人小大鼠骨髓脂肪组织脐带血羊膜绒胎盘牙周龈华通氏胶滑经来源性的]{0,14}"
    r"(间充质(干|基质|祖|干/基质)?细胞|间质干细胞|(?<=脂肪)干细胞|(?<=牙髓)干细胞|(?<=牙周膜)干细胞|(?<=骨髓)基质细胞)"
)
_CHINESE_SPECIES = re.compile(r"^(人|小鼠|大鼠)(源)?")


def cell_type_of(value: Any) -> Any:
    """Return MSC for the usual names of mesenchymal stromal cells, of any tissue and species; any other name as it is."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    if text in _TERMS or _CHINESE.fullmatch(text):
        return MSC
    bare = re.sub(r"\([^()]*\)", " ", _CHINESE_SPECIES.sub("", text))
    words = [word for word in re.split(r"[\s\-_/,]+", bare) if word]
    return MSC if _is_short("".join(words)) or _is_msc(words) else value


def fault_of_stromal_term(term_id: str) -> str:
    """Return why a term of the Cell Ontology does not say that cells are MSC; nothing if it does, or is of another ontology."""
    term = term_id.casefold()
    if not term.startswith("cl:") or term in _TERMS | _STROMAL:
        return ""
    return "says too little of what the cells are" if term in _GENERAL else "is no mesenchymal stromal cell"


def _is_msc(words: list[str]) -> bool:
    """Whether words name MSC and nothing beside: the kind of cell, its tissue, and words that change neither."""
    found = set(words)
    short = {word for word in words if _is_short(word)}
    if not found <= _KIND | _TISSUES | _AROUND | short:
        return False
    is_cell = bool(found & {"cell", "cells"})
    is_mesenchymal = bool(found & {"mesenchymal", "multipotent"}) and bool(found & {"stem", "stromal", "progenitor"})
    is_of_tissue = (bool(found & _TISSUES) and "stromal" in found) or (bool(found & _HAVE_STEM_CELLS) and "stem" in found)
    return bool(short) or (is_cell and (is_mesenchymal or is_of_tissue))


def _is_short(word: str) -> bool:
    forms = {word, word.removesuffix("s")}
    return any(form in _SHORT or (form[:1] in {"h", "m", "r"} and form[1:] in _SHORT) for form in forms)


CellType = Annotated[Name, BeforeValidator(cell_type_of)]
"""A type of cell; the usual names of MSC are MSC."""
