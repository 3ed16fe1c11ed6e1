"""Tables of ontology terms: id, label, and what replaced it, of the ontologies that describe a sample."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from scvalid.errors import ContractError, sentence
from scvalid.registry.ontology.terms import CELL_LINES, HEADER, OBSOLETE, TERMS
from scvalid.registry.rebuild.names.wheels import Source, read_members
from scvalid.registry.rebuild.tables import packed

ONTOLOGIES = Source(
    "cellxgene_ontology_guide-1.11.1-py3-none-any.whl",
    "621276831bc021aab348f4d6119fad033282dff3126a8f2dbe8b293fbce68aca",
    "MIT",
)
VERSIONS = {
    "CL": "v2026-03-26", "UBERON": "v2026-04-01", "EFO": "v3.90.0", "HsapDv": "v2025-01-23", "MmusDv": "v2025-01-23",
    "PATO": "v2025-05-14", "HANCESTRO": "v2025-10-14", "MONDO": "v2026-05-05",
}  # fmt: skip
"""The newest release of each ontology that the archive holds; HANCESTRO comes with AfPO."""
CELL_LINE_VERSION = "55.0"
ASSAYS = frozenset({"EFO:0002772", "EFO:0010183"})
"""Assay by molecule, single cell library construction: of EFO only what is below them, and what is obsolete, is kept."""


def build_terms(sources: Path) -> dict[str, bytes]:
    """Return file name in ``resources/ontology`` -> bytes, rebuilt from the archive.

    Raises
    ------
    ContractError
        If the archive is missing or another one, or the package that unpacks it is not installed.
    """
    names = [_member(ontology, version) for ontology, version in VERSIONS.items()]
    *parts, lines = read_members(sources, ONTOLOGIES, *names, _member("CVCL", CELL_LINE_VERSION))
    rows = [row for ontology, part in zip(VERSIONS, parts, strict=True) for row in rows_of(_unpacked(part), ontology=ontology)]
    return {TERMS: _packed(rows), CELL_LINES: _packed(list(rows_of(_unpacked(lines), ontology="CVCL")))}


def rows_of(terms: Mapping[str, Mapping[str, Any]], *, ontology: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, label and successor of each term of an ontology, sorted by id.

    Parameters
    ----------
    terms
        Id -> what the archive says of it: label, deprecated, replaced_by, ancestors.
    ontology
        Its name; of EFO only assays are yielded, and terms that are obsolete.
    """
    for term_id, term in sorted(terms.items()):
        is_obsolete = bool(term.get("deprecated"))
        is_assay = term_id in ASSAYS or bool(ASSAYS & term.get("ancestors", {}).keys())
        if ontology == "EFO" and not is_assay and not (is_obsolete and term_id.startswith("EFO:") and term.get("replaced_by")):
            continue
        # no quotes: the table is split by tabs alone
        label = " ".join(str(term.get("label", "")).replace('"', "'").split())
        yield term_id, label, str(term.get("replaced_by") or OBSOLETE) if is_obsolete else ""


def _member(ontology: str, version: str) -> str:
    return f"cellxgene_ontology_guide/data/{ontology}-ontology-{version}.json.zst"


def _unpacked(content: bytes) -> dict[str, dict[str, Any]]:
    try:
        import zstandard
    except ImportError:
        fix = "Install the package zstandard; only a rebuild needs it."
        raise ContractError(sentence("zstandard", "be installed to unpack ontologies", "no such package", fix)) from None
    unpacked: dict[str, dict[str, Any]] = json.loads(zstandard.ZstdDecompressor().decompressobj().decompress(content))
    return unpacked


def _packed(rows: list[tuple[str, str, str]]) -> bytes:
    return packed(pd.DataFrame(rows, columns=list(HEADER)))
