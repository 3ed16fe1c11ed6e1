"""Values of R as rds2py gives them (dicts of type, data and attributes), as arrays and text."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.readers.arrays.columns import pick, text_of_numbers

RValue = Mapping[str, Any]
_NULL: RValue = {"type": "null"}


def slot(value: RValue, *path: str) -> RValue:
    """Return an attribute (a slot of an S4 object) of an attribute ..., or R's NULL where there is none."""
    for name in path:
        value = (value.get("attributes") or {}).get(name, _NULL)
    return value


def kind(value: RValue) -> str:
    """Return the class that R's ``class`` would give first, or the type."""
    if value.get("type") == "S4":
        return str(value.get("class_name", ""))
    return next(iter(words(slot(value, "class"))), str(value.get("type")))


def words(value: RValue) -> list[str]:
    """Return a vector of strings, '' for NA; none for anything else."""
    if value.get("type") != "string":
        return []
    return ["" if text is None else str(text) for text in value["data"]]


def members(value: RValue) -> dict[str, RValue]:
    """Return the members of a named list."""
    if value.get("type") != "vector":
        return {}
    return dict(zip(words(slot(value, "names")), value["data"], strict=False))


def column(value: RValue, *, n_rows: int) -> NDArray[np.object_] | None:
    """Return a column of a data frame as text, or None if it is none (a matrix, a list, of another length)."""
    if value.get("type") not in ("string", "integer", "double", "boolean") or slot(value, "dim")["type"] != "null":
        return None
    given = words(value) if value["type"] == "string" else value["data"]
    if len(given) != n_rows:
        return None
    if value["type"] == "string":
        return np.array(given, dtype=object)
    if kind(value) == "factor":
        levels = np.array(words(slot(value, "levels")), dtype=object)
        codes = np.nan_to_num(np.asarray(given, dtype=np.float64), nan=0).astype(np.int64)
        return pick(levels, codes - 1)
    if value["type"] == "boolean":
        return np.array([{True: "TRUE", False: "FALSE"}.get(flag, "") for flag in np.asarray(given).tolist()], dtype=object)
    return text_of_numbers(np.asarray(given))


def frame(value: RValue, *, n_rows: int) -> dict[str, NDArray[np.object_]]:
    """Return the columns of a data.frame or DataFrame as text."""
    listed = slot(value, "listData") if value.get("type") == "S4" else value
    read = {name: column(member, n_rows=n_rows) for name, member in members(listed).items()}
    return {name: texts for name, texts in read.items() if name and texts is not None}


def row_names(value: RValue) -> list[str]:
    """Return the names of the rows of a data.frame or DataFrame."""
    return words(slot(value, "rownames")) if value.get("type") == "S4" else words(slot(value, "row.names"))


def dim_names(matrix: RValue) -> tuple[list[str], list[str]]:
    """Return the names of the rows and columns of a matrix, each empty if it has none."""
    names = slot(matrix, "Dimnames") if matrix.get("type") == "S4" else slot(matrix, "dimnames")
    listed = names["data"] if names.get("type") == "vector" else []
    rows, columns = (*(words(value) for value in listed[:2]), [], [])[:2]
    return rows, columns


def shape(matrix: RValue) -> tuple[int, int]:
    """Return rows and columns of a matrix.

    Raises
    ------
    ValueError
        If the value is no matrix, or one that keeps its values elsewhere.
    """
    given = slot(matrix, "Dim" if matrix.get("type") == "S4" else "dim").get("data")
    if given is None or len(given) != 2 or kind(matrix) not in ("dgCMatrix", "integer", "double", "matrix"):
        msg = f"a matrix of the class {kind(matrix)!r:.40}; turn it into a dgCMatrix with as(x, 'dgCMatrix')"
        raise ValueError(msg)
    return int(given[0]), int(given[1])


def transposed(matrix: RValue) -> sparse.csr_matrix:
    """Return columns x rows of a matrix: R's order by columns is CSR of the transposed matrix, the same bytes."""
    n_rows, n_columns = shape(matrix)
    if matrix.get("type") != "S4":
        values = np.asarray(matrix["data"])
        return sparse.csr_matrix(values.reshape(n_columns, n_rows))
    parts = tuple(np.asarray(slot(matrix, name)["data"]) for name in ("x", "i", "p"))
    found = sparse.csr_matrix(parts, shape=(n_columns, n_rows))
    found.check_format(full_check=True)
    return found
