"""What the tables of gene names say of the genes of one submission."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scvalid.io.gene_names import NICKNAMES, alias_tables, read_aliases, read_nicknames, read_orthologs, read_symbols

_KINDS = {"human": "human", "mouse": "rodent", "rat": "rodent"}
"""Mouse and rat are not told apart: they share most symbols."""


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
    """

    species: str
    symbol_of_id: Mapping[str, Mapping[str, str]]
    old_names: Mapping[str, Mapping[str, str]]
    nicknames: Mapping[str, tuple[str, ...]]

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
        """Names that only the other species has: rodents for human, human for rodents."""
        others = set(_KINDS).difference(self._kin)
        symbols = {symbol for name in others for symbol in self.symbol_of_id[name].values()}
        return frozenset(symbols.union(*(self.old_names[name] for name in others)) - self.known)

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
    nicknames = read_nicknames(folder / NICKNAMES)
    if species != "human":
        orthologs = read_orthologs(folder / "orthologs.tsv.gz", species=species)
        nicknames = {
            name: tuple(orthologs[gene].symbol for gene in genes if gene in orthologs) for name, genes in nicknames.items()
        }
    return GeneTables(
        species,
        {name: read_symbols(folder / f"{name}.tsv.gz") for name in _KINDS},
        {name: _old_names(folder, name) for name in _KINDS},
        nicknames,
    )


def _old_names(folder: Path, species: str) -> dict[str, str]:
    return {old: alias.symbol for table in alias_tables(folder, species) for old, alias in read_aliases(table).items()}
