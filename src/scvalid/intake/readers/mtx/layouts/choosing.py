"""Which layout a folder has."""

from dataclasses import replace
from pathlib import Path

from scvalid.errors import shown
from scvalid.intake.readers.mtx.layouts.alevin import alevin_layout
from scvalid.intake.readers.mtx.layouts.bustools import bustools_layout
from scvalid.intake.readers.mtx.layouts.cellranger import cells_of_run
from scvalid.intake.readers.mtx.layouts.layout import Layout, ending, files_of, folders_of, named
from scvalid.intake.readers.mtx.layouts.starsolo import starsolo_layout
from scvalid.intake.readers.mtx.layouts.tenx import tenx_layout
from scvalid.intake.readers.refusal import Refusal


def find_layout(folder: Path) -> Layout:
    """Return the layout of a folder, of a CellRanger run, or of the only folder in it that has one.

    CellRanger 2 names the folder of the matrix after the genome.

    Raises
    ------
    Refusal
        If it has none, or leads to several, or a file of it is a link that leads out of the folder.
    """
    layout = _found(folder)
    _refuse_links_out(folder, layout)
    return layout


def _found(folder: Path) -> Layout:
    layout = _layout_of(folder)
    if layout is not None:
        return layout
    if (cells := cells_of_run(folder)) is not None:
        # the record of intake says that the filtered cells were taken
        inner = _found(cells)
        return replace(inner, name=f"{cells.relative_to(folder).as_posix()}/{inner.name}")
    inner_ones = [path for path in folders_of(folder) if _layout_or_fault(path)]
    if len(inner_ones) == 1:
        return _found(inner_ones[0])
    if inner_ones:
        fix = "Name one of these folders in the sample sheet."
        raise Refusal(must="lead to one matrix", got=f"{len(inner_ones)} folders with one, {named(inner_ones)}", fix=fix)
    got, fix = _nothing(folder), "Name the folder of matrix.mtx, features.tsv and barcodes.tsv, or its like."
    raise Refusal(must="hold the matrix of a 10x, STARsolo, alevin-fry or kallisto | bustools run", got=got, fix=fix)


def _layout_of(folder: Path) -> Layout | None:
    files = files_of(folder)
    return alevin_layout(folder) or bustools_layout(files) or tenx_layout(files) or starsolo_layout(folder)


def _refuse_links_out(folder: Path, layout: Layout) -> None:
    """Refuse a link to anywhere: who hands in a folder must not choose which other files of this machine are read."""
    root = folder.resolve()
    for path in filter(None, (*layout.matrices, layout.genes, layout.cells, layout.symbols)):
        if not path.resolve().is_relative_to(root):
            got = f"{shown(path.name)}, a link that leads out of it"
            raise Refusal(must="hold its own files", got=got, fix="Copy the file into the folder, or make a hard link.")


def _layout_or_fault(folder: Path) -> bool:
    """Return whether a folder has a layout, be it at fault; the fault is said when the folder is taken."""
    try:
        return _layout_of(folder) is not None
    except Refusal:
        return True


def _nothing(folder: Path) -> str:
    files = files_of(folder)
    if ending(files, ".mtx"):
        return f"0 files matrix.mtx in the folder, but {named(ending(files, '.mtx'))}"
    return f"0 files matrix.mtx in the folder, but {named(files)}" if files else "0 files matrix.mtx in the folder"
