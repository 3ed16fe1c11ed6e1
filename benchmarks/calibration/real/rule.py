"""The whole rule on Kang's donors: arms swapped at random, fewer donors, more claims, another clustering."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from anndata import AnnData
from benchmarks.calibration.real.data import SETTINGS, TREATED, VEHICLE, Kang
from benchmarks.donor_variation import KANG
from numpy.typing import NDArray
from scipy import stats

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.claims import Bilingual, Claim, ClaimsFile
from scvalid.contracts.readouts import Part, Readout
from scvalid.contracts.tables import PERMUTED, PROFILES, SET_EFFECTS
from scvalid.contracts.verdicts import ClaimVerdict, Verdict
from scvalid.io.documents import read_yaml
from scvalid.keys import Effect, GeneSet, Kind, Obs
from scvalid.pathways.compute.effects import Analysis, Effects, compute_effects
from scvalid.settings import Context, Design
from scvalid.verdicts.compute.evidence import Evidences
from scvalid.verdicts.compute.judge import judge_claims
from scvalid.verdicts.compute.permuted_rule import PermutedEffects, judge_permuted, read_permuted
from scvalid.verdicts.settings import VerdictsSettings

CONTEXT: Final = Context(cell_type="PBMC", species="human")
DESIGN: Final = Design(treated=TREATED, vehicle=VEHICLE)
VERDICTS: Final = VerdictsSettings()  # type: ignore[call-arg]
DECISIVE: Final = (Verdict.SUPPORTED, Verdict.CONTRADICTED)
Claims = dict[Claim, str]
"""Claim -> its registration."""
KNOWN: Final = "KANG1"
"""The claim that interferon beta activates JAK-STAT."""
KNOWN_SET: Final = "PROGENY_JAK-STAT"
N_MORE = 20
ALONE, FAMILY, OWN = "each claim alone", "BH over all claims", "BH over Kang's own claims"
SAME: Final = (Effect.THETA, Effect.SE, Effect.P_DONOR, Effect.P_PLAIN, Effect.P_MATCHED, Effect.LOW90, Effect.HIGH90)


class Shown(NamedTuple):
    """One thing that was to be shown; a rate with its exact (Clopper & Pearson) interval where it is one."""

    what: str
    claim: str
    true_verdict: str
    found: int
    of: int
    share: str
    low: str
    high: str


def rule_rows(data: Kang) -> Iterator[Shown]:
    """Yield the rows: flips for every claim, then subsets of donors, then what must change nothing."""
    yield from _flips(data)
    yield from _subsets(data)
    yield from _unchanged(data)


def own_claims() -> Claims:
    """Return the claims that the repository has on this experiment."""
    return dict.fromkeys(ClaimsFile.model_validate(read_yaml(KANG.parent / "claims.yaml")).claims, "0")


def claims_on(sets: Sequence[str]) -> Claims:
    """Return one claim on each set, that it goes up."""
    return {
        Claim(
            id=f"SET-{name}"[:64],
            statement=Bilingual(en=f"moves {name}"),
            parts=(Part(readout=Readout(type="gene_set", id=name), direction="up"),),
        ): "0"
        for name in sets
    }


def effects_of(profiles: AnnData, sets: pd.DataFrame, claims: Claims, *, controls: bool = False) -> Effects:
    """Return the effects as the workflow computes them."""
    readouts = [part.readout for claim in claims for part in claim.parts]
    claimed = Claimed(
        sets=tuple(sorted({r.id for r in readouts if r.type in {"gene_set", "pathway", "tf"}})),
        genes=tuple(sorted({r.id for r in readouts if r.type == "gene"})),
    )
    return compute_effects(profiles, Analysis(DESIGN, sets, SETTINGS, 0, claimed=claimed, controls=controls))


def judge(effects: Effects, claims: Claims) -> dict[str, list[tuple[ClaimVerdict, ...]]]:
    """Return the verdicts of families: each claim as one of its own under ``ALONE``, all as one under ``FAMILY``."""
    # the values of profiles stand beside a verdict and do not enter it
    evidences = Evidences({contract: table for contract, table in effects.tables.items() if contract is not PROFILES})

    def judged(family: Claims) -> tuple[ClaimVerdict, ...]:
        return judge_claims(family, evidences, effects.facts, context=CONTEXT, settings=VERDICTS)

    return {ALONE: [judged({claim: registration}) for claim, registration in claims.items()], FAMILY: [judged(claims)]}


def verdicts_of(effects: Effects, claims: Claims, how: str) -> dict[str, Verdict]:
    """Return the verdict on each claim by its id."""
    return {verdict.claim.id: verdict.verdict for family in judge(effects, claims)[how] for verdict in family}


def swapped(profiles: AnnData, donors: Sequence[str]) -> AnnData:
    """Return the profiles with the arms of some donors swapped."""
    changed = profiles.copy()
    arm = changed.obs[Obs.ARM].astype(str)
    other = arm.map({VEHICLE: TREATED, TREATED: VEHICLE})
    changed.obs[Obs.ARM] = arm.where(~changed.obs[Obs.DONOR].isin(donors), other)
    return changed


def _flips(data: Kang) -> Iterator[Shown]:
    """Yield each testable claim, Kang's own and one on every panel set, over all informative flips as a run's control has it.

    Null claims are those that are not decisive under the true labels; a claim alone is the harder question.
    """
    claims = own_claims() | claims_on(sorted(data.panel[GeneSet.SET].unique()))
    effects = effects_of(data.profiles, data.panel, claims, controls=True)
    permuted, facts = read_permuted(effects[PERMUTED]), effects.facts.states[0]
    families_of = judge(effects, claims) | {OWN: judge(effects, own_claims())[FAMILY]}
    for how, families in families_of.items():
        is_decisive = [judge_permuted(permuted, family, facts, settings=VERDICTS) for family in families]
        verdicts, found = [verdict for family in families for verdict in family], np.hstack(is_decisive)
        yield from _rows_of_flips(how, verdicts, found)
        if how != OWN:
            yield from _recomputed(data, claims, permuted, {v.claim.id: found[:, i] for i, v in enumerate(verdicts)}, how)


def _rows_of_flips(how: str, verdicts: Sequence[ClaimVerdict], found: NDArray[np.bool_]) -> Iterator[Shown]:
    what, n = f"decisive under swapped arms, {how}", len(found)
    testable = [i for i, verdict in enumerate(verdicts) if verdict.verdict != Verdict.NOT_TESTABLE]
    nulls = [i for i in testable if verdicts[i].verdict not in DECISIVE]
    yield _share(what, f"all {len(nulls)} null claims", "", int(found[:, nulls].sum()), n * len(nulls))
    for i in testable:
        yield _share(what, verdicts[i].claim.id, str(verdicts[i].verdict), int(found[:, i].sum()), n)


def _recomputed(
    data: Kang, claims: Claims, permuted: PermutedEffects, found: dict[str, NDArray[np.bool_]], how: str
) -> Iterator[Shown]:
    """Yield how many verdicts of the control are those of profiles that were relabelled before anything was computed."""
    differ, of = [], 0
    thetas = permuted.columns[Effect.THETA][:, permuted.places[Kind.SET, KNOWN_SET]]
    for donors in (data.donors[:4], data.donors[1:3], data.donors[::3]):
        effects = effects_of(swapped(data.profiles, donors), data.panel, claims)
        table = effects[SET_EFFECTS].set_index(Effect.READOUT)
        (row,) = np.flatnonzero(np.isclose(thetas, table.loc[KNOWN_SET, Effect.THETA], rtol=0, atol=1e-9))
        for name, verdict in verdicts_of(effects, claims, how).items():
            differ += [name] if (verdict in DECISIVE) != found[name][row] else []
            of += 1
    yield _share(f"the same from relabelled profiles, {how}", f"all but {differ or 'none'}", "", of - len(differ), of)


def _subsets(data: Kang) -> Iterator[Shown]:
    """Yield how often the known truth is supported with fewer donors, among Kang's own claims."""
    claims = own_claims()
    for n in (8, 4, 3):
        chosen = list(combinations(data.donors, n))
        verdicts = [_verdicts_with(data, donors, claims) for donors in chosen]
        found = sum(verdict[KNOWN] == Verdict.SUPPORTED for verdict in verdicts)
        yield _share(f"SUPPORTED with {n} donors", KNOWN, "", found, len(chosen))


