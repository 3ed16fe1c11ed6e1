"""What a file holds, as far as a draft needs it; only its names are read and a slice of its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scvalid.drafting.compute.grouping import wanted_obs
from scvalid.drafting.compute.species import species_of
from scvalid.errors import SubmissionError
from scvalid.intake.compute.genes import telling_names, wanted_columns
from scvalid.intake.loading import choose_counts
from scvalid.intake.readers.opening import Reader, opened


@dataclass(frozen=True)
class Seen:
    """One file or folder.

    Attributes
    ----------
    columns
        The columns of obs that may tell samples apart -> their values.
    species
        Of its genes, '' if they do not tell.
    layer
        The layer that holds the counts, '' where they are found without being named.
    """

    source: Path
    columns: Mapping[str, NDArray[np.object_]]
    species: str
    layer: str


def look(source: Path, *, where: str) -> Seen:
    """Return what a file holds.

    Raises
    ------
    SubmissionError
        If it cannot be read or holds no raw counts.
    """
    with opened(source, where=where) as reader:
        name, layer = _counts(reader, where=where)
        genes = reader.genes(name, wanted_columns(reader.gene_columns(name), None))
        guesses = [species_of(names) for names in telling_names(genes)]
        columns = {column: reader.cell_column(column) for column in wanted_obs(reader.cell_columns())}
        return Seen(source, columns, next(filter(None, reversed(guesses)), ""), layer)


def _counts(reader: Reader, *, where: str) -> tuple[str, str]:
    """Return the matrix of counts, and its layer if it must be named: one of any name that holds counts, if it is the only."""
    name, findings = choose_counts(reader, layer=None, where=where)
    if name is not None:
        return name, ""
    judged = {layer: choose_counts(reader, layer=layer, where=where)[0] for layer in reader.layers()}
    good = [(found, layer) for layer, found in judged.items() if found is not None]
    if len(good) != 1:
        raise SubmissionError(findings)
    return good[0]
