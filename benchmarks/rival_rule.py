"""How often is a claim's own effect taken for a rival's, and how often a rival's for the claim's own?

Pairs of donors, the registered human panel with programmes of its own and its overlaps, 3,000 genes beside it; each registered
claim on a set or a gene in turn. `specific`: its genes move (.5 log2, a single gene 1). `both`: they do, and the genes of its
first rival move by about .4 for reasons of their own. `driven`: only the rival moves, by about .8, in proportion to its
weights. Counted among effects with p <= .05 and at least .125: those that the rule explains, and those of which the model with
the rival's score leaves less than .125, which was the design's first wording.

    python benchmarks/rival_rule.py [--seeds 11 12 13 14]      # about a minute a seed; writes rival_rule.tsv beside this file
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from scvalid.contracts.claimed import Claimed, RivalsOfClaims
from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import Evidence, RivalEffect
from scvalid.io.gene_sets import read_gene_sets
from scvalid.keys import Control, GeneSet
from scvalid.pathways.compute.rivals import rival_effects
from scvalid.pathways.compute.testing import Measured, Model, fit_genes, measure, test_genes, test_sets
from scvalid.pathways.settings import PathwaysSettings
from scvalid.registry.claims.reading import read_claims
from scvalid.registry.manifest import registered_gene_sets
from scvalid.submission.claims.rivals import rivals_of_claims
from scvalid.verdicts.compute.specificity import rival_explains

RESOURCES = Path(__file__).parents[1] / "resources"
PAIRS = (3, 4, 6, 8)
FLOOR = 0.125
PROGRAMME_SD, DONOR_SD, SAMPLE_SD, SHAPE = 0.08, 0.25, 0.15, 20
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """Genes with their mean counts, and the weights of every set of the panel over them."""

    genes: NDArray[np.str_]
    base: Floats
    weights: dict[str, Floats]
    sets: pd.DataFrame
    claims: tuple[Claim, ...]
    rivals: RivalsOfClaims

    def counts(self, n: int, shift: Floats, rng: np.random.Generator) -> Floats:
        """Draw counts of n pairs, vehicle and treated in turn."""
        activity = rng.normal(0, PROGRAMME_SD, (2 * n, len(self.weights)))
        log2 = np.repeat(rng.normal(0, DONOR_SD, (n, self.genes.size)), 2, axis=0)
        log2 += np.clip(activity @ np.array(list(self.weights.values())), -0.6, 0.6)
        log2 += rng.normal(0, SAMPLE_SD, log2.shape)
        log2[1::2] += shift
        return rng.poisson(rng.gamma(SHAPE, self.base * 2**log2 / SHAPE)).astype(float)

    def own(self, claim: Claim) -> Floats | None:
        """Return the weights of a claim's read-out; None if it is no gene or set of the panel."""
        readout = claim.primary.readout
        return (self.genes == readout.id).astype(float) if readout.type == "gene" else self.weights.get(readout.id)

    def shifts(self, claim: Claim) -> Iterator[tuple[str, Floats]]:
        """Yield what is planted, and where."""
        own = self.own(claim)
        if own is None:
            return
        specific = np.sign(own) * (1.0 if claim.primary.readout.type == "gene" else 0.5)
        yield "specific", specific
        rivals = self.rivals.of(claim.id)
        named = (*rivals.overlap.get(claim.primary.readout.id, ()), *rivals.registered)
        known = [self.weights[name] for name in named if name in self.weights]
        strong = [w for w in known if abs(np.sign(own) @ w) >= 0.2 * np.count_nonzero(own)]
        if strong:
            yield "both", specific + 0.4 * strong[0]
            yield "driven", 0.8 * strong[0]


def _world(rng: np.random.Generator) -> World:
    folder = RESOURCES / "gene_sets"
    claims = [row.claim for row in read_claims(RESOURCES / "claims")]
    claims = [
        c for c in claims if c.primary.readout.type in ("gene", "gene_set", "pathway") and c.primary.direction != "expressed"
    ]
    config = SimpleNamespace(context=SimpleNamespace(species="human"))
    asked = SimpleNamespace(config=config, own_gene_sets=(), claims=SimpleNamespace(claims=claims))
    sets = pd.concat([read_gene_sets(path, is_panel=True) for path in registered_gene_sets(folder, "human")])
    named = sorted(sets[GeneSet.GENE].unique())
    expressed = {*rng.choice(named, int(0.7 * len(named)), replace=False), *(c.primary.readout.id for c in claims)}
    genes = np.array([*sorted(expressed), *(f"BESIDE{i}" for i in range(3000))])
    at, weights = pd.Index(genes), {}
    for name, rows in sets[sets[GeneSet.GENE].isin(genes)].groupby(GeneSet.SET):
        weights[str(name)] = np.zeros(genes.size)
        weights[str(name)][at.get_indexer(rows[GeneSet.GENE])] = rows[GeneSet.WEIGHT] / rows[GeneSet.WEIGHT].abs().mean()
    rivals = rivals_of_claims(asked, gene_sets=folder)  # type: ignore[arg-type]
    return World(genes, rng.lognormal(3, 1.3, genes.size), weights, sets, tuple(claims), rivals)


