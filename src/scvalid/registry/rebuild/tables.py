"""Tables as the bytes that are committed, and the CSV files of others as tables of text."""

import gzip
from collections.abc import Sequence
from io import BytesIO

import pandas as pd

from scvalid.errors import ContractError, sentence, shown


def packed(table: pd.DataFrame) -> bytes:
    """Return a table as gzipped TSV with a header line; the same table gives the same bytes.

    The header of the gzip stream holds neither time nor file name. The order of rows is the caller's.
    """
    buffer = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as stream:
        stream.write(table.to_csv(sep="\t", index=False, lineterminator="\n").encode("utf-8"))
    return buffer.getvalue()


def text_table(data: bytes, *, columns: Sequence[str], name: str, sep: str = ",") -> pd.DataFrame:
    """Return columns of a CSV file with a header line as text; an empty field is ''.

    Raises
    ------
    ContractError
        If a column is missing.
    """
    table = pd.read_csv(BytesIO(data), sep=sep, dtype=str, keep_default_na=False)
    missing = [column for column in columns if column not in table]
    if missing:
        got = f"the columns {shown(' '.join(map(str, table.columns)))}"
        raise ContractError(sentence(name, f"have the column {shown(missing[0])}", got, "Correct the path of the member."))
    return table[list(columns)]
