"""Data frames that pandas wrote to HDF5 as pickled objects, read without the power that a pickle has.

A pickle may call whatever it names. Here three names are known, and each gives a stand-in that only keeps what it is handed;
everything else (text, numbers, lists, sets) a pickle builds without naming anything.
"""

import pickle
from io import BytesIO
from typing import Any

import h5py
import numpy as np
import pandas as pd

from scvalid.errors import ContractError, sentence, shown

_NOT_A_FRAME = (OSError, LookupError, ValueError, TypeError, AttributeError, EOFError, RuntimeError)


class _Inert:
    """Takes the place of an array, its class or its type; keeps its state and does nothing."""

    def __init__(self, *_: Any) -> None:
        self.state: tuple[Any, ...] = ()

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.state = state


_KNOWN = frozenset(
    {
        ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"),
        ("numpy", "ndarray"), ("numpy", "dtype"),
    }
)  # fmt: skip


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return the stand-in for the three known names; refuse all others."""
        if (module, name) in _KNOWN:
            return _Inert
        msg = f"the name {shown(f'{module}.{name}')}"
        raise pickle.UnpicklingError(msg)


def read_objects(data: bytes) -> list[list[Any]]:
    """Return the columns of a pickled two-dimensional numpy array of Python objects.

    Raises
    ------
    ContractError
        If the pickle names anything but that array, or holds no such array.
    """
    where, fix = "pickled table", "Do not use this file."
    try:
        array = _Reader(BytesIO(data)).load()
        _, (n_rows, n_columns), _, _, values = array.state
        if not isinstance(values, list) or len(values) != n_rows * n_columns:
            msg = "another number of values than its shape says"
            raise ValueError(msg)
    except pickle.UnpicklingError as error:
        raise ContractError(sentence(where, "hold only an array of plain values", str(error), fix)) from None
    except _NOT_A_FRAME as error:
        raise ContractError(sentence(where, "hold an array of plain values", shown(error), fix)) from None
    # numpy lists objects row by row, whatever the order of the array in memory was
    return [values[j::n_columns] for j in range(n_columns)]


def read_frame(data: bytes, *, name: str) -> pd.DataFrame:
    """Return the columns of Python objects of the data frame ``df`` in an HDF5 file; other columns are left out.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        How the sentence calls the file.

    Raises
    ------
    ContractError
        If the file holds no such frame, or its pickle names anything but an array.
    """
    columns: dict[str, list[Any]] = {}
    try:
        with h5py.File(BytesIO(data), "r") as file:
            frame = file["df"]
            for i in range(int(frame.attrs["nblocks"])):
                values = frame[f"block{i}_values"]
                if values.dtype == np.dtype(object):
                    items = [item.decode("utf-8") for item in frame[f"block{i}_items"][:].tolist()]
                    columns |= dict(zip(items, read_objects(values[0].tobytes()), strict=True))
        return pd.DataFrame(columns)
    except _NOT_A_FRAME as error:
        fix = "Download the archive again."
        raise ContractError(sentence(shown(name)[1:-1], "hold a data frame of pandas", shown(error), fix)) from None
