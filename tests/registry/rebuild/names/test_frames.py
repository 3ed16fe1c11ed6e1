import pickle
import sys

import h5py
import numpy as np
import pytest

from scvalid.errors import ContractError
from scvalid.registry.rebuild.names.frames import read_frame, read_objects


class Hostile:
    """Would write a file if it were unpickled as usual."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


def _array(order):
    rows = [["a", {"x", "y"}, None], ["b", set(), 1.5]]
    return np.array(rows, dtype=object, order=order)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("protocol", [4, 5])
def test_an_array_of_objects_is_read_by_column(order, protocol):
    columns = read_objects(pickle.dumps(_array(order), protocol=protocol))
    assert columns == [["a", "b"], [{"x", "y"}, set()], [None, 1.5]]


@pytest.mark.parametrize("place", ["alone", "in an array", "as an extension"])
def test_a_hostile_pickle_is_refused_and_does_nothing(place, tmp_path):
    target = tmp_path / "written"
    value = Hostile(target)
    made = {"alone": value, "in an array": np.array([[value]], dtype=object), "as an extension": [sys.exit]}[place]
    with pytest.raises(ContractError, match=r"only an array of plain values. Got the name '\w+\.\w+'"):
        read_objects(pickle.dumps(made))
    assert not target.exists()


@pytest.mark.parametrize("data", [b"", b"no pickle", pickle.dumps(["a"]), pickle.dumps(np.array(["a"], dtype=object))])
def test_anything_else_is_refused(data):
    with pytest.raises(ContractError, match="array of plain values"):
        read_objects(data)


def test_a_frame_in_hdf5_gives_its_columns_of_objects(tmp_path):
    path = tmp_path / "x.h5"
    with h5py.File(path, "w") as file:
        frame = file.create_group("df")
        frame.attrs["nblocks"] = 2
        frame["block0_items"], frame["block0_values"] = np.array([b"is_old"]), np.ones((2, 1), dtype=np.uint8)
        frame["block1_items"] = np.array([b"name", b"ids", b"more"])
        values = frame.create_dataset("block1_values", (1,), dtype=h5py.vlen_dtype(np.uint8))
        values[0] = np.frombuffer(pickle.dumps(_array("F")), dtype=np.uint8)
    table = read_frame(path.read_bytes(), name="x.h5")
    assert table["name"].tolist() == ["a", "b"]
    assert table["ids"].tolist() == [{"x", "y"}, set()]
    with pytest.raises(ContractError, match=r"x\.h5 must hold a data frame"):
        read_frame(path.read_bytes()[:500], name="x.h5")
