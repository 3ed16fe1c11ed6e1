"""Ontology terms in the columns of a sheet: ids checked and labels resolved, without a network."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from scvalid.errors import shown
from scvalid.registry.ontology.terms import OBSOLETE, Ontology, Term, prefix_of
from scvalid.settings.vocabulary import MSC, cell_type_of, is_unstated, meant_by
from scvalid.settings.vocabulary.names import plain
from scvalid.submission.samples.fields import Field
from scvalid.submission.samples.values import Value

_ID = re.compile(r"([A-Za-z]{2,10})[:_ ]\s*([A-Za-z0-9]+)")
_NUMBERS = re.compile(r"\d+")
_AGE = re.compile(r"(\d{1,3})[\s-]*(?:y|yr|yrs|years?)(?:[\s-]*old)?|(\d{1,3})\s*岁", re.IGNORECASE)
_JOINED = re.compile(r"\s*\|\|\s*|\s*;\s*")
_WITHOUT_TABLE = {"NCBITaxon", "CHEBI"}
MAX_OFFERED = 3
MIN_LETTERS = 2
"""Two letters begin too many labels."""
STAGE = "development_stage_ontology_term_id"
ORGANISMS = {"human": "NCBITaxon:9606", "mouse": "NCBITaxon:10090", "rat": "NCBITaxon:10116"}
SPECIES_OF_STAGES = {"HsapDv": ORGANISMS["human"], "MmusDv": ORGANISMS["mouse"]}
"""Ontology of stages -> the one species that it counts the life of."""
_STAGES = {
    "neonate": "newborn", "neonatal": "newborn", "foetal": "fetal", "成人": "adult", "成年": "adult", "新生儿": "newborn",
}  # fmt: skip
_ANY_MSC = "CL:0000134"
_OF_CELLS = ("tissue_ontology_term_id", "cell_type_ontology_term_id")
OF_TISSUE = {"primary cell culture": "CL", "cell line": "CVCL", "tissue": "UBERON", "organoid": "UBERON"}
"""Kind of sample -> the ontology that its tissue is named in (CELLxGENE 7)."""
_SAY_TISSUE = {
    "CL": "Name the cells, for MSC of bone marrow CL:0002540; the organ goes into source_tissue_ontology_term_id.",
    "CVCL": "Name the line by its Cellosaurus id, for example CVCL_A2JN.",
    "UBERON": "Name the organ, for bone marrow UBERON:0002371.",
}


def read_term(field: Field, text: str, ontology: Ontology) -> Value:
    """Return the term or the terms that a text means: an id, a word such as 女, or an exact label.

    Several terms, where a column takes them, are joined by ``||`` and come out in lexical order.
    """
    parts = [part for part in _JOINED.split(text) if part] if field.kind == "terms" else [text]
    read = [_read_one(field, part, ontology) for part in parts]
    refused = next((one for one in read if one.must), None)
    if refused is not None:
        return refused
    values = sorted({one.value for one in read if one.value is not None})
    return Value(" || ".join(values) or None, hint=next((one.hint for one in read if one.hint), ""))


def fault_of_tissue(tissue_type: str, term_id: str) -> Value:
    """Return what a tissue must be named in, where it is named in another ontology than that of its kind; else nothing."""
    wanted = OF_TISSUE.get(tissue_type)
    if wanted is None or prefix_of(term_id) == wanted:
        return Value(term_id)
    return Value(None, f"be a term of {wanted} where tissue_type is {tissue_type}", _SAY_TISSUE[wanted])


def _read_one(field: Field, text: str, ontology: Ontology) -> Value:
    meant = meant_by(field.column, text)
    if meant is not None or (text in field.words and prefix_of(text) == text and text.islower()):
        return Value(meant or text)
    if is_unstated(text):
        return Value()
    match = _ID.fullmatch(text.strip())
    known = {word.casefold(): word for word in (*map(prefix_of, field.words), *OF_TISSUE.values(), "MONDO", "HsapDv", "CHEBI")}
    if match and match[1].casefold() in known:
        prefix = known[match[1].casefold()]
        return _checked(field, f"{prefix}{'_' if prefix == 'CVCL' else ':'}{match[2]}", ontology)
    return _by_label(field, text, ontology)


def _checked(field: Field, term_id: str, ontology: Ontology) -> Value:
    prefix, must = prefix_of(term_id), f"be {_offered(field)}"
    if prefix not in field.words and term_id not in field.words:
        return Value(None, must, "Another ontology says another thing; take a term of the right one.")
    if prefix in _WITHOUT_TABLE or term_id in field.words:
        return Value(term_id)
    term = ontology.find(term_id)
    if term is None:
        of_what = "single-cell assay of EFO" if prefix == "EFO" else f"term of {prefix}"
        return Value(None, f"be a {of_what}", "There is no such id; look it up, or write the exact label.")
    return _in_use(term, ontology)


def _in_use(term: Term, ontology: Ontology) -> Value:
    if not term.replaced_by:
        return Value(term.term_id)
    if term.replaced_by != OBSOLETE:
        successor = ontology.find(term.replaced_by)
        fix = f"Write {_named(successor)}." if successor else f"Write {term.replaced_by}."
    else:
        label = term.label.removeprefix("obsolete ")
        alike = ontology.named(label, prefixes=[term.prefix]) or ontology.beginning(f"{label} (", prefixes=[term.prefix])
        fix = f"Write {_or_named(alike)}." if alike else "It has no successor; look for another."
    return Value(None, "be a term in use", f"It is obsolete. {fix}")


def _by_label(field: Field, text: str, ontology: Ontology) -> Value:
    prefixes = [word for word in field.words if prefix_of(word) == word]
    for prefix in prefixes:
        # a cell line may be called hBMSC, but who writes it means the cells
        if prefix == "CVCL" and _is_any_msc(field, text):
            continue
        found = _exact(field, text, prefix, ontology)
        if len(found) == 1:
            return Value(found[0].term_id)
    single = [term for word in field.words if prefix_of(word) != word and (term := ontology.find(word))]
    if same := next((term.term_id for term in single if plain(term.label) == plain(text)), None):
        return Value(same)
    if _is_any_msc(field, text) and (msc := ontology.find(_ANY_MSC)):
        hint = f"is read as {_named(msc)}; if the tissue has a term of its own, write that, for bone marrow CL:0002540"
        return Value(msc.term_id, hint=hint)
    return Value(None, f"be {_offered(field)}", _advice(field, text, prefixes, ontology))


def _is_any_msc(field: Field, text: str) -> bool:
    return field.column in _OF_CELLS and cell_type_of(text) == MSC


def _exact(field: Field, text: str, prefix: str, ontology: Ontology) -> tuple[Term, ...]:
    """Return the terms of an exact label; of a stage also without the word: ``adult``, ``45-year-old``, ``newborn``."""
    found = ontology.named(text, prefixes=[prefix])
    if found or field.column != STAGE:
        return found
    age = _AGE.fullmatch(text.strip())
    stage = f"{int(age[1] or age[2])}-year-old" if age else _STAGES.get(plain(text), text)
    return ontology.named(f"{stage} stage", prefixes=[prefix]) or ontology.beginning(f"{stage} stage (", prefixes=[prefix])


def _advice(field: Field, text: str, prefixes: Sequence[str], ontology: Ontology) -> str:
    """Offer the terms that begin with a text, else the nearest one; never one of another number: 15 years are not 45."""
    labels = {plain(label): label for label in ontology.labels(prefixes=prefixes)}
    close = get_close_matches(plain(text)[:100], list(labels), n=5, cutoff=0.8)
    close = [label for label in close if _NUMBERS.findall(label) == _NUMBERS.findall(plain(text))]
    offered = ontology.named(labels[close[0]], prefixes=prefixes)[:1] if close else ()
    if not offered and len(plain(text)) > MIN_LETTERS:
        offered = ontology.beginning(text, prefixes=prefixes)[:MAX_OFFERED]
    fix = f"Did you mean {_or_named(offered)}?" if offered else "Write its id or its exact label."
    others = [name for name in field.alternatives if name != field.column]
    enough = f" If there is no term for it, leave the cell empty and fill {' or '.join(others)}: one is enough."
    return fix + (enough if others else "")


def _named(term: Term) -> str:
    return f"{term.term_id} ({shown(term.label)[1:-1]})"


def _or_named(terms: Sequence[Term]) -> str:
    return " or ".join(map(_named, terms[:MAX_OFFERED]))


def _offered(field: Field) -> str:
    ids = [word for word in field.words if ":" in word]
    kinds = [word for word in field.words if ":" not in word and not word.islower()]
    words = [word for word in field.words if ":" not in word and word.islower()]
    names = [*ids, *(f"a term of {kind}" for kind in kinds), *words]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
