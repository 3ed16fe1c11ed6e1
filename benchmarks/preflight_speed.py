"""How long ``scvalid check`` takes on 20 samples of 10,000 cells, and how much memory: python benchmarks/preflight_speed.py

The files are h5ad with gzip-compressed counts (20,000 genes, about 2,000 of them found in a cell). To be made quickly, each is
put together from compressed blocks of 50 cells in an order of its own. Writes preflight_speed.tsv beside this file.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TypeAlias

import h5py
import numpy as np

from scvalid.io.gene_names import read_symbols

Block: TypeAlias = tuple[bytes, bytes, np.ndarray]
HERE = Path(__file__).resolve().parent
GENES = HERE.parent / "resources" / "genes" / "human.tsv.gz"
N_GENES, CELLS_A_BLOCK, DETECTED, N_BLOCKS_MADE, N_RUNS = 20_000, 50, 2_000, 40, 3
LIMIT_S, LIMIT_MB = 10.0, 500.0
CONFIG = "dataset: speed\nsamples: samples.tsv\nclaims: claims.yaml\ndesign: {treated: drug, vehicle: vehicle}\n"
CLAIMS = """claims:
- id: C1
  statement: {en: The compound raises RUNX2.}
  parts: [{readout: {type: gene, id: RUNX2}, direction: up, role: primary}]
"""


def make_blocks(rng: np.random.Generator) -> list[Block]:
    """Return compressed data and indices of blocks of cells, and the number of genes of each cell."""
    weights = rng.lognormal(0, 2, N_GENES)
    blocks = []
    for _ in range(N_BLOCKS_MADE):
        sizes = rng.integers(DETECTED // 2, DETECTED * 3 // 2, CELLS_A_BLOCK)
        sizes[-1] += DETECTED * CELLS_A_BLOCK - sizes.sum()  # each block is one chunk of the file
        if not DETECTED // 4 < sizes[-1] < DETECTED * 4:
            sizes[:] = DETECTED
        keys = np.log(rng.random((CELLS_A_BLOCK, N_GENES))) / weights
        indices = [np.sort(np.argpartition(-row, n)[:n]) for row, n in zip(keys, sizes, strict=True)]
        indices = np.concatenate(indices).astype("<i4")
        data = (1 + rng.poisson(weights[indices] / 8)).astype("<f4")
        blocks.append((zlib.compress(data.tobytes(), 4), zlib.compress(indices.tobytes(), 4), sizes))
    return blocks


def write_file(path: Path, blocks: Sequence[Block], symbols: Sequence[str], *, n_cells: int, rng: np.random.Generator) -> None:
    """Write one h5ad file with the layout of anndata."""
    chosen = rng.integers(0, len(blocks), n_cells // CELLS_A_BLOCK)
    sizes = np.concatenate([blocks[i][2] for i in chosen])
    chunk = DETECTED * CELLS_A_BLOCK
    with h5py.File(path, "w") as file:
        file.attrs.update({"encoding-type": "anndata", "encoding-version": "0.1.0"})
        group = file.create_group("X")
        group.attrs.update({"encoding-type": "csr_matrix", "encoding-version": "0.1.0", "shape": (n_cells, N_GENES)})
        for place, (name, kind) in enumerate((("data", "<f4"), ("indices", "<i4"))):
            stored = group.create_dataset(name, (sizes.sum(),), kind, chunks=(chunk,), compression="gzip")
            for number, block in enumerate(chosen):
                stored.id.write_direct_chunk((number * chunk,), blocks[block][place])
        group["indptr"] = np.concatenate([[0], np.cumsum(sizes)])
        barcodes = ["".join(letters) + "-1" for letters in rng.choice(list("ACGT"), (n_cells, 16))]
        for table, names in (("obs", barcodes), ("var", symbols)):
            frame = file.create_group(table)
            frame.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "_index"})
            frame.attrs["column-order"] = np.array([], dtype=h5py.string_dtype())
            frame.create_dataset("_index", data=names, dtype=h5py.string_dtype(), compression="gzip")


def write_submission(folder: Path, *, n_samples: int, n_cells: int) -> float:
    """Write config, sheet, claims and files; return the size of the files in MB."""
    rng = np.random.default_rng(0)
    blocks = make_blocks(rng)
    symbols = list(dict.fromkeys(read_symbols(GENES).values()))
    mitochondrial = [symbol for symbol in symbols if symbol.startswith("MT-")]
    symbols = [*mitochondrial, *(s for s in symbols if not s.startswith("MT-"))][:N_GENES]
    rows = ["sample_id\tpath\tdonor_id\tarm\tbatch_id"]
    for i in range(n_samples):
        donor, arm = f"D{i // 2 + 1}", ("drug", "vehicle")[i % 2]
        write_file(folder / f"{donor}_{arm}.h5ad", blocks, symbols, n_cells=n_cells, rng=rng)
        rows.append(f"{donor}_{arm}\t{donor}_{arm}.h5ad\t{donor}\t{arm}\tbatch1")
    (folder / "samples.tsv").write_text("\n".join([*rows, ""]))
    (folder / "config.yaml").write_text(CONFIG)
    (folder / "claims.yaml").write_text(CLAIMS)
    return sum(path.stat().st_size for path in folder.glob("*.h5ad")) / 1e6


def measure(command: Sequence[str]) -> tuple[float, float, int]:
    """Return wall time in s, peak memory in MB and exit status of a fresh process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    # the peak of this one process; RUSAGE_CHILDREN would give the largest of all so far
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, process.returncode


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--cells", type=int, default=10_000)
    options = parser.parse_args()
    rows = ["output\tn_samples\tn_cells_a_sample\tfiles_mb\twall_s\tpeak_mb\texit_status"]
    with tempfile.TemporaryDirectory() as name:
        size = write_submission(Path(name), n_samples=options.samples, n_cells=options.cells)
        for output, flags in (("text", []), ("json", ["--json"])):
            command = [sys.executable, "-m", "scvalid", "check", f"{name}/config.yaml", *flags]
            runs = [measure(command) for _ in range(N_RUNS)]
            wall, peak = (median(run[i] for run in runs) for i in (0, 1))
            rows.append(f"{output}\t{options.samples}\t{options.cells}\t{size:.0f}\t{wall:.2f}\t{peak:.0f}\t{runs[0][2]}")
            print(rows[-1], "ok" if wall < LIMIT_S and peak < LIMIT_MB else "TOO MUCH")
    (HERE / "preflight_speed.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
