"""The whole engine on planted cells: cells -> sums of donors -> effects -> verdicts, and what it is asked."""

from functools import cache, cached_property
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData
from scipy import sparse

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.claims import Claim
from scvalid.contracts.verdicts import ClaimVerdict
from scvalid.keys import GeneSet, Obs
from scvalid.pathways.compute.effects import Analysis, compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pseudobulk.compute import sum_by_donor
from scvalid.settings import Context, Design
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings

N_GENES, SET_SIZE, N_SETS, N_CELLS = 360, 15, 10, 40
GENES = np.array([f"G{i:03d}" for i in range(N_GENES)])
SETS = tuple(f"S{k:02d}" for k in range(N_SETS))
MOVED = {0: 1.0, 1: -1.0, 2: 0.6}
"""Set -> its planted effect, log2; ``large`` moves every set by one."""
STATES = ("basal", "stressed")
BATCH = {
    "paired": lambda i, arm: "b",
    "unpaired": lambda i, arm: "b",
    "paired, two batches": lambda i, arm: f"b{(i + (arm == 'treated')) % 2}",
    "unpaired, two batches": lambda i, arm: f"b{i % 2}",
    "paired, batch nested in donor": lambda i, arm: f"b{i}",
    "unpaired, batch nested in donor": lambda i, arm: f"b{arm}{i}",
    "paired, confounded": lambda i, arm: f"b{arm}",
    "unpaired, confounded": lambda i, arm: f"b{arm}",
}
"""Design -> batch of the i-th donor of an arm; "paired" has each donor in both arms."""


class Words:
    """The verdicts of a run, by claim and state."""

    def __init__(self, verdicts: tuple[ClaimVerdict, ...]) -> None:
        self.by_place = {(v.claim.id, v.state): v for v in verdicts}

    @cached_property
    def verdicts(self):
        """Words alone."""
        return {place: v.verdict for place, v in self.by_place.items()}

    @cached_property
    def whole(self):
        """Words, reasons and flags of claims and parts."""
        return {
            place: (v.verdict, [r.code for r in v.reasons], [(p.verdict, p.flags) for p in v.parts])
            for place, v in self.by_place.items()
        }


def sets_of(n=N_SETS):
    """Disjoint sets, each of genes of every abundance."""
    rows = [(SETS[k], GENES[k + i * N_SETS], 1.0, True) for k in range(n) for i in range(SET_SIZE)]
    return pd.DataFrame(rows, columns=[GeneSet.SET, GeneSet.GENE, GeneSet.WEIGHT, GeneSet.IS_PANEL])


def claims_on(names, *, direction="up", first="c", **changed):
    """One claim on each set or gene."""
    parts = {n: {"readout": {"type": "gene_set" if n in SETS else "gene", "id": n}, "direction": direction} for n in names}
    return [
        Claim.model_validate({"id": f"{first}-{n}", "statement": {"en": n}, "parts": [part], **changed})
        for n, part in parts.items()
    ]


@cache
def samples_of(kind, seed=0, *, n=4, n_treated=None, large=False):
    """One AnnData a sample, n donors an arm, cells of two states in turn."""
    rng = np.random.default_rng(seed)
    base, of_batches, is_paired = rng.normal(2.5, 1.2, N_GENES), {}, kind.startswith("paired")
    moved = {k: (-1.0) ** k for k in range(N_SETS)} if large else MOVED
    effect = np.array([moved.get(g % N_SETS, 0.0) if g < SET_SIZE * N_SETS else 0.0 for g in range(N_GENES)])
    samples = []
    for i in range(n):
        of_donor = rng.normal(0, 0.2, N_GENES)
        for arm in ("treated", "vehicle"):
            own = of_donor if is_paired else rng.normal(0, 0.2, N_GENES)
            batch = BATCH[kind](i, arm)
            of_batch = of_batches.setdefault(batch, rng.normal(0, 0.2, N_GENES))
            log2 = base + own + rng.normal(0, 0.1, N_GENES) + of_batch + (effect if arm == "treated" else 0)
            counts = rng.poisson(2.0**log2, (N_CELLS, N_GENES))
            if arm == "vehicle" or i < (n_treated or n):
                samples.append(_sample(counts, f"d{i}" if is_paired else f"{arm[0]}{i}", arm, batch))
    return samples


def _sample(counts, donor, arm, batch):
    cells = pd.Index([f"{donor}-{arm}-{i}" for i in range(len(counts))], dtype=object)
    obs = pd.DataFrame({Obs.SAMPLE: f"{donor}-{arm}", Obs.DONOR: donor, Obs.ARM: arm, Obs.BATCH: batch}, index=cells)
    return AnnData(sparse.csr_matrix(counts, dtype=np.float32), obs=obs, var=pd.DataFrame(index=pd.Index(GENES, dtype=object)))


def states_of(samples):
    """State of each cell."""
    cells = pd.Index([cell for sample in samples for cell in sample.obs_names], dtype=object)
    return pd.Series([STATES[int(cell.split("-")[2]) % 2] for cell in cells], index=cells, dtype=object)


CLAIMS = claims_on([*SETS[:5], GENES[0], GENES[1], GENES[5]])


def judge(samples, *, states=None, sets=None, claims=CLAIMS, context=None, controls=False):
    """Return the effects and the verdicts."""
    profiles = sum_by_donor(iter(samples), states=states, min_cells=10)
    names = {claim.primary.readout.id for claim in claims}
    claimed = Claimed(sets=tuple(sorted(names & set(SETS))), genes=tuple(sorted(names - set(SETS))))
    design = Design(treated="treated", vehicle="vehicle")
    analysis = Analysis(design, sets_of() if sets is None else sets, PathwaysSettings(), 7, claimed, controls)
    effects = compute_effects(profiles, analysis)
    verdicts = judge_claims(
        dict.fromkeys(claims, "0"),
        Evidences(effects.tables),
        effects.facts,
        context=context or Context(),
        settings=VerdictsSettings(),
    )
    return effects, Words(verdicts)


@cache
def as_given(kind, seed=0, *, of_states):
    """Return what the engine says of unchanged samples."""
    samples = samples_of(kind, seed)
    return judge(samples, states=states_of(samples) if of_states else None)


@pytest.fixture(scope="session")
def engine():
    """The functions above, of the whole session: what is drawn by hypothesis shares them."""
    return SimpleNamespace(
        genes=GENES, set_names=SETS, state_names=STATES, claims=CLAIMS, sets=sets_of, claims_on=claims_on, samples=samples_of,
        states=states_of, judge=judge, as_given=as_given,
    )  # fmt: skip
