"""Columns of the data frames of AnnData as text."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scvalid.intake.readers.arrays.nodes import Array, Group, check_column

OLD_CATEGORIES = "__categories"
"""Group in which anndata before 0.8 kept the categories of a data frame."""


def texts(table: Group, name: str) -> NDArray[np.object_]:
    """Return a column as text: strings, numbers (101.0 as 101) or categories; '' where a value is missing.

    Knows the layouts of data frames that anndata has written since 0.7.
    """
    node = table.child(name)
    if isinstance(node, Group):
        return _of_group(node)
    if OLD_CATEGORIES in table and name in table.group(OLD_CATEGORIES):
        return pick(text_of_array(table.group(OLD_CATEGORIES).array(name)), node.numbers())
    return text_of_array(node)


def text_of_array(array: Array) -> NDArray[np.object_]:
    """Return a one-dimensional array as text."""
    check_column(array)
    return array.strings() if array.is_text else text_of_numbers(array.numbers())


def text_of_numbers(values: NDArray[Any]) -> NDArray[np.object_]:
    """Return numbers as a person writes them, '' for a missing one."""
    return np.array([_text_of(value) for value in values.tolist()], dtype=object)


def pick(categories: NDArray[np.object_], codes: NDArray[Any]) -> NDArray[np.object_]:
    """Return the category of each code, '' for a negative one."""
    if codes.dtype.kind not in "iu" or (codes.size and codes.max() >= len(categories)):
        msg = f"codes of categories that do not exist (there are {len(categories)})"
        raise ValueError(msg)
    return np.append(categories, "").astype(object)[np.where(codes < 0, len(categories), codes)]


def index_of(table: Group) -> NDArray[np.object_]:
    """Return the names of the rows of a data frame."""
    return texts(table, _index_name(table))


def columns_of(table: Group) -> list[str]:
    """Return the names of the columns of a data frame."""
    return [name for name in table.names() if name not in (OLD_CATEGORIES, _index_name(table))]


def _index_name(table: Group) -> str:
    return str(table.attribute("_index") or "_index")


def _of_group(column: Group) -> NDArray[np.object_]:
    if "categories" in column:
        codes = column.array("codes")
        check_column(codes)
        # categories may themselves be nullable, but not categorical: a group that holds itself would have no end
        inner = column.child("categories")
        return pick(_nullable(inner) if isinstance(inner, Group) else text_of_array(inner), codes.numbers())
    return _nullable(column)


def _nullable(column: Group) -> NDArray[np.object_]:
    values = text_of_array(column.array("values"))
    if "mask" not in column:
        return values
    mask = column.array("mask")
    check_column(mask)
    return np.where(mask.numbers(), "", values).astype(object)


def _text_of(value: object) -> str:
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.0f}" if value.is_integer() else repr(value)
    return str(value)