def _verdicts_with(data: Kang, donors: Sequence[str], claims: Claims) -> dict[str, Verdict]:
    profiles = data.of(donors, [VEHICLE, TREATED])
    return verdicts_of(effects_of(profiles, data.panel, claims), claims, FAMILY)


def _unchanged(data: Kang) -> Iterator[Shown]:
    """Yield how many panel sets keep every number of their effect, bit for bit."""
    claims, sets = own_claims(), sorted(data.panel[GeneSet.SET].unique())
    base = _numbers(effects_of(data.profiles, data.panel, claims))
    more = claims | claims_on(sets[:N_MORE])
    labs = data.panel[data.panel[GeneSet.SET].isin(sets[::9])]
    labs = labs.assign(**{GeneSet.SET: "LAB_" + labs[GeneSet.SET], GeneSet.IS_PANEL: False})
    mixed = data.profiles[np.random.default_rng(1).permutation(data.profiles.n_obs)].copy()
    cases = {
        f"unchanged by {N_MORE} more claims": effects_of(data.profiles, data.panel, more),
        "unchanged by 10 sets of a lab": effects_of(data.profiles, pd.concat([data.panel, labs]), claims),
        "unchanged by the order of profiles": effects_of(mixed, data.panel, claims),
    }
    for name, effects in cases.items():
        other = _numbers(effects).reindex(base.index)
        tolerance = 0.0 if "order" not in name else 1e-10
        same = (np.isclose(base, other, rtol=tolerance, atol=tolerance, equal_nan=True)).all(axis=1)
        yield _share(name, "all tested panel sets", "", int(same.sum()), len(base))


def _numbers(effects: Effects) -> pd.DataFrame:
    table = effects[SET_EFFECTS]
    return table[table[Effect.GATE] == ""].set_index(Effect.READOUT)[list(SAME)]


def _share(what: str, claim: str, verdict: str, found: int, n: int) -> Shown:
    low = stats.beta.ppf(0.025, found, n - found + 1) if found else 0.0
    high = stats.beta.isf(0.025, found + 1, n - found) if found < n else 1.0
    return Shown(what, claim, verdict, found, n, *(f"{value:.4f}" for value in (found / n, low, high)))
