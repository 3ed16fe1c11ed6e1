"""What the tests of the registry share: the shipped library of compounds."""

from pathlib import Path

import pytest

from scvalid.contracts.compounds import RegisteredCompound
from scvalid.registry.compounds.reading import read_compounds


@pytest.fixture(scope="session")
def library_path(repository: Path) -> Path:
    """The shipped table of compounds."""
    return repository / "resources/compounds/compounds.tsv"


@pytest.fixture(scope="session")
def library(library_path: Path) -> tuple[RegisteredCompound, ...]:
    """The shipped compounds."""
    return read_compounds(library_path)
