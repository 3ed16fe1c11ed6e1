"""Gene sets as registered, and one small simulated submission for all tests of the room."""

from collections.abc import Sequence
from pathlib import Path

import anndata
import pandas as pd
import pytest

from scvalid.io.gene_sets import read_gene_sets
from scvalid.registry.manifest import registered_gene_sets
from scvalid.simulation.settings import SimulationSettings
from scvalid.simulation.step import write_submission

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def gene_set_files() -> Sequence[Path]:
    return registered_gene_sets(ROOT / "resources" / "gene_sets", "human")


@pytest.fixture(scope="session")
def sets(gene_set_files: Sequence[Path]) -> pd.DataFrame:
    return pd.concat([read_gene_sets(source, is_panel=True) for source in gene_set_files], ignore_index=True)


@pytest.fixture(scope="session")
def settings() -> SimulationSettings:
    return SimulationSettings(n_cells=800)


@pytest.fixture(scope="session")
def submission(settings: SimulationSettings, gene_set_files: Sequence[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("submission")
    write_submission(settings=settings, gene_sets=gene_set_files, out=out)
    return out


@pytest.fixture(scope="session")
def samples(submission: Path) -> dict[str, anndata.AnnData]:
    return {path.stem: anndata.read_h5ad(path) for path in sorted((submission / "data").glob("*.h5ad"))}
