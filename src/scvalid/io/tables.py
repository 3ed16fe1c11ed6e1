"""Parquet tables, checked against their contract by the caller's choice of contract."""

from pathlib import Path
from typing import Protocol

import pandas as pd

from scvalid.io.atomic import replacing


class Contract(Protocol):
    """Anything that can check a table."""

    def check(self, table: pd.DataFrame) -> pd.DataFrame: ...


def write_table(target: Path, table: pd.DataFrame, contract: Contract) -> None:
    """Write a table that holds its contract; the same table gives the same bytes."""
    contract.check(table)
    with replacing(target) as temporary:
        table.to_parquet(temporary, index=False, compression="zstd")


def read_table(source: Path, contract: Contract) -> pd.DataFrame:
    """Read a table and check it against its contract."""
    return contract.check(pd.read_parquet(source))
