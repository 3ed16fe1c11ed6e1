"""Whether every name of a gene is a current symbol: in the sets, in the tables of names, and in the pairs of orthologs."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from scvalid.contracts.resources import ManifestRow
from scvalid.errors import sentence, shown
from scvalid.io.gene_names import NICKNAMES, Alias, alias_tables, read_aliases, read_nicknames, read_orthologs, read_symbols
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import GeneSet

_SPECIES = ("human", "mouse", "rat")
_REBUILD = "Run scvalid build-resources."


def faults_of_symbols(resources: Path, rows: Sequence[ManifestRow]) -> list[str]:
    """Return one sentence for each registered set and each table of names that holds a symbol which is not current."""
    genes = resources / "genes"
    current = {species: frozenset(read_symbols(genes / f"{species}.tsv.gz").values()) for species in _SPECIES}
    nicknames = read_nicknames(genes / NICKNAMES)
    findings = _faults_of_nicknames(nicknames, current["human"])
    for species in _SPECIES:
        aliases = {old: alias for table in alias_tables(genes, species) for old, alias in read_aliases(table).items()}
        findings += _faults_of_aliases(aliases, current[species], species, nicknames)
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


def _outdated(where: str, gene: str, aliases: Mapping[str, Alias], species: str) -> str:
    fix = f"It is {aliases[gene].symbol} now." if gene in aliases else "Correct it, or rebuild the file."
    return sentence(where, f"hold current symbols of {species}", shown(gene), fix)


def _faults_of_nicknames(nicknames: Mapping[str, Sequence[str]], current: Set[str]) -> list[str]:
    where, must = f"genes/{NICKNAMES}", "lead from names that are no symbol to current symbols of human"
    odd = sorted(name for name, genes in nicknames.items() if name in current or not set(genes) <= current)
    return [sentence(where, must, shown(name), "Correct it.") for name in odd]


def _faults_of_aliases(
    aliases: Mapping[str, Alias], current: Set[str], species: str, nicknames: Mapping[str, Sequence[str]]
) -> list[str]:
    where, must = f"genes/aliases_{species}.tsv.gz", "lead from outdated to current symbols"
    odd = sorted(old for old, alias in aliases.items() if old in current or alias.symbol not in current)
    several = sorted(old for old in aliases if old.upper() in nicknames)
    return [sentence(where, must, shown(old), _REBUILD) for old in odd[:1]] + [
        sentence(where, f"hold no name of {NICKNAMES}", shown(old), _REBUILD) for old in several[:1]
    ]


def _faults_of_orthologs(table: Path, *, species: str, current: Mapping[str, Set[str]]) -> list[str]:
    pairs = {human: pair.symbol for human, pair in read_orthologs(table, species=species).items()}
    odd = sorted(human for human, symbol in pairs.items() if human not in current["human"] or symbol not in current[species])
    twice = sorted(symbol for symbol, n in Counter(pairs.values()).items() if n > 1)
    where, must = "genes/orthologs.tsv.gz", f"pair current symbols of human and {species}"
    return [sentence(where, must, shown(name), _REBUILD) for name in odd[:1]] + [
        sentence(where, f"pair each gene of {species} once", f"{shown(symbol)} in two pairs", _REBUILD) for symbol in twice
    ]
