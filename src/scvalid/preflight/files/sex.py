"""Sex by expression: XIST against genes of the Y chromosome, compared with what is stated and inside each donor."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from scvalid.errors import sentence, shown
from scvalid.preflight.files.summary import SexMarkers

X_GENE = "XIST"
Y_GENES = frozenset({"RPS4Y1", "DDX3Y", "UTY", "KDM5D", "EIF1AY", "USP9Y", "ZFY", "EIF2S3Y"})
"""Single-copy genes of the male-specific region that are expressed in most tissues; EIF2S3Y in rodents alone."""
MIN_CELLS = 20
PRESENT, ABSENT, STRONG = 0.05, 0.01, 0.25
"""Shares of cells. Where the file lacks the other marker, only a strong one tells: ambient RNA reaches a tenth of the cells."""
DOMINANT = 5.0
"""Ambient RNA of pooled donors puts some of each marker into every cell: one that is so much rarer does not count."""
MIN_DETECTED = 500.0
FEMALE, MALE = "PATO:0000383", "PATO:0000384"


def sex_markers(cells: sparse.csr_matrix, symbols: Sequence[str]) -> SexMarkers:
    """Return which markers are expressed in some cells of one sample.

    Parameters
    ----------
    cells
        Cells x genes.
    symbols
        Name of each gene.
    """
    upper = [symbol.upper() for symbol in symbols]
    of_x = [i for i, symbol in enumerate(upper) if symbol == X_GENE]
    of_y = [i for i, symbol in enumerate(upper) if symbol in Y_GENES]
    if cells.shape[0] < MIN_CELLS:
        return "unknown"
    x, y = _share(cells, of_x), _share(cells, of_y)
    if not (of_x and of_y):
        return "unknown" if max(x, y) < STRONG else "XIST" if of_x else "Y"
    if max(x, y) < PRESENT:
        is_deep = np.median(np.diff(cells.indptr)) >= MIN_DETECTED
        return "neither" if max(x, y) < ABSENT and is_deep else "unknown"
    if min(x, y) * DOMINANT <= max(x, y):
        return "XIST" if x > y else "Y"
    return "both"


def _share(cells: sparse.csr_matrix, places: list[int]) -> float:
    return float((cells[:, places].sum(axis=1) > 0).mean()) if places else 0.0


def faults_of_sex(
    found: Mapping[str, SexMarkers], stated: Mapping[str, str], donors: Mapping[str, str], *, sheet: str
) -> list[str]:
    """Return a sentence per sample whose markers contradict the stated sex, and per donor whose samples contradict each other.

    Parameters
    ----------
    found
        Sample -> its markers.
    stated
        Sample -> ontology term of the stated sex, where there is one.
    donors
        Sample -> donor.
    sheet
        How sentences call the sample sheet.
    """
    faults = []
    for sample, markers in found.items():
        if stated.get(sample) == FEMALE and markers == "Y":
            faults.append(_contradiction(sheet, sample, "female", "genes of the Y chromosome and no XIST"))
        if stated.get(sample) == MALE and markers == "XIST":
            faults.append(_contradiction(sheet, sample, "male", "XIST and no genes of the Y chromosome"))
    for donor in dict.fromkeys(donors.values()):
        female = [sample for sample in found if donors[sample] == donor and found[sample] == "XIST"]
        male = [sample for sample in found if donors[sample] == donor and found[sample] == "Y"]
        if female and male:
            got = f"XIST in {shown(female[0])}, genes of the Y chromosome in {shown(male[0])}"
            fix = "These samples were likely swapped with those of another donor; compare their genotypes."
            faults.append(sentence(f"{sheet}, donor {shown(donor)},", "be of one sex in all samples", got, fix))
    return faults


def doubts_of_sex(found: Mapping[str, SexMarkers], stated: Mapping[str, str]) -> list[str]:
    """Return what is odd, but may be: both kinds of marker in one sample, a female sample without XIST."""
    doubts = []
    for sample, markers in found.items():
        if markers == "both":
            said = "expresses both XIST and genes of the Y chromosome: several donors in one sample that were not told apart?"
            doubts.append(f"sample {shown(sample)} {said}")
        if stated.get(sample) == FEMALE and markers == "neither":
            doubts.append(f"sample {shown(sample)} is stated female but expresses no XIST; cultured cells can lose it.")
    return doubts


def _contradiction(sheet: str, sample: str, sex: str, got: str) -> str:
    fix = "Correct sex_ontology_term_id, or look for a swap of samples."
    return sentence(f"{sheet}, sample {shown(sample)}, stated {sex},", f"express the genes of a {sex} donor", got, fix)
