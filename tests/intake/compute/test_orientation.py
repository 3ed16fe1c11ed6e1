import numpy as np
import pytest

from scvalid.intake.compute.orientation import are_counted, are_genes_in_rows, likeness_to_genes
from scvalid.io.gene_names import read_symbols

RNG = np.random.default_rng(0)
BARCODES = ["".join(RNG.choice(list("ACGT"), 16)) for _ in range(300)]
NAMES_OF_CELLS = {
    "barcodes": BARCODES,
    "10x barcodes": [f"{b}-1" for b in BARCODES],
    "barcodes as R writes them": [f"X10x_{b}.1" for b in BARCODES],
    "prefixed barcodes": [f"donor1_{b}-1" for b in BARCODES],
    "numbers": [str(i) for i in range(300)],
    "cells": [f"cell{i}" for i in range(300)],
    "Cells": [f"Cell_{i}" for i in range(300)],
    "wells": [f"P{i // 96}.{'ABCDEFGH'[i % 8]}{i % 12}" for i in range(300)],
    "runs": [f"SRR{1000 + i}" for i in range(300)],
    "samples": ["ctrl-1_fpkm", "ctrl-2_fpkm", "primed-1_fpkm", "primed-2_fpkm"],
    "arms": ["Control1", "Control2", "Treated1", "Treated2"],
    "hashes": [f"{abs(hash(b)):x}" for b in ("a",)] + ["3f2a9c1b-1", "77aa01b2-1", "0c9d8e7f-1"],
}


@pytest.fixture
def symbols(repository):
    def of(species):
        return sorted(set(read_symbols(repository / "resources" / "genes" / f"{species}.tsv.gz").values()))

    return of


@pytest.mark.parametrize("cells", NAMES_OF_CELLS.values(), ids=NAMES_OF_CELLS)
@pytest.mark.parametrize("species", ["human", "mouse", "rat"])
def test_genes_of_every_species_are_told_from_every_kind_of_cell(cells, species, symbols):
    genes = symbols(species)
    for part in (genes[:500], genes[::50]):  # the first rows of a sorted table, and genes of all kinds
        assert are_genes_in_rows(part, cells) is True
        assert are_genes_in_rows(cells, part) is False
    for at in range(0, len(genes), 5000):  # a stretch of one kind may say nothing, but nothing wrong
        assert are_genes_in_rows(genes[at : at + 500], cells) is not False


def test_ids_and_labels_decide_where_names_do_not():
    ids = [f"ENSMUSG{i:011d}.3" for i in range(9)]
    assert are_genes_in_rows(ids, ["ACTB", "FOS"]) is True
    assert are_genes_in_rows(["a", "b"], ids) is False
    assert are_genes_in_rows(["a", "b"], ["c", "d"]) is None
    assert are_genes_in_rows(["a", "b"], ["c", "d"], labels=["", "Gene Symbol"]) is True
    assert are_genes_in_rows(["a", "b"], ["c", "d"], labels=["Barcode"]) is False
    assert are_genes_in_rows(["a", "b"], ["c", "d"], labels=["cell", "gene"]) is None
    assert likeness_to_genes([]) == 0


@pytest.mark.parametrize(("first", "step", "expected"), [(0, 1, True), (1, 1, True), (1000, 1, False), (1, 2, False)])
def test_numbers_of_rows_are_told_from_numbers_of_genes(first, step, expected):
    assert are_counted([str(i) for i in range(first, first + 50 * step, step)]) is expected
