"""Data sets of a study simulated, judged and laid out: one row a set."""

import sys
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

import numpy as np
import pandas as pd
from benchmarks.calibration.engine import Asked, effects_of, judge, names_of_genes
from benchmarks.calibration.layouts import layout
from benchmarks.calibration.practice import of_cells, of_genes
from benchmarks.calibration.programmes import N_SETS, stratum_of_rho, stratum_of_size
from benchmarks.calibration.simulator import NO_GENES, Dataset, simulate
from benchmarks.calibration.studies import OF_GENES, PLANTED, Study

from scvalid.contracts.tables import GENE_EFFECTS
from scvalid.keys import Effect
from scvalid.pathways.compute.effects import Effects

STREAMS: Final = {"tuning": 5101, "confirmation": 5202, "short": 5303}
"""Seeds. Whatever is chosen by looking is chosen on "tuning"; what is reported comes from "confirmation", opened after."""
CHUNK: Final = 4
TOLD_EVERY: Final = 500


def run(studies: Iterable[Study], *, stream: str, n_processes: int) -> pd.DataFrame:
    """Return the observations of all studies, in their order whatever the number of processes.

    Parameters
    ----------
    stream
        Key of ``STREAMS``.
    n_processes
        1 stays in this process.
    """
    tasks = [(study, i, STREAMS[stream]) for study in studies for i in range(study.n_datasets)]
    if n_processes == 1:
        return pd.concat(_told(map(observe, tasks), len(tasks)), ignore_index=True)
    # not forked: the libraries below may have threads of their own by now
    context = get_context("spawn")
    with ProcessPoolExecutor(n_processes, mp_context=context, initializer=_one_thread) as pool:
        return pd.concat(_told(pool.map(observe, tasks, chunksize=CHUNK), len(tasks)), ignore_index=True)


def _told(tables: Iterable[pd.DataFrame], n: int) -> Iterator[pd.DataFrame]:
    """Pass the tables on, and tell now and then how many there were."""
    for done, table in enumerate(tables, start=1):
        if done % TOLD_EVERY == 0:
            sys.stderr.write(f"{done} of {n} data sets\n")
        yield table


def observe(task: tuple[Study, int, int]) -> pd.DataFrame:
    """Return the rows of one data set of a study, one a claim."""
    study, number, stream = task
    rng = np.random.default_rng([stream, zlib.crc32(study.key.encode()), number])
    of_genes = OF_GENES.get(study.truth, NO_GENES)
    dataset = simulate(layout(study.kind, study.n), study.scenario, PLANTED[study.truth], rng, of_genes=of_genes)
    planted = of_genes if of_genes.size else dataset.planted
    sign = np.where(planted == 0, rng.choice([-1.0, 1.0], planted.size), np.sign(planted))
    directions, genes = ["up" if s > 0 else "down" for s in sign], tuple(names_of_genes(dataset.asked_genes))
    asked = Asked(directions, study.primary_test, study.context, study.is_retracted, genes)
    effects = effects_of(dataset, asked, seed=number)
    table = judge(effects, asked).assign(**columns_of(study, number), **truth_of(dataset), sign=sign)
    return table.assign(**dict(practised(dataset, effects, rng))) if number < study.n_practice else table


def columns_of(study: Study, number: int) -> dict[str, str | int]:
    """Return what names a data set."""
    return {
        "design": study.kind,
        "n": study.n,
        "scenario": study.scenario.name,
        "kind_of_truth": study.truth,
        "test": study.primary_test,
        "fixture": study.fixture,
        "dataset": f"{study.key}|{number}",
    }


def truth_of(dataset: Dataset) -> dict[str, object]:
    """Return what is true of what each claim is on."""
    if dataset.asked_genes.size:
        planted = dataset.planted_genes
        of_gene = {"planted": planted, "truth": planted, "is_shifted": False, "size": "gene", "rho_stratum": "gene"}
        return {**of_gene, "rho_true": np.nan, "is_paired": dataset.layout.arms_share_donors}
    rho = dataset.genome.rho[:N_SETS]
    return {
        "planted": dataset.planted,
        "truth": dataset.truth,
        "is_shifted": dataset.is_shifted,
        "size": [stratum_of_size(size) for size in dataset.genome.sizes],
        "rho_true": rho,
        "rho_stratum": [stratum_of_rho(value) for value in rho],
        "is_paired": dataset.layout.arms_share_donors,
    }


def practised(dataset: Dataset, effects: Effects, rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the p values of common practice, and the signs of its effects."""
    genes = effects[GENE_EFFECTS].set_index(Effect.READOUT)
    t = (genes[Effect.THETA] / genes[Effect.SE]).reindex([f"g{i:04d}" for i in range(dataset.counts.shape[1])])
    for name, (p, effect) in (of_genes(t.to_numpy(float), dataset.genome, rng) | of_cells(dataset, rng)).items():
        yield f"p: {name}", p
        yield f"sign: {name}", np.sign(effect)


def _one_thread() -> None:
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)
