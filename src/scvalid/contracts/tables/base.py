"""What a table between stages must hold: columns, their kinds, and what identifies a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api import types

from scvalid.errors import ContractError

ColumnKind = Literal["text", "number", "flag"]
_IS_KIND = {
    "text": lambda c: types.is_object_dtype(c) or types.is_string_dtype(c) or isinstance(c.dtype, pd.CategoricalDtype),
    "number": lambda c: types.is_numeric_dtype(c) and not types.is_bool_dtype(c),
    "flag": types.is_bool_dtype,
}


@dataclass(frozen=True, eq=False)
class TableContract:
    """What a table must hold.

    Parameters
    ----------
    name
        What the table is called in an error.
    columns
        Column name -> kind. Further columns are an error unless ``prefix`` is set.
    unique
        Columns that together identify a row; none if rows may repeat.
    filled
        Columns without missing or infinite values.
    prefix
        Start of the names of a variable number of further number columns, at least one, without missing values.
    """

    name: str
    columns: Mapping[str, ColumnKind]
    unique: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    prefix: str = field(default="")

    def check(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table unchanged, or raise ContractError naming everything that is wrong with it."""
        faults = [f"column '{c}' is missing" for c in self.columns if c not in table]
        known = [c for c in self.columns if c in table]
        faults += [f"column '{c}' must hold {self.columns[c]}" for c in known if not _IS_KIND[self.columns[c]](table[c])]
        more = [c for c in table if c not in self.columns and self.prefix and str(c).startswith(self.prefix)]
        faults += [f"column '{self.prefix}0' is missing"] if self.prefix and not more else []
        faults += [f"column '{c}' must hold number" for c in more if not _IS_KIND["number"](table[c])]
        faults += [f"column '{c}' is not part of it" for c in table if c not in self.columns and c not in more]
        filled = [c for c in (*self.filled, *more) if c in table]
        faults += [f"column '{c}' has missing values" for c in filled if table[c].isna().any()]
        faults += [f"column '{c}' has infinite values" for c in filled if not faults and np.isinf(_numbers(table[c])).any()]
        if self.unique and not faults and table.duplicated(list(self.unique)).any():
            faults.append(f"rows repeat in {', '.join(self.unique)}")
        if faults:
            msg = f"table of {self.name}: {'; '.join(faults)}"
            raise ContractError(msg)
        return table


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    return column.to_numpy(np.float64) if _IS_KIND["number"](column) else np.zeros(0)
