"""STARsolo output: ``Solo.out/<feature kind>/{filtered,raw}``, whose innermost folders are 10x folders."""

from pathlib import Path

from scvalid.intake.readers.mtx.layouts.layout import Layout, ending, files_of, folders_of, named
from scvalid.intake.readers.mtx.layouts.tenx import MATRIX, tenx_layout
from scvalid.intake.readers.refusal import Refusal

USUAL = "Gene"
_KINDS = ("Gene", "GeneFull", "GeneFull_Ex50pAS", "GeneFull_ExonOverIntron", "SJ", "Velocyto")
_CELLS = ("filtered", "raw")
_ENDING = "Solo.out"


def starsolo_layout(folder: Path) -> Layout | None:
    """Return the layout of STARsolo for ``Solo.out``, the folder around it or one of a feature kind; None if it is none.

    Of several feature kinds ``Gene`` is taken, of its cells the filtered ones; the name of the layout says so. Another kind
    is taken only where it is the only one, or where the path leads to it.

    Raises
    ------
    Refusal
        If there are several kinds but no ``Gene``, or several ``Solo.out``.
    """
    around = [path for path in folders_of(folder) if path.name.endswith(_ENDING)]
    if len(around) > 1:
        raise _ambiguous(around)
    folder = around[0] if around else folder
    kinds = [path for path in folders_of(folder) if path.name in _KINDS and _innermost(path)]
    usual = [path for path in kinds if path.name == USUAL] or kinds
    if len(usual) > 1:
        raise _ambiguous(usual)
    kind = usual[0] if usual else folder
    inner = _innermost(kind)
    return tenx_layout(files_of(inner), name=f"{kind.name}/{inner.name}/{MATRIX}") if inner else None


def _innermost(kind: Path) -> Path | None:
    """Return the folder of the matrix of a feature kind, that of the filtered cells if there is one."""
    folders = [kind / cells for cells in _CELLS if (kind / cells).is_dir()]
    return next((folder for folder in folders if ending(files_of(folder), MATRIX)), None)


def _ambiguous(folders: list[Path]) -> Refusal:
    fix = "Name one of these folders in the sample sheet."
    return Refusal(must="lead to one matrix", got=f"{len(folders)} folders with one, {named(folders)}", fix=fix)
