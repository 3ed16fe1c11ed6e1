"""kallisto | bustools output: ``cells_x_genes.mtx`` (cells x genes), ``.barcodes.txt``, ``.genes.txt``, maybe names."""

from collections.abc import Sequence
from pathlib import Path

from scvalid.intake.readers.mtx.layouts.layout import Layout, ending, the_file
from scvalid.intake.readers.refusal import Refusal

_STEM = "cells_x_genes"
_WHOLE = f"{_STEM}.mtx"
_CELL = f"{_STEM}.cell.mtx"
_PARTS = (f"{_STEM}.mature.mtx", f"{_STEM}.ambiguous.mtx")
_TOTAL = f"{_STEM}.total.mtx"


def bustools_layout(files: Sequence[Path]) -> Layout | None:
    """Return the layout of ``kb count``, or None if the folder is none.

    Where mature, ambiguous and nascent counts stand apart, those of the cell are taken, mature + ambiguous, as
    ``kb count --sum=cell`` adds them up; those of all three only where nothing else is there. The name says which.

    Raises
    ------
    Refusal
        If a file of names is missing, or the matrices that are there do not add up to counts.
    """
    known = [name for name in (_WHOLE, _CELL, *_PARTS, _TOTAL) if ending(files, name)]
    if not known:
        _refuse_others(files)
        return None
    choices = ((_WHOLE,), (_CELL,), _PARTS, (_TOTAL,))
    chosen = next((names for names in choices if all(name in known for name in names)), None)
    if chosen is None:
        fix = "Run kb count with --sum=cell, or hand in the missing matrix too."
        raise Refusal(must=f"hold {' and '.join(_PARTS)}", got=f"{known[0]} alone", fix=fix)
    names = ending(files, f"{_STEM}.genes.names.txt")
    return Layout(
        " + ".join(chosen),
        tuple(the_file(files, name) for name in chosen),
        cells=the_file(files, f"{_STEM}.barcodes.txt"),
        genes=the_file(files, f"{_STEM}.genes.txt"),
        symbols=names[0] if names else None,
        is_cells_by_genes=True,
    )


def _refuse_others(files: Sequence[Path]) -> None:
    """Refuse what bustools writes beside counts of genes."""
    odd = ending(files, "cells_x_tcc.mtx", f"{_STEM}.nascent.mtx")
    if odd:
        got = f"{odd[0].name} alone"
        raise Refusal(must=f"hold {_WHOLE}", got=got, fix="Run kb count for genes, with --sum=cell for the workflow nac.")
