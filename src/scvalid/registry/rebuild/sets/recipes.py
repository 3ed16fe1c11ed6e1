"""How each file of registered gene sets is made from archives, tables of gene names and the files made before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from scvalid.errors import SubmissionError, sentence, shown
from scvalid.io.gene_names import read_aliases, read_orthologs, read_symbols
from scvalid.registry.rebuild.sets.derived import MovedSets, by_orthologs, by_shared_symbols, under_current_symbols
from scvalid.registry.rebuild.sets.files import sets_of_file
from scvalid.registry.rebuild.sets.msigdb import choose_sets
from scvalid.registry.rebuild.sets.progeny import strongest_genes

N_GENES: Mapping[str, int] = {"": 500, "_TOP100": 100}
"""End of a PROGENy set's id -> genes taken per pathway."""


@dataclass(frozen=True)
class Places:
    """Where a rebuild reads: folders of archives, the registered sets, the tables of gene names, and the sets of GMT files."""

    sources: Sequence[Path]
    folder: Path
    genes: Path
    gmt: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Recipe:
    """How one file is made; without ``make`` it stays as it is, and ``needs`` says what to get if that can be changed."""

    make: Callable[[], MovedSets] | None
    needs: str = ""


def recipe_of(template: str, species: str, *, ids: Sequence[str], places: Places) -> Recipe:
    """Return how the sets ``ids`` of one species are made.

    Parameters
    ----------
    template
        Name of the file, with ``{species}`` for the species.
    species
        human, mouse or rat.
    ids
        The registered sets of the file, in their order.
    places
        Where to read.
    """
    if template.startswith("progeny"):
        return _recipe_of_progeny(template, species, ids=ids, places=places)
    if species != "human":
        return Recipe(partial(_of_human, places.folder / template.format(species="human"), species, places.genes))
    if template.startswith("curated"):
        return Recipe(None)
    if not set(ids) & places.gmt.keys():
        return Recipe(None, f"GMT files that hold {', '.join(ids[:3])}{', ...' if len(ids) > 3 else ''}")
    return Recipe(lambda: _current(choose_sets(places.gmt, registered=ids), species, places.genes))


def _recipe_of_progeny(template: str, species: str, *, ids: Sequence[str], places: Places) -> Recipe:
    if species == "rat":
        return Recipe(partial(_of_mouse, places.folder / template.format(species="mouse"), places.genes))
    archive = f"progeny_{species}_full.csv.gz"
    model = next((at / archive for at in places.sources if (at / archive).is_file()), None)
    if model is None:
        return Recipe(None, f"{archive}, the full model of Debian's r-bioc-progeny as CSV")
    return Recipe(lambda: _current(_progeny(model, ids), species, places.genes))


def sets_of_gmt(sources: Sequence[Path]) -> dict[str, dict[str, float]]:
    """Return all sets of the GMT files in some folders.

    Raises
    ------
    SubmissionError
        If two files hold one set differently.
    """
    sets: dict[str, dict[str, float]] = {}
    for path in sorted(path for folder in sources for path in folder.glob("*.gmt")):
        for set_id, genes in sets_of_file(path).items():
            if sets.setdefault(set_id, genes).keys() != genes.keys():
                where = f"{path.name}: set {shown(set_id)}"
                fix = "Keep the version that registered.tsv names."
                raise SubmissionError([sentence(where, "hold the genes that the other GMT files give it", "others", fix)])
    return sets


def _progeny(model: Path, ids: Sequence[str]) -> dict[str, dict[str, float]]:
    suffix = next(end for end in sorted(N_GENES, key=len, reverse=True) if ids[0].endswith(end))
    return choose_sets(strongest_genes(pd.read_csv(model), n_genes=N_GENES[suffix], suffix=suffix), registered=ids)


def _current(sets: Mapping[str, Mapping[str, float]], species: str, genes: Path) -> MovedSets:
    aliases = read_aliases(genes / f"aliases_{species}.tsv.gz")
    return under_current_symbols(sets, known=_known(species, genes), aliases=aliases)


def _of_human(human: Path, species: str, genes: Path) -> MovedSets:
    return by_orthologs(sets_of_file(human), orthologs=read_orthologs(genes / "orthologs.tsv.gz", species=species))


def _of_mouse(mouse: Path, genes: Path) -> MovedSets:
    """PROGENy's mouse model keeps 87 to 98 % of its weight in rat; the human one by orthologs keeps 60 to 97 %."""
    return by_shared_symbols(sets_of_file(mouse), known=_known("rat", genes))


def _known(species: str, genes: Path) -> frozenset[str]:
    return frozenset(read_symbols(genes / f"{species}.tsv.gz").values())
