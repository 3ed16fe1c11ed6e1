"""Whether what is registered hangs together: current symbols, read-outs that exist, sources, nothing excluded."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

from scvalid.contracts.readouts import NAMES_A_SET
from scvalid.contracts.resources import ManifestRow
from scvalid.errors import sentence, shown
from scvalid.io.gene_names import Alias, alias_tables, read_aliases, read_orthologs, read_symbols
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet
from scvalid.registry.claims import RegisteredClaim

EXCLUDED = re.compile(r"KEGG|BIOCARTA|COLLECTRI|DOROTHEA", re.IGNORECASE)
"""Collections whose licence does not let them lie here; a lab downloads them itself (gene_sets/README.md)."""

_SPECIES = ("human", "mouse", "rat")


def faults_of_symbols(resources: Path, rows: Sequence[ManifestRow]) -> list[str]:
    """Return one sentence for each registered set and each table of names that holds a symbol which is not current."""
    genes = resources / "genes"
    current = {species: frozenset(read_symbols(genes / f"{species}.tsv.gz").values()) for species in _SPECIES}
    findings: list[str] = []
    for species in _SPECIES:
        aliases = {old: alias for table in alias_tables(genes, species) for old, alias in read_aliases(table).items()}
        findings += _faults_of_aliases(aliases, current[species], species)
        for name in dict.fromkeys(row.file for row in rows if row.species == species):
            table = read_gene_sets(resources / "gene_sets" / name, is_panel=True)
            outdated = table[~table[GeneSet.GENE].isin(current[species])]
            findings += [
                _outdated(f"gene_sets/{name}: set {shown(set_id)}", gene, aliases, species)
                for set_id, gene in outdated[[GeneSet.SET, GeneSet.GENE]].itertuples(index=False)
            ]
        if species != "human":
            findings += _faults_of_orthologs(genes / "orthologs.tsv.gz", species=species, current=current)
    return findings


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
    names |= {f"file {shown(p.relative_to(resources))}" for p in resources.rglob("*") if EXCLUDED.search(p.name)}
    for path in sorted((resources / "gene_sets").glob("*.tsv*")):
        if path.name in {row.file for row in rows}:
            table = read_gene_sets(path, is_panel=True)
            names |= {f"set {shown(s)} in {path.name}" for s in table[GeneSet.SET].unique() if EXCLUDED.search(s)}
    must = "be free to share (KEGG, BioCarta, CollecTRI and DoRothEA are not)"
    return [
        sentence(name, must, "one of them", "Remove it; gene_sets/README.md says how a lab gets it.") for name in sorted(names)
    ]


def _unknown_names(row: RegisteredClaim, *, symbols: Set[str], sets: Set[str]) -> Iterator[tuple[str, str, str]]:
    for readout in (part.readout for part in row.claim.parts):
        if readout.type == "gene" and readout.id not in symbols:
            yield "read-out", "be a current gene symbol of human", readout.id
        # regulons of transcription factors are an optional download
        if readout.type in NAMES_A_SET - {"tf"} and readout.id not in sets:
            yield "read-out", "be a registered gene set", readout.id
    for rival in row.claim.rivals:
        if rival not in sets and rival not in symbols:
            yield "rival", "be a registered gene set or a current gene symbol of human", rival


def _outdated(where: str, gene: str, aliases: Mapping[str, Alias], species: str) -> str:
    fix = f"It is {aliases[gene].symbol} now." if gene in aliases else "Correct it, or rebuild the file."
    return sentence(where, f"hold current symbols of {species}", shown(gene), fix)


def _faults_of_aliases(aliases: Mapping[str, Alias], current: Set[str], species: str) -> list[str]:
    odd = [old for old, alias in aliases.items() if old in current or alias.symbol not in current]
    where, fix = f"genes/aliases_{species}.tsv.gz", "Run scvalid build-resources."
    return [sentence(where, "lead from outdated to current symbols", shown(old), fix) for old in sorted(odd)[:1]]


def _faults_of_orthologs(table: Path, *, species: str, current: Mapping[str, Set[str]]) -> list[str]:
    pairs = read_orthologs(table, species=species)
    odd = [human for human, pair in pairs.items() if human not in current["human"] or pair.symbol not in current[species]]
    must = f"pair current symbols of human and {species}"
    return [sentence("genes/orthologs.tsv.gz", must, shown(name), "Run scvalid build-resources.") for name in sorted(odd)[:1]]
