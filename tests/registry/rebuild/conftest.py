"""What the tests of the builders share: the folder of source archives, and small tables of genes."""

import os
from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def sources(repository: Path) -> Path:
    """The folder of source archives; skips where it is missing, as the archives are not part of the repository."""
    folder = Path(os.environ.get("SCVALID_SOURCES", repository / "build" / "sources"))
    if not folder.is_dir():
        pytest.skip(f"source archives not at hand: no folder {folder.name} (set SCVALID_SOURCES)")
    return folder


@pytest.fixture
def table_of():
    """Return a table of genes whose ids are numbered."""

    def build(*symbols):
        return pd.DataFrame({"gene_id": [f"ENSG{i:011d}" for i in range(len(symbols))], "symbol": symbols})

    return build


@pytest.fixture
def assert_rebuilt(repository):
    """Compare a rebuilt table with the committed one, unpacked: zlib may pack the same text in other bytes."""

    def compare(table, name):
        committed = pd.read_csv(
            repository / "resources" / "genes" / name, sep="\t", dtype=str, keep_default_na=False, quoting=3
        )
        pd.testing.assert_frame_equal(table.reset_index(drop=True), committed)

    return compare
