"""The rule under other labels is the rule under the true ones: every labelling is judged again the slow way."""

import numpy as np
import pandas as pd
import pytest

from scvalid.contracts.tables import PERMUTED, SPECIFICATIONS
from scvalid.contracts.verdicts import Verdict
from scvalid.errors import ContractError
from scvalid.keys import Control, Effect
from scvalid.verdicts.compute.permuted_rule import is_effect, judge_permuted, read_permuted
from scvalid.verdicts.settings import VerdictsSettings

SETS, GENES = tuple(f"S{i}" for i in range(6)), ("G0", "G1")
N_SPECIFICATIONS = 10


def _random_rows(n, seed=0):
    """Numbers under n labellings that meet and miss every condition of the rule often."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(1, n + 1):
        for kind, names in (("set", SETS), ("gene", GENES)):
            for name in names:
                theta, half = rng.normal(0, 0.4), rng.uniform(0.05, 0.4)
                p_donor = rng.choice([0.0005, 0.004, 0.02, 0.3])
                n_sign = rng.integers(8, N_SPECIFICATIONS + 1)
                turned = rng.random() < 0.2
                rows.append(
                    {
                        Control.PERMUTATION: number, Effect.STATE: "all_msc", Effect.KIND: kind, Effect.READOUT: name,
                        Effect.THETA: theta, Effect.P_DONOR: p_donor,
                        Control.P: max(p_donor, rng.choice([0.0002, 0.03])) if kind == "set" else p_donor,
                        Effect.MATCHED_SD: rng.uniform(0.02, 0.3) if kind == "set" else np.nan,
                        Control.SIGN_SHARE: n_sign / N_SPECIFICATIONS,
                        Control.P10_SHARE: rng.integers(4, n_sign + 1) / N_SPECIFICATIONS,
                        Effect.LODO_LOW: theta - (2 * abs(theta) if turned and theta > 0 else 0.01),
                        Effect.LODO_HIGH: theta + (2 * abs(theta) if turned and theta < 0 else 0.01),
                        Effect.LOW90: theta - half, Effect.HIGH90: theta + half,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)[list(PERMUTED.columns)]


def _as_true(row):
    """The numbers of one labelling as those of the true one."""
    n_sign, n_small = (round(row[c] * N_SPECIFICATIONS) for c in (Control.SIGN_SHARE, Control.P10_SHARE))
    ways = [
        (row[Effect.THETA] if i < n_sign else -row[Effect.THETA], 0.01 if i < n_small else 0.5, 0.0)
        for i in range(N_SPECIFICATIONS)
    ]
    same = (Effect.THETA, Effect.P_DONOR, Effect.MATCHED_SD, Effect.LODO_LOW, Effect.LODO_HIGH, Effect.LOW90, Effect.HIGH90)
    return {**{name: row[name] for name in same}, Effect.P_MATCHED: row[Control.P], SPECIFICATIONS: ways}


@pytest.fixture
def claims(make_claim):
    return [
        make_claim("up", "gene_set:S0:up"),
        make_claim("down", "gene_set:S1:down"),
        make_claim("none", "gene_set:S2:no_change"),
        make_claim("either", "gene_set:S3:changed"),
        make_claim("parts", "gene_set:S4:up", "gene_set:S0:down", "gene:G0:up"),
        make_claim("gene", "gene:G1:up", "gene_set:S5:up"),
        make_claim("control", "gene_set:S5:up", control="positive"),
        make_claim("repeated", "gene_set:S0:up"),
        make_claim("repeated-too", "gene_set:S0:down"),
        make_claim("absent", "gene_set:NOT_INSTALLED:up"),
    ]


def _tables(rows):
    return (
        {r[Effect.READOUT]: _as_true(r) for _, r in rows[rows[Effect.KIND] == "set"].iterrows()},
        {r[Effect.READOUT]: _as_true(r) for _, r in rows[rows[Effect.KIND] == "gene"].iterrows()},
    )


def test_each_labelling_is_judged_as_if_it_were_the_true_one(judge, claims, make_facts):
    table, facts = _random_rows(60), make_facts()
    sets, genes = _tables(table[table[Control.PERMUTATION] == 1])
    found = judge_permuted(read_permuted(table), judge(claims, sets=sets, genes=genes), facts, settings=VerdictsSettings())
    for number in range(1, 61):
        sets, genes = _tables(table[table[Control.PERMUTATION] == number])
        slow = judge(claims, sets=sets, genes=genes)
        effects = [is_effect(v.verdict, v.parts[0].direction) for v in slow]
        assert found[number - 1].tolist() == effects
    # every claim that can be tested is decided under some labellings and not under others
    assert (found[:, :9].any(axis=0) & ~found[:, :9].all(axis=0)).all()
    assert not found[:, 9].any()


def test_a_contradicted_part_keeps_a_claim_from_support(judge, make_claim, make_facts):
    """Under the mirror, where the claim itself is contradicted, its other part no longer matters."""
    table = _random_rows(1)
    own = table.assign(**{
        Effect.THETA: 1.0, Control.P: 1e-4, Effect.P_DONOR: 1e-4, Effect.MATCHED_SD: 0.05, Control.SIGN_SHARE: 1.0,
        Control.P10_SHARE: 1.0, Effect.LODO_LOW: 0.9, Effect.LODO_HIGH: 1.1, Effect.LOW90: 0.8, Effect.HIGH90: 1.2,
    })  # fmt: skip
    mirror = own.assign(**{
        Control.PERMUTATION: -1, Effect.THETA: -1.0, Effect.LODO_LOW: -1.1, Effect.LODO_HIGH: -0.9, Effect.LOW90: -1.2,
        Effect.HIGH90: -0.8,
    })  # fmt: skip
    claims = [make_claim("c", "gene_set:S0:up", "gene_set:S1:down")]
    sets, genes = _tables(table)
    effects = read_permuted(pd.concat([own, mirror]))
    found = judge_permuted(effects, judge(claims, sets=sets, genes=genes), make_facts(), settings=VerdictsSettings())
    assert effects.numbers.tolist() == [-1, 1]
    assert found[:, 0].tolist() == [True, False]


@pytest.mark.parametrize("missing", [Effect.LODO_LOW, Control.SIGN_SHARE])
def test_what_is_missing_never_decides(judge, claims, make_facts, missing):
    table = _random_rows(20)
    sets, genes = _tables(table[table[Control.PERMUTATION] == 1])
    verdicts = judge(claims, sets=sets, genes=genes)
    found = judge_permuted(
        read_permuted(table.assign(**{missing: np.nan})), verdicts, make_facts(), settings=VerdictsSettings()
    )
    assert not found.any()


def test_genes_are_found_by_their_name_in_the_data(judge, make_claim, make_facts):
    claims = [make_claim("g", "gene:HUMAN1:up")]
    table = _random_rows(5)
    sets, genes = _tables(table[table[Control.PERMUTATION] == 1])
    names = {"HUMAN1": "G1"}
    verdicts = judge(claims, sets=sets, genes=genes, orthologs=names)
    judge_permuted(read_permuted(table), verdicts, make_facts(), settings=VerdictsSettings(), orthologs=names)
    with pytest.raises(ContractError, match="gene HUMAN1 of claim g is missing"):
        judge_permuted(read_permuted(table), verdicts, make_facts(), settings=VerdictsSettings())


def test_labellings_must_have_the_same_readouts():
    with pytest.raises(ContractError, match="the same read-outs"):
        read_permuted(_random_rows(3).iloc[1:])


@pytest.mark.parametrize(
    ("verdict", "direction", "expected"),
    [
        (Verdict.SUPPORTED, "up", True),
        (Verdict.CONTRADICTED, "down", True),
        (Verdict.SUPPORTED, "no_change", False),
        (Verdict.CONTRADICTED, "no_change", True),
        (Verdict.NO_RELEVANT_EFFECT, "up", False),
        (Verdict.INCONCLUSIVE, "up", False),
    ],
)
def test_what_says_that_there_is_an_effect(verdict, direction, expected):
    assert is_effect(verdict, direction) is expected