def _model(n: int) -> Model:
    x = np.c_[np.repeat(np.eye(n), 2, axis=0), np.tile([0.0, 1.0], n)]
    return Model(x, tuple(f"d{i // 2}" for i in range(2 * n)), is_paired=True, primary_test="correlation_prior")


def _effect(measured: Measured, model: Model, claim: Claim) -> tuple[float, float]:
    name, genes = claim.primary.readout.id, fit_genes(measured, model)
    if claim.primary.readout.type == "gene":
        tests, rows = test_genes(measured, model, genes=genes), measured.rows_of_genes(frozenset([name]))
    else:
        tests, rows = test_sets(measured, model, genes=genes), measured.rows_of_sets(frozenset([name]))
    return (float(tests.fit.effect[rows[0]]), float(tests.p_donor[rows[0]])) if rows.size else (0.0, 1.0)


def _judge(world: World, claim: Claim, measured: Measured, model: Model) -> tuple[bool, bool] | None:
    """Return whether a rival explains the effect, and whether one would by the model alone; None without a clear effect."""
    name, is_gene = claim.primary.readout.id, claim.primary.readout.type == "gene"
    theta, p = _effect(measured, model, claim)
    if p > 0.05 or abs(theta) < FLOOR:
        return None
    claimed = Claimed(genes=(name,)) if is_gene else Claimed(sets=(name,))
    beside = rival_effects(measured, model, claimed).set_index(Control.RIVAL)
    rivals = world.rivals.of(claim.id)
    rows = [beside.loc[r] for r in (*rivals.registered, *rivals.overlap.get(name, ())) if r in beside.index]
    evidence = Evidence.model_construct(theta=theta, floor=FLOOR)
    by_rule = [rival_explains(evidence, _as_effect(row)) for row in rows]
    by_model = [np.sign(theta) * row[Control.THETA_ADJUSTED] < FLOOR for row in rows]
    return any(by_rule), any(by_model)


def _as_effect(row: pd.Series) -> RivalEffect:
    columns = {
        "theta": Control.THETA_ADJUSTED, "p_slope": Control.P_SLOPE, "theta_of_rival": Control.THETA_RIVAL,
        "theta_unshared": Control.THETA_UNSHARED,
    }  # fmt: skip
    found = {name: None if np.isnan(row[column]) else float(row[column]) for name, column in columns.items()}
    return RivalEffect(rival="", is_registered=False, explains=False, **found)


def main() -> None:
    """Run the seeds and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13, 14])
    found: dict[tuple[str, str, int], list[tuple[bool, bool]]] = defaultdict(list)
    for seed in parser.parse_args().seeds:
        rng = np.random.default_rng(seed)
        world = _world(rng)
        for claim in world.claims:
            for planted, shift in world.shifts(claim):
                for n in PAIRS:
                    measured = measure(world.counts(n, shift, rng), world.genes, world.sets, PathwaysSettings())
                    judged = _judge(world, claim, measured, _model(n))
                    found[planted, "gene" if claim.primary.readout.type == "gene" else "set", n] += [judged] if judged else []
    _write(found)


def _write(found: dict[tuple[str, str, int], list[tuple[bool, bool]]]) -> None:
    rows = []
    for (planted, kind, n), judged in sorted(found.items()):
        by_rule, by_model = (sum(column) for column in zip(*judged, strict=True))
        limits = stats.binomtest(by_rule, len(judged)).proportion_ci(method="exact")
        rates = (by_rule / len(judged), limits.low, limits.high, by_model / len(judged))
        rows.append((planted, kind, n, len(judged), *(f"{rate:.3f}" for rate in rates)))
    columns = ["planted", "readout", "n_pairs", "n_effects", "explained", "low95", "high95", "explained_by_model_alone"]
    pd.DataFrame(rows, columns=columns).to_csv(Path(__file__).with_suffix(".tsv"), sep="\t", index=False)


if __name__ == "__main__":
    main()
