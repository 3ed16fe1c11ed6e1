"""Names of genes in sets and claims, read as the data call those genes."""

from collections.abc import Mapping, Set

import pandas as pd

from scvalid.contracts.claimed import Claimed
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


def as_data_call_them(claimed: Claimed, *, measured: Set[str], orthologs: Mapping[str, str]) -> Claimed:
    """Return the claimed read-outs with the genes as the data call them, as the verdicts will look them up.

    Parameters
    ----------
    claimed
        Genes by the symbols of human, or by the data's own.
    measured
        Genes of the data.
    orthologs
        Human symbol -> symbol of the data; empty for data of human.
    """
    genes, rival_genes = (
        tuple(sorted({name if name in measured else orthologs.get(name, name) for name in names}))
        for names in (claimed.genes, claimed.rival_genes)
    )
    return claimed.model_copy(update={"genes": genes, "rival_genes": rival_genes})
