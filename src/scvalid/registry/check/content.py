"""Whether what is registered hangs together: read-outs that exist, mechanisms, sources, nothing excluded."""

import re
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from scvalid.contracts.readouts import NAMES_A_SET
from scvalid.contracts.resources import ManifestRow
from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.gene_names import read_symbols
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.registry.claims.reading import RegisteredClaim

EXCLUDED = re.compile(r"KEGG|BIOCARTA|COLLECTRI|DOROTHEA", re.IGNORECASE)
"""Collections whose licence does not let them lie here; a lab downloads them itself (gene_sets/README.md)."""


def faults_of_readouts(resources: Path, rows: Sequence[ManifestRow], claims: Sequence[RegisteredClaim]) -> list[str]:
    """Return one sentence for each read-out or rival of a registered claim that nobody could look up."""
    symbols = frozenset(read_symbols(resources / "genes" / "human.tsv.gz").values())
    sets = {row.set_id for row in rows if row.species == "human"}
    return [
        sentence(f"claims/{row.path.name}, claim {shown(row.claim.id)}, {what}", must, shown(name), "Correct it.")
        for row in claims
        for what, must, name in _unknown_names(row, symbols=symbols, sets=sets)
    ]


def faults_of_claim_sources(claims: Sequence[RegisteredClaim]) -> list[str]:
    """Return one sentence for each registered claim without a source; the form of a source is the contract's to check."""
    fix = "Add a doi, pmid, pmcid, accession or https address, or 'to verify: ...'."
    return [
        sentence(f"claims/{row.path.name}, claim {shown(row.claim.id)}", "name its sources", "none", fix)
        for row in claims
        if not row.claim.sources
    ]


def faults_of_excluded(resources: Path, rows: Sequence[ManifestRow]) -> list[str]:
    """Return one sentence for each set or file of a collection whose licence keeps it out."""
    names = {f"set {shown(row.set_id)}" for row in rows if EXCLUDED.search(row.set_id)}
    for path in sorted(path for path in resources.rglob("*") if path.is_file()):
        if EXCLUDED.search(path.name):
            names.add(f"file {shown(path.relative_to(resources))}")
        names |= {f"set {shown(name)} in {shown(path.name)[1:-1]}" for name in _set_ids(path) if EXCLUDED.search(name)}
    must = "be free to share (KEGG, BioCarta, CollecTRI and DoRothEA are not)"
    return [
        sentence(name, must, "one of them", "Remove it; gene_sets/README.md says how a lab gets it.") for name in sorted(names)
    ]


def faults_of_axes(rows: Sequence[ManifestRow], claims: Sequence[RegisteredClaim]) -> list[str]:
    """Return one sentence for each mechanism that is spelt in two ways: such sets and claims would count as rivals."""
    used = [(row.axis, f"set {shown(row.set_id)}") for row in rows]
    used += [(row.claim.axis, f"claims/{row.path.name}, claim {shown(row.claim.id)}") for row in claims if row.claim.axis]
    first: dict[str, str] = {}
    other = {axis: place for axis, place in used if first.setdefault(axis.casefold(), axis) != axis}
    return [
        sentence(f"{place}, axis", f"be spelt as elsewhere, {shown(first[axis.casefold()])}", shown(axis), "Correct it.")
        for axis, place in sorted(other.items())
    ]


def _set_ids(path: Path) -> set[str]:
    """Return the ids of the sets of a file, none if it is not one of gene sets."""
    if not path.name.endswith((".tsv", ".tsv.gz", ".gmt")):
        return set()
    try:
        return set(read_gene_sets(path, is_panel=True)[GeneSet.SET])
    except SubmissionError:
        return set()


def _unknown_names(row: RegisteredClaim, *, symbols: Set[str], sets: Set[str]) -> Iterator[tuple[str, str, str]]:
    for readout in (part.readout for part in row.claim.parts):
        if readout.type == "gene" and readout.id not in symbols:
            yield "read-out", "be a current gene symbol of human", readout.id
        # regulons are an optional download; their ids are the symbols of the transcription factors
        if readout.type == "tf" and readout.id not in symbols:
            yield "read-out", "name a transcription factor by its current gene symbol", readout.id
        if readout.type in NAMES_A_SET - {"tf"} and readout.id not in sets:
            yield "read-out", "be a registered gene set", readout.id
    own = {part.readout.id for part in row.claim.parts}
    for rival in row.claim.rivals:
        if rival in own:
            yield "rival", "be another than the read-outs of its claim", rival
        if rival not in sets and rival not in symbols:
            yield "rival", "be a registered gene set or a current gene symbol of human", rival
