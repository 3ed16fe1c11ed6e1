"""Terms of the ontologies that describe a sample: read offline, found by id or by label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scvalid.errors import ContractError, sentence, shown
from scvalid.io.packed_text import read_packed_text
from scvalid.settings.vocabulary.names import plain

IN_RESOURCES = Path("ontology")
TERMS, CELL_LINES = "terms.tsv.gz", "cell_lines.tsv.gz"
"""The cell lines of Cellosaurus are as large as all others together, and rarely asked for."""
HEADER = ("term_id", "label", "replaced_by")
OBSOLETE = "-"
"""Stands for the successor of an obsolete term that has none."""
MAX_BYTES = 50_000_000
_FIX = "Take the file from the repository again."


@dataclass(frozen=True)
class Term:
    """One term; ``replaced_by`` is empty for one that is in use, OBSOLETE if nothing replaced it."""

    term_id: str
    label: str
    replaced_by: str

    @property
    def prefix(self) -> str:
        """Name of its ontology."""
        return prefix_of(self.term_id)


@dataclass(frozen=True)
class Ontology:
    """The committed terms; each table is read when it is first needed."""

    folder: Path

    def find(self, term_id: str) -> Term | None:
        """Return the term of an id, None if there is none."""
        prefix = prefix_of(term_id)
        return self._lines.get(term_id) if prefix == "CVCL" else self._terms.get(term_id)

    def named(self, label: str, *, prefixes: Sequence[str]) -> tuple[Term, ...]:
        """Return the terms in use that have a label, whatever its case, in the ontologies of these prefixes."""
        wanted = plain(label)
        found = [self._labels[wanted]] if wanted in self._labels else []
        found += [self._names_of_lines[wanted]] if "CVCL" in prefixes and wanted in self._names_of_lines else []
        return tuple(term for terms in found for term in terms if term.prefix in prefixes)

    def beginning(self, words: str, *, prefixes: Sequence[str]) -> tuple[Term, ...]:
        """Return the terms in use whose label begins with some words, the shortest label first; no cell lines."""
        wanted = plain(words)
        found = [t for label, terms in self._labels.items() if label.startswith(wanted) for t in terms if t.prefix in prefixes]
        return tuple(sorted(found, key=lambda term: (len(term.label), term.term_id)))

    def labels(self, *, prefixes: Sequence[str]) -> tuple[str, ...]:
        """Return the labels in use of some ontologies, for advice; cell lines are too many to be offered."""
        return tuple(t.label for t in self._terms.values() if t.prefix in prefixes and not t.replaced_by)

    @cached_property
    def _terms(self) -> Mapping[str, Term]:
        return read_terms(self.folder / TERMS)

    @cached_property
    def _lines(self) -> Mapping[str, Term]:
        return read_terms(self.folder / CELL_LINES)

    @cached_property
    def _labels(self) -> Mapping[str, tuple[Term, ...]]:
        return _by_label(self._terms)

    @cached_property
    def _names_of_lines(self) -> Mapping[str, tuple[Term, ...]]:
        return _by_label(self._lines)


def prefix_of(term_id: str) -> str:
    """Return the name of the ontology in an id: ``CL`` of ``CL:0000134``, ``CVCL`` of ``CVCL_0030``."""
    return term_id.replace("CVCL_", "CVCL:", 1).partition(":")[0]


def read_terms(source: Path) -> dict[str, Term]:
    """Return id -> term of one table.

    Raises
    ------
    ContractError
        If the table is missing or damaged.
    """
    where = f"ontology terms {shown(source.name)}"
    lines = read_packed_text(source, where=where, limit=MAX_BYTES, fix=_FIX).split("\n")
    if lines[0].split("\t") != list(HEADER) or lines[-1] != "":
        raise ContractError(sentence(where, f"be whole, with the columns {' '.join(HEADER)}", shown(lines[0]), _FIX))
    rows = [line.split("\t") for line in lines[1:-1]]
    if odd := next((row for row in rows if len(row) != len(HEADER) or not row[0]), None):
        raise ContractError(sentence(where, f"hold {len(HEADER)} values in each line", shown(" ".join(odd)), _FIX))
    return {row[0]: Term(*row) for row in rows}


def _by_label(terms: Mapping[str, Term]) -> dict[str, tuple[Term, ...]]:
    found: dict[str, tuple[Term, ...]] = {}
    for term in terms.values():
        if not term.replaced_by and term.label:
            found[plain(term.label)] = (*found.get(plain(term.label), ()), term)
    return found
