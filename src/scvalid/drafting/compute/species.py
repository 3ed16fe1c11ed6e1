"""The species that the names of genes tell of."""

import re
from collections.abc import Sequence

from scvalid.intake.compute.judgement import judge_species

SPECIES = ("human", "mouse", "rat")
# names that only one of the two registries gives: mouse symbols and rat symbols are otherwise written alike
_ONLY_MOUSE = re.compile(r"Gm\d{3,}|\d{4,}[A-Z]\d{2}Rik|[A-Z]{1,2}\d{6}|mt-\w+")
_ONLY_RAT = re.compile(r"RGD\d{5,}|AABR\d+\.\d+|Mt-\w+")
_FEWEST = 3


def species_of(names: Sequence[str]) -> str:
    """Return the species, or '' if the names fit several or none.

    Parameters
    ----------
    names
        Symbols or Ensembl ids of one file.
    """
    if len(names) < 10:
        return ""
    fits = [species for species in SPECIES if judge_species(names, species=species) is None]
    if len(fits) == 1:
        return fits[0]
    if fits == ["mouse", "rat"]:
        mouse, rat = (sum(1 for name in names if kind.fullmatch(name)) for kind in (_ONLY_MOUSE, _ONLY_RAT))
        if max(mouse, rat) >= _FEWEST and min(mouse, rat) * 10 < max(mouse, rat):
            return "mouse" if mouse > rat else "rat"
    return ""
