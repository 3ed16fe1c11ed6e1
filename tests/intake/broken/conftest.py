"""A whole small submission that nothing speaks against, and the check that each broken copy of it must fail in one way."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from scvalid.cli import main

N_CELLS = 40
N_GENES = 2_400
LIMIT_S = 10
CLAIM = {
    "id": "C1",
    "statement": {"en": "Icariin raises RUNX2"},
    "compound": "icariin",
    "parts": [{"readout": {"type": "gene", "id": "RUNX2"}, "direction": "up", "role": "primary"}],
}
CONFIG = {
    "dataset": "small",
    "samples": "samples.tsv",
    "claims": "claims.yaml",
    "compound": {"name": "icariin", "dose": "10 uM", "exposure": "24 h", "vehicle": "DMSO 0.1 %"},
    "context": {"cell_type": "MSC", "species": "human", "medium": "basal", "induction": "none"},
    "design": {"treated": "icariin", "vehicle": "vehicle"},
    "metadata": {
        "tissue_type": "primary cell culture",
        "tissue_ontology_term_id": "CL:0002540",
        "source_tissue_ontology_term_id": "UBERON:0002371",
        "assay_ontology_term_id": "EFO:0009922",
        "suspension_type": "cell",
        "disease_ontology_term_id": "PATO:0000461",
    },
}


class Lab:
    """A submission in a folder, as plain values that a test spoils before they are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config: Any = json.loads(json.dumps(CONFIG))
        self.claims: Any = {"claims": [json.loads(json.dumps(CLAIM))]}
        self.sheet = pd.DataFrame(
            [
                {
                    "sample_id": f"{donor}_{arm}",
                    "path": f"data/{donor}_{arm}.h5ad",
                    "donor_id": donor,
                    "arm": arm,
                    "batch_id": "b1",
                }
                for donor in ("D1", "D2", "D3")
                for arm in ("vehicle", "icariin")
            ]
        )
        self.written: dict[str, bytes] = {}

    def file(self, number: int = 0) -> Path:
        """Return the file of a sample."""
        return self.folder / self.sheet["path"][number]

    def column(self, name: str, values: list[str]) -> None:
        """Set a column of the sheet."""
        self.sheet[name] = values

    def text(self, name: str, content: str | bytes) -> None:
        """Replace one of the three text files as a whole."""
        self.written[name] = content if isinstance(content, bytes) else content.encode("utf-8")

    def write(self) -> Path:
        """Write the text files, return the config."""
        contents = {
            "config.yaml": yaml.safe_dump(self.config, allow_unicode=True).encode(),
            "claims.yaml": json.dumps(self.claims, ensure_ascii=False).encode(),
            "samples.tsv": self.sheet.to_csv(sep="\t", index=False).encode(),
        }
        for name, content in (contents | self.written).items():
            (self.folder / name).write_bytes(content)
        return self.folder / "config.yaml"


@pytest.fixture(scope="session")
def sound_data(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Files of six samples of three women, raw counts of human genes."""
    import anndata
    from scipy import sparse

    genes = pd.read_csv(repository / "resources/genes/human.tsv.gz", sep="\t", dtype=str)
    symbols = genes.iloc[:, 1].drop_duplicates()
    wanted = ["RUNX2", "XIST", "MT-CO1", "MT-ND1", "RPS3", "VIM", "THY1", "ENG", "NT5E"]
    names = [*wanted, *symbols[~symbols.isin(wanted)].iloc[:: len(symbols) // N_GENES]][:N_GENES]
    folder = tmp_path_factory.mktemp("sound") / "data"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for donor in ("D1", "D2", "D3"):
        level = rng.gamma(0.4, 1.5, N_GENES)
        level[1] = 3.0
        for arm in ("vehicle", "icariin"):
            cells = [f"{donor}{arm}{i}" for i in range(N_CELLS)]
            counts = sparse.csr_matrix(rng.poisson(level, (N_CELLS, N_GENES)).astype(np.float32))
            adata = anndata.AnnData(counts, pd.DataFrame(index=cells), pd.DataFrame(index=names))
            adata.write_h5ad(folder / f"{donor}_{arm}.h5ad")
    return folder


@pytest.fixture
def lab(sound_data: Path, tmp_path: Path) -> Lab:
    """A copy of the sound submission, to be spoiled."""
    folder = tmp_path / "lab"
    shutil.copytree(sound_data, folder / "data")
    return Lab(folder)


@pytest.fixture
def assert_refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, str]]:
    """Check a spoiled submission: one fault, no traceback, nothing written, soon; return the fault."""

    def check(lab: Lab, topic: str, *fragments: str) -> dict[str, str]:
        config = lab.write()
        before = sorted(_tree(lab.folder.parent))
        start = time.perf_counter()
        status = main(["check", str(config), "--json"])
        took = time.perf_counter() - start
        out, err = capsys.readouterr()
        found = json.loads(out)
        assert (status, found["status"], err) == (1, "refused", "")
        texts = [fault["text"] for fault in found["faults"]]
        assert len(texts) == 1, texts
        fault: dict[str, str] = found["faults"][0]
        assert fault["topic"] == topic
        assert all(fragment in fault["text"] for fragment in fragments), fault["text"]
        assert fault["text"].isprintable()
        assert len(fault["text"]) < 1_000
        assert sorted(_tree(lab.folder.parent)) == before
        assert took < LIMIT_S
        return fault

    return check


def _tree(folder: Path) -> Iterator[tuple[str, int]]:
    for path in folder.rglob("*"):
        yield str(path), 0 if path.is_symlink() or path.is_dir() else path.stat().st_size
