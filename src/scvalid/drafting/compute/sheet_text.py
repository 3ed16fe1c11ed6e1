"""The text of the sample sheet."""

import csv
from collections.abc import Sequence
from io import StringIO

from scvalid.drafting.compute.draft import Row

COLUMNS = ("sample_id", "path", "donor_id", "arm", "batch_id", "cells")


def sheet_text(rows: Sequence[Row]) -> str:
    """Return the rows separated by tabs, cells quoted where they must be; columns that no row fills are left out."""
    optional = {"batch_id", "cells"}
    columns = [column for column in COLUMNS if column not in optional or any(getattr(row, column) for row in rows)]
    stream = StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([getattr(row, column) for column in columns] for row in rows)
    return stream.getvalue()
