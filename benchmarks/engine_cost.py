"""What the statistics of one dataset cost, in time and memory: python benchmarks/engine_cost.py

8 paired donors, 4 states, 10,000 expressed genes, 150 gene sets and 85 registered claims, with all controls: the steps
``pathways`` and ``verdicts`` of both groupings, each a process of its own as the workflow runs it, one thread each. Every claim
is taken for one on these cells, so that none is spared the tests. Writes engine_cost.tsv beside this file.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np
import pandas as pd
import yaml
from anndata import AnnData

from scvalid.contracts.claims import ClaimsFile
from scvalid.contracts.counts import check_profiles
from scvalid.io.documents import read_yaml
from scvalid.io.gene_names import read_symbols
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import ALL_MSC, BY_STATE, GeneSet, Layer, Obs, Uns
from scvalid.submission import Submission, claimed_of, load_submission, registered_gene_sets, rivals_of_claims

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parent / "resources"
SETS = RESOURCES / "gene_sets"
STATES: Final = ("s1", "s2", "s3", "s4")
N_CLAIMS, N_SETS, N_GENES, N_DONORS, N_CELLS, N_RUNS = 85, 150, 10_000, 8, 400, 3
LIMIT_S, LIMIT_MB = 60.0, 1_500.0
ARMS: Final = ("drug", "vehicle")
THREADS: Final = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
"""What the workflow engine gives to a rule of one thread."""
BESIDE: Final = ("profiles", "specifications", "rivals", "permuted", "recovery", "vehicle-splits", "composition", "trends")
"""Tables beside those of sets and genes."""
CONFIG: Final = """dataset: cost
samples: samples.tsv
claims: claims.yaml
gene_sets: [own.tsv]
design: {treated: drug, vehicle: vehicle}
"""


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def write_submission(folder: Path, genes: list[str], rng: np.random.Generator) -> Submission:
    """Write config, sheet, claims and own sets, and return them as the workflow reads them; the files of samples are empty."""
    claims = [claim for path in sorted(RESOURCES.glob("claims/*.yaml")) for claim in read_yaml(path)["claims"]]
    # claims of the lab's own: registered ones keep their context
    freed = {"origin": "lab", "control": None, "context": {}, "retraction": {}, "conflicts": []}
    claims = [{**claim, **freed, "id": f"own-{claim['id']}"} for claim in claims[:N_CLAIMS]]
    (folder / "claims.yaml").write_text(json.dumps({"claims": claims}))  # which is YAML too
    if len(ClaimsFile.model_validate({"claims": claims}).claims) != N_CLAIMS:
        msg = f"fewer than {N_CLAIMS} claims are registered"
        raise ValueError(msg)
    donors = [(f"D{i}", arm) for i in range(1, N_DONORS + 1) for arm in ARMS]
    rows = [f"{donor}_{arm}\t{donor}_{arm}.h5ad\t{donor}\t{arm}\tbatch1" for donor, arm in donors]
    (folder / "samples.tsv").write_text("\n".join(["sample_id\tpath\tdonor_id\tarm\tbatch_id", *rows, ""]))
    n_own = N_SETS - registered_sets()[GeneSet.SET].nunique()
    own = [f"OWN_{k}\t{gene}\t1" for k in range(n_own) for gene in rng.choice(genes, 60, replace=False)]
    (folder / "own.tsv").write_text("\n".join(["set_id\tgene\tweight", *own, ""]))
    (folder / "config.yaml").write_text(CONFIG)
    return load_submission(yaml.safe_load(CONFIG), folder / "config.yaml", resources=RESOURCES)


def registered_sets() -> pd.DataFrame:
    """Return the registered sets of human."""
    files = [path for is_panel in (True, False) for path in registered_gene_sets(SETS, "human", is_panel=is_panel)]
    return pd.concat([read_gene_sets(path, is_panel=True) for path in files])


def genes_measured() -> list[str]:
    """Return the genes of the registered sets, and others up to as many as are to be expressed, sorted."""
    known = dict.fromkeys(read_symbols(RESOURCES / "genes" / "human.tsv.gz").values())
    of_sets = [gene for gene in dict.fromkeys(registered_sets()[GeneSet.GENE]) if gene in known]
    return sorted(list(dict.fromkeys([*of_sets, *known]))[:N_GENES])


def write_profiles(target: Path, genes: list[str], states: tuple[str, ...], rng: np.random.Generator) -> None:
    """Write sums of negative binomial counts of each donor, arm and state; every tenth gene answers to the treatment."""
    rows, expected = [], []
    effect = np.where(np.arange(len(genes)) % 10 == 0, 0.6, 0.0) * rng.choice([-1, 1], len(genes))
    abundance = np.maximum(rng.normal(0, 2.2, len(genes)), -4)
    members = [np.isin(genes, list(table[GeneSet.GENE])) for _, table in registered_sets().groupby(GeneSet.SET)]
    for donor in range(1, N_DONORS + 1):
        own = rng.normal(0, 0.25, len(genes))
        for arm in ARMS:
            sample = own + rng.normal(0, 0.18, len(genes)) + (effect if arm == "drug" else 0)
            # sets that move from sample to sample look like effects under many labellings, which costs most
            sample += sum(rng.normal(0, 0.2) * genes_of for genes_of in members)
            for state in states:
                rows.append((f"D{donor}", arm, "batch1", state, N_CELLS // len(states), True))
                level = 2.0 ** (abundance + sample + rng.normal(0, 0.1, len(genes)))
                expected.append(level / level.sum() * 8_000 * N_CELLS / len(states))
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    dispersion = 0.5 * len(states) / N_CELLS
    counts = rng.poisson(np.array(expected) * rng.gamma(1 / dispersion, dispersion, (len(rows), len(genes)))).astype(float)
    profiles = AnnData(
        counts,
        obs=obs,
        var=pd.DataFrame(index=pd.Index(genes, dtype=object)),
        layers={Layer.N_DETECTED: np.minimum(counts, obs[[Obs.N_CELLS]].to_numpy(float))},
        uns={Uns.GROUPING: ALL_MSC if states == (ALL_MSC,) else BY_STATE},
    )
    check_profiles(profiles).write_h5ad(target)


def pathways_command(submission: Submission, folder: Path, grouping: str) -> list[str]:
    """Return the command of the rule ``pathways``."""
    outputs = {"sets": "sets.parquet", "genes": "genes.parquet", "facts": "design.json"}
    outputs |= {name: f"{name.replace('-', '_')}.parquet" for name in BESIDE}
    return [
        *(sys.executable, "-m", "scvalid", "pathways", "--settings", submission.config.pathways.model_dump_json()),
        *("--design", submission.config.design.model_dump_json(), "--seed", "0", "--source", f"{folder}/{grouping}.h5ad"),
        *("--gene-sets", *map(str, registered_gene_sets(SETS, "human"))),
        *("--other-gene-sets", *map(str, registered_gene_sets(SETS, "human", is_panel=False))),
        *map(str, submission.own_gene_sets),
        *("--aliases", f"{RESOURCES}/genes/aliases_human.tsv.gz", "--orthologs", f"{RESOURCES}/genes/orthologs.tsv.gz"),
        *("--claimed", claimed_of(submission, gene_sets=SETS).model_dump_json()),
        *(word for name, file in outputs.items() for word in (f"--{name}", f"{folder}/{grouping}/{file}")),
    ]


def verdicts_command(submission: Submission, folder: Path, grouping: str) -> list[str]:
    """Return the command of the rule ``verdicts``."""
    inputs = {name: f"{name.replace('-', '_')}.parquet" for name in ("sets", "genes", *BESIDE[:2], *BESIDE[3:6])}
    inputs |= {"rival-effects": "rivals.parquet", "facts": "design.json", "target": "verdicts.json", "decisions": "decisions"}
    return [
        *(sys.executable, "-m", "scvalid", "verdicts", "--settings", submission.config.verdicts.model_dump_json()),
        *("--context", submission.config.context.model_dump_json(), "--claims", f"{folder}/claims.yaml"),
        *("--claim-ids", *(claim.id for claim in submission.claims.claims)),
        *("--orthologs", f"{RESOURCES}/genes/orthologs.tsv.gz"),
        *("--rivals", rivals_of_claims(submission, gene_sets=SETS).packed()),
        *(word for name, file in inputs.items() for word in (f"--{name}", f"{folder}/{grouping}/{file}")),
    ]


def measure(command: list[str]) -> Cost:
    """Return what a fresh process takes; it must end well."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **THREADS})
    # the peak of this one process; RUSAGE_CHILDREN would give the largest of all so far
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command[:4])
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Measure and write the table."""
    rng = np.random.default_rng(0)
    genes = genes_measured()
    lines = ["step\tgrouping\twall_s\tcpu_s\tpeak_mb"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submission = write_submission(folder, genes, rng)
        total, peak = 0.0, 0.0
        for grouping, states in ((ALL_MSC, (ALL_MSC,)), (BY_STATE, STATES)):
            (folder / grouping).mkdir()
            write_profiles(folder / f"{grouping}.h5ad", genes, states, rng)
            for step, command in (("pathways", pathways_command), ("verdicts", verdicts_command)):
                runs = [measure(command(submission, folder, grouping)) for _ in range(N_RUNS)]
                cost = Cost(*(median(getattr(run, part) for run in runs) for part in ("wall_s", "cpu_s", "peak_mb")))
                total, peak = total + cost.wall_s, max(peak, cost.peak_mb)
                lines.append(f"{step}\t{grouping}\t{cost.wall_s:.1f}\t{cost.cpu_s:.1f}\t{cost.peak_mb:.0f}")
                print(lines[-1], flush=True)
    # one after the other: the workflow runs the two groupings beside each other where it has two cores
    print(f"{total:.1f} s, {peak:.0f} MB", "ok" if total < LIMIT_S and peak < LIMIT_MB else "TOO MUCH")
    (HERE / "engine_cost.tsv").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
