"""10x folders: ``matrix.mtx``, ``features.tsv`` or ``genes.tsv``, ``barcodes.tsv``, each plain or gzipped."""

from collections.abc import Sequence
from pathlib import Path

from scvalid.errors import shown
from scvalid.intake.readers.mtx.layouts.layout import Layout, ending, the_file
from scvalid.intake.readers.refusal import Refusal

MATRIX = "matrix.mtx"
_GENES = ("features.tsv", "genes.tsv", "features.txt", "genes.txt")
_CELLS = ("barcodes.tsv", "barcodes.txt")
_MOST_SHOWN = 4


def tenx_layout(files: Sequence[Path], *, name: str = MATRIX) -> Layout | None:
    """Return the layout of a 10x folder, or None if it has no matrix; file names may carry a prefix, as in GEO.

    Raises
    ------
    Refusal
        If the folder holds the files of several samples, or not all files of one.
    """
    matrices = ending(files, MATRIX)
    if not matrices:
        return None
    prefixes = sorted({_prefix(path) for path in matrices})
    if len(prefixes) > 1:
        some = ", ".join(shown(prefix) for prefix in prefixes[:_MOST_SHOWN]) + ", ..." * (len(prefixes) > _MOST_SHOWN)
        fix = "Put the three files of each sample into a folder of their own, and name that folder in the sample sheet."
        raise Refusal(must="be a folder of one sample", got=f"the matrices of {len(prefixes)} ({some})", fix=fix)
    # UniqueAndMult-*.mtx of STARsolo, with fractions, stands beside matrix.mtx and is not taken
    return Layout(name, (the_file(files, MATRIX),), cells=the_file(files, *_CELLS), genes=the_file(files, *_GENES))


def _prefix(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(MATRIX)
