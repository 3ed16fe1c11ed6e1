"""Source archives and tables of gene names in, every file of registered gene sets that they suffice for out."""

from collections.abc import Sequence
from pathlib import Path

from scvalid.contracts.resources import RegisteredSet
from scvalid.registry.rebuild.outcomes import Outcome, write_if_other
from scvalid.registry.rebuild.sets.files import bytes_of_sets
from scvalid.registry.rebuild.sets.recipes import Places, recipe_of, sets_of_gmt

SPECIES = ("human", "mouse", "rat")
"""In this order: files of mouse are made from those of human, and some of rat from those of mouse."""
Lost = dict[tuple[str, str], tuple[str, ...]]
"""Set and species -> genes that the set lost on its way from its source."""


def build_gene_sets(
    registered: Sequence[RegisteredSet], *, sources: Sequence[Path], folder: Path, genes: Path
) -> tuple[list[Outcome], Lost]:
    """Write every file of registered sets whose source is at hand.

    Parameters
    ----------
    registered
        The sets as a person registered them.
    sources
        Folders of source archives.
    folder
        Folder of the registered sets.
    genes
        Folder of the tables of gene names.

    Returns
    -------
    What became of each file, and the genes that the sets of the made files lost.

    Raises
    ------
    SubmissionError
        If a GMT file at hand lacks a registered set, or two disagree on one.
    """
    outcomes: list[Outcome] = []
    lost: Lost = {}
    by_file: dict[str, list[str]] = {}
    for row in registered:
        by_file.setdefault(row.file, []).append(row.set_id)
    places = Places(sources, folder, genes, sets_of_gmt(sources))
    for species in SPECIES:
        for template, ids in by_file.items():
            name = template.format(species=species)
            recipe = recipe_of(template, species, ids=ids, places=places)
            if recipe.make is None:
                outcomes.append(
                    Outcome(f"gene_sets/{name}", "source not at hand" if recipe.needs else "entered by hand", recipe.needs)
                )
                continue
            made = recipe.make()
            lost |= {(set_id, species): gone for set_id, gone in made.lost.items()}
            content = bytes_of_sets(made.weights, name=name)
            outcomes.append(Outcome(f"gene_sets/{name}", write_if_other(folder / name, content)))
    return outcomes, lost
