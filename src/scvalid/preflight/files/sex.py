"""Sex by expression: XIST against genes of the Y chromosome, compared with what is stated and inside each donor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from scvalid.errors import sentence, shown
from scvalid.preflight.files.merging import named
from scvalid.preflight.files.summary import SexMarkers

X_GENE = "XIST"
Y_GENES = frozenset({"RPS4Y1", "DDX3Y", "UTY", "KDM5D", "EIF1AY", "USP9Y", "ZFY", "EIF2S3Y"})
"""Single-copy genes of the male-specific region that are expressed in most tissues; EIF2S3Y in rodents alone."""
MIN_CELLS = 20
PRESENT, ABSENT, STRONG = 0.05, 0.01, 0.25
"""Shares of cells. Where the file lacks the other marker, only a strong one tells: ambient RNA reaches a tenth of the cells."""
DOMINANT = 5.0
"""Ambient RNA of pooled donors puts some of each marker into every cell: one that is so much rarer does not count."""
NEARLY_ABSENT = 0.02
"""Only where one marker is strong and the other in no more of the cells is a sex certain enough to refuse a sample for it."""
MIN_DETECTED = 500.0
FEMALE, MALE = "PATO:0000383", "PATO:0000384"
_WORDS = {"Y": ("genes of the Y chromosome and no XIST", "female"), "XIST": ("XIST and no genes of the Y chromosome", "male")}
"""What was found, and the sex that it contradicts."""


@dataclass(frozen=True)
class Sex:
    """The markers of one sample: which are expressed, and in what shares of its cells; None for a marker not in the file."""

    markers: SexMarkers = "unknown"
    x: float | None = None
    y: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether one marker is strong and the other nearly absent, or not in the file: many leave out genes without counts."""
        x, y = self.x or 0.0, self.y or 0.0
        return max(x, y) >= STRONG and min(x, y) <= NEARLY_ABSENT


def see_sex(cells: sparse.csr_matrix, symbols: Sequence[str]) -> Sex:
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
        return Sex()
    x, y = _share(cells, of_x), _share(cells, of_y)
    is_deep = bool(np.median(np.diff(cells.indptr)) >= MIN_DETECTED)
    return Sex(_markers(x, y, is_deep=is_deep), x, y)


def _markers(x: float | None, y: float | None, *, is_deep: bool) -> SexMarkers:
    if x is None or y is None:
        return "unknown" if max(x or 0.0, y or 0.0) < STRONG else "Y" if x is None else "XIST"
    if max(x, y) < PRESENT:
        return "neither" if max(x, y) < ABSENT and is_deep else "unknown"
    if min(x, y) * DOMINANT <= max(x, y):
        return "XIST" if x > y else "Y"
    return "both"


def _share(cells: sparse.csr_matrix, places: list[int]) -> float | None:
    return float((cells[:, places].sum(axis=1) > 0).mean()) if places else None


def faults_of_sex(found: Mapping[str, Sex], stated: Mapping[str, str], donors: Mapping[str, str], *, sheet: str) -> list[str]:
    """Return a sentence per sample that clearly contradicts the stated sex, and per donor whose samples clearly differ.

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
    clear = {sample: sex for sample, sex in found.items() if sex.is_clear}
    for markers, samples in _by_markers(clear, _contradicted(clear, stated)).items():
        was, other = _WORDS[markers]
        where = f"{sheet}, {named('sample', [shown(sample) for sample in samples])}, stated {other},"
        first = f" in {shown(samples[0])}" if len(samples) > 1 else ""
        fix = "Correct sex_ontology_term_id, or look for a swap of samples."
        got = f"{was} ({_shares(clear[samples[0]])}{first})"
        faults.append(sentence(where, f"express the genes of a {other} donor", got, fix))
    for donor, female, male in _mixed_donors(clear, donors):
        got = f"XIST in {shown(female)}, genes of the Y chromosome in {shown(male)}"
        fix = "These samples were likely swapped with those of another donor; compare their genotypes."
        faults.append(sentence(f"{sheet}, donor {shown(donor)},", "be of one sex in all samples", got, fix))
    return faults


def doubts_of_sex(found: Mapping[str, Sex], stated: Mapping[str, str], donors: Mapping[str, str]) -> list[str]:
    """Return what is odd, but may be, as where RNA of other donors is in every droplet: arguments as of ``faults_of_sex``."""
    doubts = []
    both = [shown(sample) for sample, sex in found.items() if sex.markers == "both"]
    if both:
        verb = "express" if len(both) > 1 else "expresses"
        said = "both XIST and genes of the Y chromosome: several donors in one sample that were not told apart?"
        doubts.append(f"{named('sample', both)} {verb} {said}")
    silent = [shown(s) for s, sex in found.items() if stated.get(s) == FEMALE and sex.markers == "neither"]
    if silent:
        verbs = ("are", "express") if len(silent) > 1 else ("is", "expresses")
        doubts.append(f"{named('sample', silent)} {verbs[0]} stated female but {verbs[1]} no XIST; cultured cells can lose it.")
    unclear = {sample: sex for sample, sex in found.items() if not sex.is_clear}
    for markers, samples in _by_markers(unclear, _contradicted(unclear, stated)).items():
        was, other = _WORDS[markers]
        verbs = ("are", "express") if len(samples) > 1 else ("is", "expresses")
        first = f" in {shown(samples[0])}" if len(samples) > 1 else ""
        said = f"{verbs[0]} stated {other}, but {verbs[1]} {was} ({_shares(unclear[samples[0]])}{first})"
        doubts.append(f"{named('sample', list(map(shown, samples)))} {said}: ambient RNA, or a swap of samples?")
    certain = {donor for donor, *_ in _mixed_donors({s: sex for s, sex in found.items() if sex.is_clear}, donors)}
    for donor, female, male in _mixed_donors(found, donors):
        if donor not in certain:
            shares = f"{shown(female)}: {_shares(found[female])}; {shown(male)}: {_shares(found[male])}"
            doubts.append(f"donor {shown(donor)} seems female in one sample and male in another ({shares}): a swap?")
    return doubts


def _contradicted(found: Mapping[str, Sex], stated: Mapping[str, str]) -> list[str]:
    return [s for s, sex in found.items() if (stated.get(s), sex.markers) in ((FEMALE, "Y"), (MALE, "XIST"))]


def _by_markers(found: Mapping[str, Sex], samples: Sequence[str]) -> dict[SexMarkers, list[str]]:
    """Return some samples by their markers: what is wrong with all of them in one way is said once."""
    groups: dict[SexMarkers, list[str]] = {}
    for sample in samples:
        groups.setdefault(found[sample].markers, []).append(sample)
    return groups


def _mixed_donors(found: Mapping[str, Sex], donors: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the donors of samples of both sexes, with the first sample of each."""
    for donor in dict.fromkeys(donors.values()):
        own = {sample: sex.markers for sample, sex in found.items() if donors[sample] == donor}
        female, male = ([sample for sample in own if own[sample] == markers] for markers in ("XIST", "Y"))
        if female and male:
            yield donor, female[0], male[0]


def _shares(sex: Sex) -> str:
    x, y = ("not in the file" if share is None else f"in {100 * share:.0f} % of cells" for share in (sex.x, sex.y))
    return f"XIST {x}, Y genes {y}"
