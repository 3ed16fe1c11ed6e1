import numpy as np
import pytest
from scipy import sparse

from scvalid.intake import numbers

RNG = np.random.default_rng(0)
COUNTS = RNG.poisson(RNG.gamma(0.3, 6, 400), (300, 400)).astype(float)


class Table:
    """A reader of a matrix in memory, which counts what is asked of it."""

    def __init__(self, values, *, has_cells=True, names=None):
        self.values, self.has_cells = sparse.csr_matrix(values), has_cells
        self.names = np.array(names or [f"c{i}" for i in range(len(values))], dtype=object)
        self.n_names_read = 0

    def shape(self, name):
        return self.values.shape

    def some_values(self, name, *, limit):
        return self.values.data[:limit]

    def some_cells(self, name, *, limit):
        return self.values[:limit] if self.has_cells else None

    def barcodes(self):
        self.n_names_read += 1
        return self.names


def test_counts_are_taken_without_reading_names():
    for has_cells in (True, False):
        table = Table(COUNTS, has_cells=has_cells)
        assert numbers.judge_matrix(table, "X") is None
        assert table.n_names_read == 0


def test_what_no_cell_shows_is_said_of_the_values():
    assert "CPM" in numbers.judge_matrix(Table(COUNTS / 3.7 + (COUNTS > 0) * 30, has_cells=False), "X")


def test_a_fault_between_the_cells_that_were_read_is_found(monkeypatch):
    monkeypatch.setattr(numbers, "N_CELLS", 10)
    spoiled = COUNTS.copy()
    spoiled[200, 3] = np.nan
    assert "missing" in numbers.judge_matrix(Table(spoiled), "X")


@pytest.mark.parametrize(("n_cells", "is_said"), [(6, True), (60, False)])
def test_few_columns_of_fractions_are_called_bulk(n_cells, is_said):
    table = Table(COUNTS[:n_cells] / 3.7, names=[f"donor{i}_TPM" for i in range(n_cells)])
    found = numbers.judge_matrix(table, "X")
    assert found.startswith("TPM values")
    assert ("bulk RNA" in found) == is_said


def test_the_name_of_the_file_may_tell_the_unit():
    assert numbers.judge_matrix(Table(COUNTS / 3.7), "X", source_name="a/GSE1_rpkm.csv.gz").startswith("RPKM")


def test_an_absurd_width_is_not_read():
    class Wide(Table):
        def shape(self, name):
            return 10, 10**12

        def some_cells(self, name, *, limit):
            raise AssertionError

    assert numbers.judge_matrix(Wide(COUNTS), "X") is None
