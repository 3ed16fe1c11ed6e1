"""Genes that all samples share: the workflow compares and integrates over these alone."""

from collections.abc import Mapping

from scvalid.errors import sentence, shown
from scvalid.preflight.files.merging import named

FEWEST, LEAST_SHARE = 200, 0.05
"""With fewer shared genes, in number or of the smallest list, no comparison is left to make."""
MOST_SHARE = 0.7
"""Lists of one assay that each lost the genes without counts share more; those of other annotations or panels less."""

Lists = Mapping[str, frozenset[str]]


def judge_overlap(genes: Lists, *, sheet: str) -> tuple[list[str], list[str]]:
    """Return what is wrong, and what is odd, about the genes that the samples have in common.

    ``pseudobulk`` and ``integration`` keep the genes that every sample has.

    Parameters
    ----------
    genes
        Sample id -> genes of its file by their symbols of today.
    sheet
        How sentences call the sample sheet.
    """
    lists = {names: sample for sample, names in reversed(list(genes.items())) if names}
    if len(lists) < 2:
        return [], []
    smallest = min(len(names) for names in lists)
    n_shared = len(frozenset.intersection(*lists))
    if n_shared >= MOST_SHARE * smallest:
        return [], []
    a, b = _furthest(lists)
    pair = f"{shown(lists[a])} has {len(a):,} genes, {shown(lists[b])} {len(b):,}, and both have {len(a & b):,}"
    if n_shared < FEWEST or n_shared < LEAST_SHARE * smallest:
        where = f"{sheet}, {named('sample', [shown(sample) for sample, names in genes.items() if names])},"
        got = f"{n_shared:,} that all samples have ({pair})"
        return [sentence(where, "share genes", got, "Count all samples against one annotation, and hand in all genes.")], []
    said = f"the samples share only {n_shared:,} of {smallest:,} genes ({pair}); genes that a sample lacks are lost."
    return [], [said]


def _furthest(lists: Mapping[frozenset[str], str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the smallest list, and the one that has fewest of its genes: comparing all pairs would be slow for many."""
    a = min(lists, key=lambda names: (len(names), lists[names]))
    return a, min((names for names in lists if names is not a), key=lambda names: (len(a & names), lists[names]))
