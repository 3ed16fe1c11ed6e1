"""What the tables of gene names say of the genes of one submission."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scvalid.io.gene_names import NICKNAMES, PREVIOUS, Alias, alias_tables, read_aliases, read_nicknames, read_symbols

_KINDS = {"human": "human", "mouse": "rodent", "rat": "rodent"}
"""Mouse and rat are not told apart: they share most symbols."""
_OF_NO_SPECIES = re.compile(r".*Rik\d*|Gm\d+|LOC\d+|[A-Z][a-z0-9-]*[a-z][a-z0-9-]*")
"""Names by which papers call genes of any species: of clones, of predicted genes, and protein names such as Dicer."""


@dataclass(frozen=True)
class GeneTables:
    """Names of genes, as the stated species has them.

    Attributes
    ----------
    species
        Species that the submission states.
    symbol_of_id
        Species -> Ensembl id without version -> current symbol.
    old_names
        Species -> outdated name -> current symbol.
    nicknames
        Name in capitals that means several genes -> their symbols in the stated species.
    previous
        Species -> those outdated names that were approved symbols; the others are said of genes of any species.
    """

    species: str
    symbol_of_id: Mapping[str, Mapping[str, str]]
    old_names: Mapping[str, Mapping[str, str]]
    nicknames: Mapping[str, tuple[str, ...]]
    previous: Mapping[str, Set[str]]

    @cached_property
    def current(self) -> Set[str]:
        """Current symbols of the stated species; of mouse and rat, if it is one of them."""
        return frozenset(symbol for name in self._kin for symbol in self.symbol_of_id[name].values())

    @cached_property
    def known(self) -> Set[str]:
        """Current symbols and outdated names of the stated species, or of both rodents."""
        return self.current | {old for name in self._kin for old in self.old_names[name]}

    @cached_property
    def foreign(self) -> Set[str]:
        """Symbols, of today or once, that only the other species has: rodents for human, human for rodents."""
        others = set(_KINDS).difference(self._kin)
        symbols = {symbol for name in others for symbol in self.symbol_of_id[name].values()}
        once = {old for name in others for old in self.previous[name] if not _OF_NO_SPECIES.fullmatch(old)}
        return frozenset((symbols | once) - self.known)

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Current symbol without regard to case -> as it is written."""
        return {symbol.casefold(): symbol for symbol in sorted(self.current, reverse=True)}

    @cached_property
    def other_species(self) -> str:
        """What the species of ``foreign`` is called."""
        return "rodent" if self.species == "human" else "human"

    @property
    def renamed(self) -> Mapping[str, str]:
        """Outdated name -> current symbol in the stated species; none for rat."""
        return self.old_names[self.species]

    @property
    def _kin(self) -> list[str]:
        return [name for name, kind in _KINDS.items() if kind == _KINDS[self.species]]


def read_gene_tables(folder: Path, *, species: str) -> GeneTables:
    """Read the tables of gene names.

    Parameters
    ----------
    folder
        Folder of the gene names.
    species
        Species that the submission states.
    """
    symbols = {name: read_symbols(folder / f"{name}.tsv.gz") for name in _KINDS}
    nicknames = read_nicknames(folder / NICKNAMES, species=species)
    if species == "rat":
        current = frozenset(symbols["rat"].values())
        nicknames = {name: tuple(gene for gene in genes if gene in current) for name, genes in nicknames.items()}
    aliases = {name: _aliases(folder, name) for name in _KINDS}
    return GeneTables(
        species,
        symbols,
        {name: {old: alias.symbol for old, alias in own.items()} for name, own in aliases.items()},
        nicknames,
        {name: frozenset(old for old, alias in own.items() if alias.kind == PREVIOUS) for name, own in aliases.items()},
    )


def _aliases(folder: Path, species: str) -> dict[str, Alias]:
    return {old: alias for table in alias_tables(folder, species) for old, alias in read_aliases(table).items()}
