"""Sets of GMT files in, the registered ones out; none may be missing."""

import re
from collections.abc import Iterable, Mapping

from scvalid.errors import SubmissionError, nearest, sentence, shown

Sets = Mapping[str, Mapping[str, float]]

WHOLE_GLYCOLYSIS, STRICT_GLYCOLYSIS = "REACTOME_GLYCOLYSIS", "GLYCOLYSIS_STRICT"
_NUCLEAR_PORE = re.compile(r"NUP\d+[A-Z]?|POM121[A-Z]?|AAAS|NDC1|RAE1|RANBP2|SEC13|SEH1L|TPR")


def choose_sets(sets: Sets, *, registered: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return the registered sets in their registered order, ``GLYCOLYSIS_STRICT`` derived where it is registered.

    Parameters
    ----------
    sets
        All sets of the GMT files: id -> symbol -> weight.
    registered
        Ids to choose.

    Raises
    ------
    SubmissionError
        With one sentence for each registered set that is not among ``sets``.
    """
    wanted = list(registered)
    missing = [name for name in wanted if name not in sets and name != STRICT_GLYCOLYSIS]
    if missing:
        raise SubmissionError(
            [sentence("the GMT files", f"hold the registered set {shown(n)}", "none", nearest(n, sets)) for n in missing]
        )
    return {
        name: dict(strict_glycolysis(sets[WHOLE_GLYCOLYSIS]) if name == STRICT_GLYCOLYSIS else sets[name]) for name in wanted
    }


def strict_glycolysis(whole: Mapping[str, float]) -> dict[str, float]:
    """Return Reactome's glycolysis without its nuclear-pore genes.

    Reactome counts the whole pore, 30 of the 74 genes, to glycolysis because glucokinase regulatory protein passes it;
    what these genes do says nothing of glycolysis.
    """
    return {gene: weight for gene, weight in whole.items() if not _NUCLEAR_PORE.fullmatch(gene)}
