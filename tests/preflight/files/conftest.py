"""Submissions whose files are written in a line, with markers of sex and the genes that every file should have."""

import functools
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from scvalid.contracts.claims import ClaimsFile
from scvalid.settings import Context, Design, Sample
from scvalid.submission.config import Config
from scvalid.submission.model import Submission

N_GENES = 2_400
MARKERS = ("XIST", "RPS4Y1", "DDX3Y", "MT-CO1", "MT-ND1", "RUNX2")
OTHER_MARKERS = ("UTY", "KDM5D", "EIF1AY", "USP9Y", "ZFY")


@pytest.fixture(scope="session")
def genes(repository: Path) -> list[str]:
    """Human symbols, those of the markers first."""
    table = pd.read_csv(repository / "resources/genes/human.tsv.gz", sep="\t", dtype=str)
    symbols = [symbol for symbol in table["symbol"].drop_duplicates() if symbol not in (*MARKERS, *OTHER_MARKERS)]
    return [*MARKERS, *symbols[:: len(symbols) // N_GENES]][:N_GENES]


@pytest.fixture
def counts() -> Callable[..., sparse.csr_matrix]:
    """Counts of a woman's or a man's cells."""

    def make(seed: int = 0, *, sex: str = "female", n_cells: int = 60) -> sparse.csr_matrix:
        rng = np.random.default_rng(seed)
        level = rng.gamma(0.4, 2.0, N_GENES)
        level[:3] = {"female": (1.0, 0.0, 0.0), "male": (0.0, 1.0, 0.5), "both": (1.0, 1.0, 0.5), "none": (0.0, 0.0, 0.0)}[sex]
        return sparse.csr_matrix(rng.poisson(level * rng.uniform(0.5, 1.5, (n_cells, 1))).astype(np.float32))

    return make


@pytest.fixture
def write(tmp_path: Path, genes: list[str]) -> Callable[..., str]:
    """Write counts as h5ad; return the name of the file."""

    def save(
        name: str, values: Any, *, names: Sequence[str] = (), cells: Sequence[str] = (), obs: dict[str, Any] | None = None
    ) -> str:
        import anndata

        barcodes = list(cells) or [f"{name}{i}" for i in range(values.shape[0])]
        with warnings.catch_warnings():
            # some tests name cells twice on purpose
            warnings.simplefilter("ignore", UserWarning)
            adata = anndata.AnnData(values, pd.DataFrame(obs or {}, index=barcodes), pd.DataFrame(index=list(names) or genes))
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        adata.write_h5ad(tmp_path / name)
        return name

    return save


@pytest.fixture
def submission(tmp_path: Path) -> Callable[..., Submission]:
    """A submission of samples: id -> file, donor, selection of cells, stated sex."""

    def make(samples: dict[str, tuple[str, ...]], *, folder: Path = tmp_path, species: str = "human") -> Submission:
        rows = {key: (*given, "", "", "")[:4] for key, given in samples.items()}
        sheet = tuple(
            Sample(sample_id=key, path=path, donor_id=donor or key, arm="t", cells=cells)
            for key, (path, donor, cells, _) in rows.items()
        )
        records = tuple({"sex_ontology_term_id": sex} if sex else {} for _, _, _, sex in rows.values())
        config = Config(
            dataset="d", samples="samples.tsv", claims="claims.yaml", context=Context(species=species),
            design=Design(treated="t", vehicle="v"),
        )  # fmt: skip
        claims = ClaimsFile.model_construct(claims=())
        return Submission(config, "config.yaml", folder, sheet, claims, (), records)

    return make


@pytest.fixture(scope="session")
def read_once() -> Callable[..., Any]:
    """The tables of gene names, read once for all tests."""
    from scvalid.preflight.files.genes import read_gene_book

    return functools.cache(read_gene_book)


@pytest.fixture
def examine(
    submission: Callable[..., Submission], repository: Path, read_once: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Examine the files of such a submission."""
    from scvalid.preflight.files import examine as module

    monkeypatch.setattr(module, "read_gene_book", read_once)
    # the files of these tests are small
    monkeypatch.setattr("scvalid.preflight.files.genes.FEW_GENES", 2_000)
    return lambda samples, **given: module.examine_files(submission(samples, **given), resources=repository / "resources")
