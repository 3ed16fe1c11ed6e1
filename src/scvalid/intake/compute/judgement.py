"""Are these numbers raw counts, and are these gene names of the stated species? One answer for preflight and step."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGEST_LOG_VALUE = 20.0
"""No log1p of a normalised count exceeds this: exp(20) is 485 million."""
LARGEST_COUNT = 2**24
"""float32, the type in which counts are kept, is exact up to here."""

ENSEMBL = re.compile(r"(?P<id>ENS(?P<tag>[A-Z]{3,4})?G\d{11})(\.\d+)?(_PAR_Y)?")
GENOME_PREFIX = re.compile(r"(?P<genome>GRCh|hg|GRCm|mm|Rnor|rn|mRatBN)_?\d[\d.a-z]*_+(?=\S)")

_SPECIES_OF_TAG = {None: "human", "MUS": "mouse", "RNO": "rat"}
_SPECIES_OF_GENOME = {
    "GRCh": "human", "hg": "human", "GRCm": "mouse", "mm": "mouse", "Rnor": "rat", "rn": "rat", "mRatBN": "rat",
}  # fmt: skip
_MIN_NAMES = 10
_CLEAR_SHARE = 0.8
_PURE_SHARE = 0.95


def judge_counts(values: NDArray[Any]) -> str | None:
    """Return what the values are if they cannot be raw counts, or None if they can.

    Parameters
    ----------
    values
        Stored values of a matrix, any shape; the whole of it or a part.
    """
    if values.size == 0:
        return None
    if values.dtype.kind not in "biuf":
        return "values that are not numbers"
    if not np.isfinite(values).all():
        return "missing or infinite values"
    top = float(values.max())
    if values.min() < 0:
        return f"negative values, as scaled or centred data have (smallest {float(values.min()):.3g})"
    if values.dtype.kind == "f" and (values != np.round(values)).any():
        return _name_of_fractions(top)
    return f"a value of {top:.0f} for one gene in one cell" if top > LARGEST_COUNT else None


def judge_species(names: Sequence[str], *, species: str) -> str | None:
    """Return what the gene names point to if it is not ``species``, or None if they fit or say nothing.

    Ensembl ids and genome prefixes name the species. Symbols are told apart by case alone (human GAPDH, mouse and rat
    Gapdh), so mouse and rat symbols fit each other.
    """
    if len(names) < _MIN_NAMES:
        return None
    ids = [_SPECIES_OF_TAG.get(m["tag"], "another species") for m in map(ENSEMBL.match, names) if m]
    genomes = [_SPECIES_OF_GENOME[m["genome"]] for m in map(GENOME_PREFIX.match, names) if m]
    for label, found in (("Ensembl ids", ids), ("genome prefixes", genomes)):
        if len(found) >= len(names) / 2:
            return _judge_tally(Counter(found), label=label, species=species)
    return _judge_case(names, species=species)


def share_ensembl(names: Sequence[str]) -> float:
    """Return the share of names that are Ensembl gene ids."""
    return sum(1 for name in names if ENSEMBL.fullmatch(name)) / max(1, len(names))


def species_of_name(name: str) -> str:
    """Return the species that an Ensembl gene id or a genome prefix names, '' if the name has neither or an unknown one."""
    match = ENSEMBL.fullmatch(name)
    if match:
        return _SPECIES_OF_TAG.get(match["tag"], "another species")
    match = GENOME_PREFIX.match(name)
    return _SPECIES_OF_GENOME[match["genome"]] if match else ""


def _name_of_fractions(top: float) -> str:
    if top <= LARGEST_LOG_VALUE:
        return f"log-normalised values (not whole numbers, largest {top:.3g})"
    return f"values that are not whole numbers, as CPM, TPM, FPKM or corrected counts are (largest {top:.6g})"


def _judge_tally(tally: Counter[str], *, label: str, species: str) -> str | None:
    total = tally.total()
    if tally[species] >= _PURE_SHARE * total:
        return None
    shares = ", ".join(f"{100 * n / total:.0f} % {name}" for name, n in tally.most_common())
    return f"{label} of {shares}"


def _judge_case(names: Sequence[str], *, species: str) -> str | None:
    worded = [name.replace("orf", "") for name in names if any(c.isalpha() for c in name)]
    if len(worded) < _MIN_NAMES:
        return None
    share_upper = sum(1 for name in worded if name == name.upper()) / len(worded)
    example = worded[len(worded) // 2]
    if species == "human" and share_upper <= 1 - _CLEAR_SHARE:
        return f"symbols written as for mouse or rat, such as {example!r}"
    if species != "human" and share_upper >= _CLEAR_SHARE:
        return f"symbols written as for human, such as {example!r}"
    return None
