"""Claims that must hold in several contrasts: the intersection-union test over verdicts that were reached in each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scvalid.contracts.verdicts import (
    BeyondVerdict,
    ClaimVerdict,
    Code,
    Evidence,
    InContrast,
    Reason,
    Verdict,
    VerdictsFile,
)
from scvalid.errors import ContractError
from scvalid.stats.equivalence import is_equivalent_to_none, widen_95
from scvalid.verdicts.compute.families import q_of_readouts

EQUIVALENCE_LEVEL = 0.05
"""Of each one-sided test, over all contrasts of a claim together."""


@dataclass(frozen=True)
class _Case:
    """One claim in one state: what each contrast says of it, its own first."""

    verdicts: Mapping[str, ClaimVerdict]

    @property
    def own(self) -> ClaimVerdict:
        return next(iter(self.verdicts.values()))

    @property
    def evidence(self) -> dict[str, Evidence]:
        """Numbers of the primary part in each contrast that has them."""
        found = {name: verdict.parts[0].evidence for name, verdict in self.verdicts.items()}
        return {name: evidence for name, evidence in found.items() if evidence is not None}

    @property
    def p(self) -> float | None:
        """Largest p value over the contrasts; None unless each has one."""
        p = [evidence.p for evidence in self.evidence.values()]
        return max(p) if len(p) == len(self.verdicts) else None

    def of(self, verdict: Verdict) -> list[str]:
        """Return the contrasts that reached a verdict."""
        return [name for name, found in self.verdicts.items() if found.verdict == verdict]


def judge_beyond(files: Sequence[VerdictsFile], *, alpha: float) -> tuple[BeyondVerdict, ...]:
    """Return the verdict on every claim of the first contrast over all contrasts.

    SUPPORTED: SUPPORTED in each contrast, with one sign, and q <= alpha, where q corrects the largest p value of each read-out
    over all of them (a claim of no change has no such p: equivalence must be shown in each). CONTRADICTED: contradicted in one,
    with q <= alpha / k there, for it could be any of the k contrasts. NO_RELEVANT_EFFECT: that in one, for the same reason by
    two one-sided tests at .05 / k (``stats.equivalence.widen_95``). NOT_TESTABLE: in one. Else INCONCLUSIVE.

    Parameters
    ----------
    files
        Verdicts of the contrasts that the claims must hold in.
    alpha
        Bound on q of a decisive verdict.

    References
    ----------
    Berger 1982, doi:10.1080/00401706.1982.10487790: the union of nulls is rejected at level a if each is, without correction.
    """
    cases = list(_cases(files))
    q = _q_values(cases)
    return tuple(_judge(case, q[i], alpha=alpha) for i, case in enumerate(cases))


def _cases(files: Sequence[VerdictsFile]) -> Iterable[_Case]:
    found = {_name(file): {(v.claim.id, v.state): v for v in file.claims} for file in files}
    for key in next(iter(found.values())):
        lacking = [name for name, verdicts in found.items() if key not in verdicts]
        if lacking:
            msg = f"claim '{key[0]}' must be judged in each contrast, and is not in {', '.join(lacking)}"
            raise ContractError(msg)
        yield _Case({name: verdicts[key] for name, verdicts in found.items()})


def _name(file: VerdictsFile) -> str:
    if file.contrast is None:
        msg = "verdicts of the headline comparison are those of no contrast"
        raise ContractError(msg)
    return file.contrast


def _q_values(cases: Sequence[_Case]) -> list[float | None]:
    """Return q over the read-outs that have a p value in each contrast; a control is a family of one, as everywhere."""
    q = [case.p for case in cases]
    tests = {i: (case.own.parts[0].key, case.p) for i, case in enumerate(cases) if case.p is not None}
    members = [i for i in tests if not cases[i].own.claim.is_control]
    for i, value in zip(members, q_of_readouts([tests[i] for i in members]), strict=True):
        q[i] = value
    return q


def _judge(case: _Case, q: float | None, *, alpha: float) -> BeyondVerdict:
    verdict, reason = _decide(case, q, alpha=alpha)
    return BeyondVerdict(
        claim_id=case.own.claim.id,
        state=case.own.state,
        verdict=verdict,
        reasons=(reason,),
        p=case.p,
        q=q,
        contrasts=tuple(_in_contrast(name, found, case.evidence.get(name)) for name, found in case.verdicts.items()),
    )


def _decide(case: _Case, q: float | None, *, alpha: float) -> tuple[Verdict, Reason]:
    evidence, delta = case.evidence, case.own.delta
    if untestable := case.of(Verdict.NOT_TESTABLE):
        return Verdict.NOT_TESTABLE, _reason(Code.CONTRAST_NOT_TESTABLE, untestable)
    opposed = [name for name in case.of(Verdict.CONTRADICTED) if evidence[name].q <= alpha / len(case.verdicts)]
    if opposed:
        return Verdict.CONTRADICTED, _reason(Code.OPPOSITE_IN_CONTRAST, opposed)
    flat = case.of(Verdict.NO_RELEVANT_EFFECT)
    flat = [name for name in flat if _is_flat(evidence[name], len(case.verdicts), delta=delta)]
    if flat:
        return Verdict.NO_RELEVANT_EFFECT, _reason(Code.NONE_IN_CONTRAST, flat, delta=delta)
    shown = case.of(Verdict.SUPPORTED)
    if len(shown) < len(case.verdicts):
        return Verdict.INCONCLUSIVE, _reason(Code.NOT_SHOWN_IN_CONTRAST, [n for n in case.verdicts if n not in shown])
    return _decide_shown(case, 1.0 if q is None else q, alpha=alpha)


def _is_flat(evidence: Evidence, k: int, *, delta: float) -> bool:
    low, high = widen_95(evidence.low95, evidence.high95, evidence.df, one_sided=EQUIVALENCE_LEVEL / k)
    return is_equivalent_to_none(low, high, delta=delta)


def _decide_shown(case: _Case, q: float, *, alpha: float) -> tuple[Verdict, Reason]:
    """Judge a claim that every contrast supports: with one sign, and still so among all claims."""
    is_none_claimed = case.own.claim.primary.direction == "no_change"
    if not is_none_claimed and len({evidence.theta > 0 for evidence in case.evidence.values()}) > 1:
        return Verdict.INCONCLUSIVE, _reason(Code.NOT_SHOWN_IN_CONTRAST, list(case.verdicts))
    if not is_none_claimed and not q <= alpha:
        return Verdict.INCONCLUSIVE, Reason(code=Code.NOT_SIGNIFICANT, values={"q": q, "alpha": alpha})
    return Verdict.SUPPORTED, _reason(Code.HOLDS_IN_EACH, list(case.verdicts), p=case.p or 0.0, q=q)


def _reason(code: Code, contrasts: Sequence[str], **values: float) -> Reason:
    return Reason(code=code, values={"contrasts": ", ".join(contrasts), **values})


def _in_contrast(name: str, found: ClaimVerdict, evidence: Evidence | None) -> InContrast:
    numbers = {} if evidence is None else evidence.model_dump(include={"theta", "low95", "high95", "p", "q"})
    return InContrast(contrast=name, verdict=found.verdict, **numbers)
