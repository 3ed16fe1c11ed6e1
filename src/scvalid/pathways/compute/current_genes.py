"""Outdated gene symbols in sets, read as the genes they mean today."""

from collections.abc import Mapping, Set

import pandas as pd

from scvalid.keys import GeneSet


def with_current_symbols(sets: pd.DataFrame, *, measured: Set[str], aliases: Mapping[str, str]) -> pd.DataFrame:
    """Return the sets with outdated symbols replaced by the current ones that the data have.

    Intake brings the genes of the data up to date, so that a lab's own set would lose a gene that it calls by its old name.
    A symbol that the data have is never replaced. The check before the workflow refuses a set that names a gene by two names
    if it is small or their signs differ; of the others the current name counts, else the first.

    Parameters
    ----------
    sets
        Long table with the columns of ``keys.GeneSet``.
    measured
        Genes of the data.
    aliases
        Outdated symbol -> current symbol.
    """
    meant = {
        old: new for old in sets[GeneSet.GENE].unique() if old not in measured and (new := aliases.get(old, "")) in measured
    }
    if not meant:
        return sets
    is_old = sets[GeneSet.GENE].isin(list(meant))
    named = sets.assign(**{GeneSet.GENE: sets[GeneSet.GENE].replace(meant)})
    current_first = pd.concat([named[~is_old], named[is_old]])
    return current_first.drop_duplicates([GeneSet.SET, GeneSet.GENE]).sort_index().reset_index(drop=True)
