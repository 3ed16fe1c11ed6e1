"""The shipped rule on simulated profiles: effects, evidence and verdicts as the workflow computes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from anndata import AnnData
from benchmarks.calibration.programmes import N_SETS, Genome
from benchmarks.calibration.simulator import Dataset
from benchmarks.calibration.studies import PRIMARY
from numpy.typing import NDArray

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.claims import Bilingual, Claim, ClaimContext
from scvalid.contracts.readouts import Part, Readout
from scvalid.contracts.sources import Retraction
from scvalid.contracts.tables import GENE_EFFECTS, PROFILES, SET_EFFECTS
from scvalid.contracts.verdicts import ClaimVerdict, DesignFile
from scvalid.keys import ALL_MSC, Effect, GeneSet, Layer, Obs, Uns
from scvalid.pathways.compute.effects import Analysis, Effects, compute_effects
from scvalid.pathways.settings import PathwaysSettings
from scvalid.settings import Context, Design
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.settings import VerdictsSettings

TREATED, VEHICLE, STATE = "treated", "vehicle", "all"
CONTEXT: Final = Context.model_validate({"cell_type": "MSC", "species": "human"})
VERDICTS: Final = VerdictsSettings.model_validate({})


@dataclass(frozen=True)
class Asked:
    """What is asked of a data set: the test that decides, the direction of each claim, and what claims carry besides.

    Claims are on the 20 sets, or on ``genes`` where there are any.
    """

    directions: Sequence[str]
    primary_test: str = PRIMARY
    context: ClaimContext = field(default_factory=ClaimContext)
    is_retracted: bool = False
    genes: tuple[str, ...] = ()

    @property
    def readouts(self) -> list[Readout]:
        """Return what the claims read out."""
        if self.genes:
            return [Readout(type="gene", id=name) for name in self.genes]
        return [Readout(type="gene_set", id=name) for name in names_of_sets()]


def names_of_sets() -> list[str]:
    """Return the ids of the simulated sets."""
    return [f"set{k:02d}" for k in range(N_SETS)]


def names_of_genes(genes: NDArray[np.intp]) -> list[str]:
    """Return the symbols of simulated genes."""
    return [f"g{i:04d}" for i in genes]


def profiles_of(dataset: Dataset) -> AnnData:
    """Return the simulated profiles as the stage ``pseudobulk`` hands them over."""
    layout = dataset.layout
    obs = pd.DataFrame(
        {
            Obs.DONOR: [f"D{donor}" for donor in layout.donors],
            Obs.ARM: np.where(layout.is_treated, TREATED, VEHICLE).astype(object),
            Obs.BATCH: [f"B{batch}" for batch in layout.batches],
            Obs.STATE: STATE,
            Obs.N_CELLS: dataset.n_cells,
            Obs.IS_USED: True,
        },
        index=[f"p{i}" for i in range(layout.donors.size)],
    )
    genes = pd.DataFrame(index=names_of_genes(np.arange(dataset.counts.shape[1])))
    return AnnData(
        dataset.counts, obs=obs, var=genes, layers={Layer.N_DETECTED: dataset.n_detected}, uns={Uns.GROUPING: ALL_MSC}
    )


def sets_of(genome: Genome) -> pd.DataFrame:
    """Return the simulated sets as the table of registered sets."""
    members = [np.flatnonzero(genome.programme == k) for k in range(N_SETS)]
    genes = np.concatenate(members)
    return pd.DataFrame(
        {
            GeneSet.SET: np.repeat(names_of_sets(), [m.size for m in members]).astype(object),
            GeneSet.GENE: names_of_genes(genes),
            GeneSet.WEIGHT: genome.sign[genes],
            GeneSet.IS_PANEL: True,
        }
    )


def effects_of(dataset: Dataset, asked: Asked, *, seed: int) -> Effects:
    """Return the tables of effects of one data set."""
    settings = PathwaysSettings.model_validate({"primary_test": asked.primary_test})
    design = Design(treated=TREATED, vehicle=VEHICLE)
    claimed = Claimed(genes=asked.genes) if asked.genes else Claimed(sets=tuple(names_of_sets()))
    sets = sets_of(dataset.genome)
    return compute_effects(profiles_of(dataset), Analysis(design, sets, settings, seed, claimed=claimed, controls=False))


def verdicts_of(effects: Effects, asked: Asked) -> tuple[tuple[ClaimVerdict, ...], tuple[ClaimVerdict, ...], DesignFile]:
    """Return the verdicts on the claims of one family, on each claim as a family of one, and the facts of the design."""
    # the values of profiles stand beside a verdict and do not enter it
    evidences = Evidences({contract: table for contract, table in effects.tables.items() if contract is not PROFILES})
    claims = claims_of(asked)

    def judged(chosen: Mapping[Claim, str]) -> tuple[ClaimVerdict, ...]:
        return judge_claims(chosen, evidences, effects.facts, context=CONTEXT, settings=VERDICTS)

    alone = tuple(verdict for claim, registration in claims.items() for verdict in judged({claim: registration}))
    return judged(claims), alone, effects.facts


def claims_of(asked: Asked) -> dict[Claim, str]:
    """Return one claim on each set, or on each gene."""
    retraction = Retraction(status="retracted") if asked.is_retracted else Retraction()
    return {
        Claim(
            id=f"claim-{readout.id}",
            statement=Bilingual(en=f"moves {readout.id}"),
            parts=(Part(readout=readout, direction=direction),),  # type: ignore[arg-type]
            context=asked.context,
            retraction=retraction,
        ): "0"
        for readout, direction in zip(asked.readouts, asked.directions, strict=True)
    }


NUMBERS: Final = (
    Effect.THETA, Effect.LOW90, Effect.HIGH90, Effect.LOW95, Effect.HIGH95, Effect.P_DONOR, Effect.P_PLAIN, Effect.P_MATCHED,
    Effect.MATCHED_SD, Effect.RHO, Effect.MDE, Effect.IS_FALLBACK,
)  # fmt: skip


def judge(effects: Effects, asked: Asked) -> pd.DataFrame:
    """Return one row a claim: the numbers of its effect, its verdict in the family and its verdict alone."""
    family, alone, facts = verdicts_of(effects, asked)
    own = effects[GENE_EFFECTS if asked.genes else SET_EFFECTS].set_index(Effect.READOUT)
    numbers = own.reindex(columns=list(NUMBERS)).reindex([readout.id for readout in asked.readouts])
    genes = effects[GENE_EFFECTS]
    is_gene_testable = genes[Effect.P_DONOR].notna()
    table = numbers.reset_index(names="set").assign(
        verdict_family=[str(v.verdict) for v in family],
        verdict_alone=[str(v.verdict) for v in alone],
        reason=[str(v.reasons[0].code) for v in alone],
        n_genes_p05=int((genes.loc[is_gene_testable, Effect.P_DONOR] <= 0.05).sum()),
        n_genes_tested=int(is_gene_testable.sum()),
    )
    state = facts.states[0]
    return table.assign(df=state.df, gate=str(state.gate.code) if state.gate else "")
