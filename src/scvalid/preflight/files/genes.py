"""The genes of a file: names of today, species, and what is odd about the list; files with the same list share the answer."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scvalid.errors import sentence, shown
from scvalid.intake.compute.genes import MT, GeneTable, name_genes
from scvalid.intake.compute.identifiers import UNKNOWN, dates_of, kind_of_names
from scvalid.intake.preflight import faults_of_genes
from scvalid.io.gene_names import alias_tables, read_aliases, read_symbols
from scvalid.preflight.files.species import OwnSymbols, contradicts, own_symbols, species_of

FEW_GENES = 5_000
"""2,000 to 4,000 highly variable genes are usual; a whole transcriptome of one cell type has more than 10,000."""


@dataclass(frozen=True)
class GenesSeen:
    """The genes of a file as the workflow will call them, what names them, their species, the stated one, what is odd and what
    is wrong.

    A fault here has no place yet: several files may share it.
    """

    symbols: tuple[str, ...] = ()
    kind: str = UNKNOWN
    species: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    stated: str = ""


@dataclass(frozen=True)
class GeneBook:
    """The tables of gene names, read once, and the lists of genes that were looked up in them."""

    symbol_of_id: Mapping[str, str]
    aliases: Mapping[str, str]
    own: OwnSymbols
    species: str
    gene_column: str | None
    known: dict[str, GenesSeen] = field(default_factory=dict)

    def look_up(self, genes: GeneTable) -> GenesSeen:
        """Return what is known of a list of genes."""
        if not genes.index.size:
            return GenesSeen()
        key = _digest(genes)
        if key not in self.known:
            named = name_genes(genes, symbol_of_id=self.symbol_of_id, aliases=self.aliases, gene_column=self.gene_column)
            index = [str(name) for name in genes.index]
            symbols = tuple(map(str, named.symbols))
            found = species_of([name for name in symbols if name], [name for name in named.gene_ids if name], own=self.own)
            doubts, faults = tuple(_doubts(symbols, index)), tuple(self._faults(genes, found))
            self.known[key] = GenesSeen(symbols, kind_of_names(index), found, doubts, faults, self.species)
        return self.known[key]

    def _faults(self, genes: GeneTable, found: tuple[str, ...]) -> list[str]:
        """Judge the names by their form first, then by the symbols that only one species has."""
        faults = faults_of_genes(genes, gene_column=self.gene_column, species=self.species, where="")
        if faults or not contradicts(found, self.species):
            return faults
        got = f"genes that only {' and others that only '.join(found)} has"
        fix = "Keep the genes of one species, or correct context.species in the config."
        return [sentence("", f"hold genes of the stated species, {self.species}", got, fix)]


def read_gene_book(folder: Path, *, species: str, gene_column: str | None) -> GeneBook:
    """Read the tables of gene names.

    Parameters
    ----------
    folder
        Folder of the gene names.
    species
        Species stated for the data.
    gene_column
        Column of the files that holds symbols, if the config names one.
    """
    symbols = {name: read_symbols(folder / f"{name}.tsv.gz") for name in ("human", "mouse", "rat")}
    tables = alias_tables(folder, species)
    aliases = {old: alias.symbol for table in tables for old, alias in read_aliases(table).items()}
    return GeneBook(symbols[species], aliases, own_symbols(symbols), species, gene_column)


def _digest(genes: GeneTable) -> str:
    digest = hashlib.sha256()
    for name, values in [("", genes.index), *sorted(genes.columns.items())]:
        digest.update("\n".join([name, *map(str, values), ""]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _doubts(symbols: tuple[str, ...], index: list[str]) -> list[str]:
    used = [symbol for symbol in symbols if symbol]
    n_twice = sum(1 for n in Counter(used).values() if n > 1)
    dates = dates_of(used) or dates_of(index)
    doubts = []
    if 0 < len(symbols) < FEW_GENES:
        said = f"has {len(symbols)} genes: cut to highly variable ones, or a panel?"
        doubts.append(f"{said} Hand in all that were measured: totals and sets need them.")
    if used and not any(map(MT.match, used)):
        doubts.append("has no mitochondrial genes (MT-...): damaged cells cannot be told by their mitochondrial share.")
    if dates:
        doubts.append(f"has {len(dates)} genes that a spreadsheet turned into dates, such as {shown(dates[0])}: they are lost.")
    if n_twice:
        genes = "gene" if n_twice == 1 else "genes"
        doubts.append(f"names {n_twice} {genes} more than once; the counts under one name are summed.")
    return doubts
