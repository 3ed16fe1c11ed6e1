"""A small submission with all five verdicts, hostile names and Chinese text, as models and as the files of every stage."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scvalid.contracts.claims import Bilingual, Claim
from scvalid.contracts.quality import (
    ClusteringSummary,
    IntegrationSummary,
    Limit,
    MarkerShare,
    SampleSummary,
    Truth,
    TruthFile,
)
from scvalid.contracts.readouts import Part, Readout
from scvalid.contracts.tables import COMPOSITION, MARKERS, SET_EFFECTS, STATES, TRENDS
from scvalid.contracts.verdicts import (
    ClaimVerdict,
    Code,
    DesignFacts,
    DesignFile,
    DonorValue,
    Evidence,
    Flag,
    PartVerdict,
    Reason,
    RunControls,
    Verdict,
    VerdictsFile,
)
from scvalid.io.documents import write_model
from scvalid.io.tables import write_table
from scvalid.keys import ALL_MSC, BY_STATE, Effect
from scvalid.reporting.compute.inputs import Inputs, Submitted

HOSTILE = "<img src=x onerror=alert(1)>"
DONORS = ("D1", "D2", HOSTILE, "D4")
BESIDE = json.loads((Path(__file__).parent / "beside.json").read_text(encoding="utf-8"))
"""What stands beside an effect, and the controls of the run."""
CONTROLS = RunControls.model_validate(BESIDE["controls"])
STATES_NAMED = ("basal", "osteo-primed", "stressed")


def evidence(theta: float, *, half: float = 0.2, seed: int = 1) -> Evidence:
    rng = np.random.default_rng(seed)
    base, change = rng.normal(0, 0.2, len(DONORS)), theta + rng.normal(0, 0.08, len(DONORS))
    values = [DonorValue(donor_id=d, arm="vehicle", value=float(b)) for d, b in zip(DONORS, base, strict=True)]
    values += [DonorValue(donor_id=d, arm="icariin", value=float(b + c)) for d, b, c in zip(DONORS, base, change, strict=True)]
    return Evidence(
        theta=theta, se=half / 2.2, df=5.3, low90=theta - 0.8 * half, high90=theta + 0.8 * half,
        low95=theta - half, high95=theta + half, p_donor=0.0001234, p_plain=0.0042, p_matched=0.0008, p=0.0008, q=0.0032,
        floor=0.125, matched_sd=0.06, rho=0.31, lodo_low=theta - 0.1, lodo_high=theta + 0.08, lodo_donor=DONORS[2],
        mde=0.27, n_genes_set=40, n_genes_expressed=31, weight_measured=0.93, weight_expressed=0.81,
        donor_values=tuple(values), specifications=specifications(theta), sign_share=10 / 11, p10_share=9 / 11,
        rivals=BESIDE["rivals"], n_unrelated=9, n_unrelated_moving=2, recovery=BESIDE["recovery"],
    )  # fmt: skip


def specifications(theta: float) -> list[dict[str, Any]]:
    """Twelve analyses: the exact permutation cannot reach p < .10, one has the other sign, one the same without p < .10."""
    return [row | {"effect": theta * row["effect"]} for row in BESIDE["specifications"]]


def decisive(code: Code, e: Evidence) -> Reason:
    return Reason(code=code, values={"theta": e.theta, "low95": e.low95, "high95": e.high95, "q": e.q})


def claim(identifier: str, statement: str, *readouts: str, **others: Any) -> Claim:
    kind, zh = others.pop("type", "gene_set"), others.pop("zh", None)
    parts = tuple(
        Part(readout=Readout(type=kind, id=name), direction="up", role="secondary" if i else "primary")
        for i, name in enumerate(readouts)
    )
    return Claim(id=identifier, statement=Bilingual(en=statement, zh=zh), parts=parts, **others)


def verdict(own: Claim, word: Verdict, reasons: list[Reason], values: list[Evidence | None], *flags: Flag) -> ClaimVerdict:
    why = tuple(reasons)
    parts = tuple(
        PartVerdict(
            state=ALL_MSC, readout=part.readout, direction=part.direction, role=part.role, verdict=word, reasons=why,
            flags=flags, evidence=value,
        )
        for part, value in zip(own.parts, values, strict=True)
    )  # fmt: skip
    return ClaimVerdict(claim=own, registration="9a" * 32, state=ALL_MSC, delta=0.25, verdict=word, reasons=why, parts=parts)


def five_verdicts(shift: float = 0.0) -> tuple[ClaimVerdict, ...]:
    up, down = evidence(0.52 + shift), evidence(-0.48, seed=2)
    none, wide = evidence(0.03, half=0.12, seed=3), evidence(0.2, half=0.5, seed=4)
    imprecise = Reason(code=Code.IMPRECISE, values={"low90": -0.2, "high90": 0.6, "delta": 0.25, "mde": 0.61})
    not_significant = Reason(code=Code.NOT_SIGNIFICANT, values={"q": 0.3, "alpha": 0.05})
    equal = Reason(code=Code.EQUIVALENT_TO_NONE, values={"low90": none.low90, "high90": none.high90, "delta": 0.25})
    mirna = Reason(code=Code.NOT_TRANSCRIPT_LEVEL, values={"type": "mirna"})
    osteo = claim(
        "osteo-up", "Icariin raises osteogenic programmes in mesenchymal stromal cells", "OSTEO_DIFFERENTIATION",
        zh="淫羊藿苷上调间充质基质细胞的成骨程序", sources=["doi:10.1000/example", "to verify: Example 2020"],
        compound="icariin",
        context={"species": ["human", "rat"], "medium": "osteogenic", "as_published": "BM-MSC <P3>"},
        testability={"level": "direct", "why": "its genes are transcribed"}, certainty={"level": "low", "note": "one source"},
        source_status="read; the review in a Chinese digest", quote="淫羊藿苷:促MSC成骨分化 <P3>",
    )  # fmt: skip
    nfkb = claim("nfkb-up", "Icariin raises NF-kB signalling", "TNFA_VIA_NFKB")
    hypoxia = claim("hypoxia", f"Hypoxia in {HOSTILE} cells", "HYPOXIA")
    two = claim("two-parts", "Icariin raises YAP targets and lowers senescence", "YAP_TARGETS", "SENESCENCE")
    mir21 = claim("mir-21", "Icariin raises miR-21", "miR-21", type="mirna", control="negative")
    return (
        verdict(osteo, Verdict.SUPPORTED, [decisive(Code.EFFECT_AS_REGISTERED, up)], [up], Flag.SMALL_SET),
        verdict(nfkb, Verdict.CONTRADICTED, [decisive(Code.EFFECT_OPPOSITE, down)], [down]),
        verdict(hypoxia, Verdict.NO_RELEVANT_EFFECT, [equal], [none], Flag.TRACE),
        verdict(two, Verdict.INCONCLUSIVE, [imprecise, not_significant], [wide, up]),
        verdict(mir21, Verdict.NOT_TESTABLE, [mirna], [None]),
    )


def in_state(row: ClaimVerdict, state: str) -> ClaimVerdict:
    parts = tuple(part.model_copy(update={"state": state}) for part in row.parts)
    return row.model_copy(update={"state": state, "parts": parts})


def facts(state: str, **others: Any) -> DesignFacts:
    base: dict[str, Any] = {
        "state": state, "gate": None, "is_paired": True, "n_treated": 4, "n_vehicle": 4, "donors_treated": DONORS,
        "donors_vehicle": DONORS, "df": 3, "vif": 1.0, "nuisance": ("donor_id",), "dropped_nuisance": ("batch_id",),
        "dropped_profiles": (), "smallest_exact_p": 0.125, "n_genes": 1712, "n_genes_measured": 2000,
    }  # fmt: skip
    return DesignFacts(**(base | others))


def sample(donor: str, arm: str, i: int) -> SampleSummary:
    return SampleSummary(
        sample_id=f"{donor}-{arm}", donor_id=donor, arm=arm, batch_id=f"batch{i % 2 + 1}", source_name="counts.h5ad",
        source_sha256="ab" * 32, n_genes=2000, n_genes_unmapped=3, n_genes_merged=1, n_genes_renamed=61,
        n_cells_in=520 + i, n_cells_kept=498 + i,
        limits=(
            Limit(metric="n_counts", low=310.0, high=9800.0, n_removed=12),
            Limit(metric="n_genes", low=190.0, high=None, n_removed=9),
            Limit(metric="mt_share", low=None, high=None, n_removed=0, note="mad_zero"),
        ),
        median_counts=3120.0, median_genes=1180.0, median_mt_share=0.043, median_ribo_share=0.18,
        identity=(
            MarkerShare(gene="THY1", is_expected=True, share=0.92),
            MarkerShare(gene="CD34", is_expected=False, share=None),
        ),
        alerts=("few_cells",) if i == 0 else (),
    )  # fmt: skip


def cells(n: int = 600) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    state = rng.integers(0, 3, n)
    donor, arm = (
        np.array(DONORS, dtype=object)[rng.integers(0, 4, n)],
        np.array(["vehicle", "icariin"], dtype=object)[rng.integers(0, 2, n)],
    )
    return pd.DataFrame(
        {
            "cell_id": [f"c{i}" for i in range(n)], "sample_id": [f"{d}-{a}" for d, a in zip(donor, arm, strict=True)],
            "donor_id": donor, "arm": arm, "state": np.array(STATES_NAMED, dtype=object)[state],
            "x": np.array([0, 6, 3])[state] + rng.normal(size=n), "y": np.array([0, 1, 6])[state] + rng.normal(size=n),
        }
    )  # fmt: skip


def marker_table() -> pd.DataFrame:
    rows = [(s, r, f"GENE{r}", 2.5 - r / 4, 0.8, 0.1) for s in STATES_NAMED for r in range(8)]
    return pd.DataFrame(rows, columns=["state", "rank", "gene", "log2_fold", "share_in", "share_out"])


def effect_table(n: int = 24) -> pd.DataFrame:
    rng = np.random.default_rng(6)
    table = pd.DataFrame({Effect.STATE: ALL_MSC, Effect.READOUT: [f"HALLMARK_SET_{i}" for i in range(n)], Effect.GATE: ""})
    theta = rng.normal(0, 0.25, n)
    columns = [c for c, kind in SET_EFFECTS.columns.items() if kind == "number"]
    table[columns] = 0.25
    table[Effect.THETA], table[Effect.LOW95], table[Effect.HIGH95] = theta, theta - 0.2, theta + 0.2
    table[Effect.N_SET], table[Effect.N_EXPRESSED] = 50, 41
    table.loc[n - 1, columns] = np.nan
    table.loc[n - 1, Effect.GATE] = Code.SET_MOSTLY_NOT_MEASURED.value
    table[Effect.LODO_DONOR], table[Effect.IS_FALLBACK], table[Effect.IS_PANEL] = "D1", False, True
    table.loc[0, Effect.IS_PANEL] = False
    return table


def tables_beside() -> dict[str, pd.DataFrame]:
    split = ("set", "OSTEO_DIFFERENTIATION", 0.52, 0.4, 0.2, 0.6, 0.12, -0.02, 0.26, 3.0)
    numbers, levels = (0.24, 0.11, 0.37, 0.002, 0.011, 3.0), "[[0.0, 0.0], [1.0, 0.21], [10.0, 0.48]]"
    trend = ("icariin-doses", "dose", ALL_MSC, "set", "OSTEO_DIFFERENTIATION", *numbers, True, levels)
    rows = {"composition": (split, COMPOSITION), "trends": (trend, TRENDS)}
    return {name: pd.DataFrame([row], columns=list(contract.columns)) for name, (row, contract) in rows.items()}


@pytest.fixture
def hostile() -> str:
    """A name that runs as script wherever it is not escaped."""
    return HOSTILE


def told() -> dict[str, Any]:
    rows = [(d, a, i) for i, (d, a) in enumerate((d, a) for d in DONORS for a in ("vehicle", "icariin"))]
    return {
        "dataset": "demo-msc", "title": "Icariin in mesenchymal stromal cells", "seed": 0,
        "context": {"cell_type": "MSC", "species": "human", "medium": "basal", "induction": None},
        "compound": {
            "name": "icariin", "name_zh": "淫羊藿苷", "inchikey": "TZJALUIVHRYQQB-XLRXWWTNSA-N", "dose": "10 uM",
            "exposure": "48 h", "vehicle": "DMSO 0.1 %",
        },
        "design": {"treated": "icariin", "vehicle": "vehicle", "pairing": "auto"},
        "samples": [
            {"sample_id": f"{d}-{a}", "donor_id": d, "arm": a, "batch_id": f"batch{i % 2 + 1}", "path": f"data/{i}.h5ad"}
            for d, a, i in rows
        ],
        "settings": {"qc": {"n_mads": 3, "min_genes": 200}, "pseudobulk": {"min_cells": 20}, "reporting": {"language": "en"}},
        "versions": {"scanpy": "1.11.5", "anndata": "0.12.0"},
        "fingerprints": {"qc": "cd" * 32, "pseudobulk": "ef" * 32, "verdicts": "12" * 32},
        "gene_sets": [
            {"file": "sets.tsv", "sha256": "34" * 32, "licence": "CC BY 4.0", "citation": "doi:10.1016/x", "source": "MSigDB"}
        ],
        "set_status": {
            "OSTEO_DIFFERENTIATION": "curated - to review", "HYPOXIA": "submitted", "YAP_TARGETS": "read", "SENESCENCE": "file",
            "HALLMARK_SET_3": "curated - to review", "HALLMARK_SET_4": "file",
        },
        "is_simulated": True,
    }  # fmt: skip


@pytest.fixture
def submission() -> dict[str, Any]:
    """The submission as the command hands it over."""
    return told()


@pytest.fixture(scope="session")
def inputs() -> Inputs:
    """Everything the report is made of; frozen, so that all tests may share it."""
    whole = five_verdicts()
    shifted = zip(*(five_verdicts(0.05 * i) for i in range(len(STATES_NAMED))), strict=True)
    within = tuple(in_state(row, state) for rows in shifted for row, state in zip(rows, STATES_NAMED, strict=True))
    planted = (0.5, -0.5, 0.0, 0.5, None)
    truth = tuple(
        Truth(claim_id=row.claim.id, planted_log2fc=effect, expected=row.verdict, accepted=(row.verdict,))
        for row, effect in zip(whole, planted, strict=True)
    )
    design = DesignFile(grouping=ALL_MSC, states=(facts(ALL_MSC),))
    designs = DesignFile(grouping=BY_STATE, states=tuple(facts(state) for state in STATES_NAMED))
    return Inputs(
        submitted=Submitted.model_validate(told()),
        all_msc=VerdictsFile(grouping=ALL_MSC, registration="78" * 32, claims=whole, design=design, controls=CONTROLS),
        by_state=VerdictsFile(grouping=BY_STATE, registration="78" * 32, claims=within, design=designs),
        quality=tuple(sample(d, a, i) for i, (d, a) in enumerate((d, a) for d in DONORS for a in ("vehicle", "icariin"))),
        integration=IntegrationSummary(
            method="harmony", batch_keys=("donor_id", "batch_id"), n_cells=4000, n_genes=2000, n_variable_genes=1500,
            n_dims=30, seed=0,
        ),
        clustering=ClusteringSummary(resolution=0.5, n_neighbours=15, n_states=3, seed=0),
        states=cells(),
        markers=marker_table(),
        set_effects=effect_table(),
        **tables_beside(),
        truth=TruthFile(seed=0, claims=truth),
    )  # fmt: skip


@pytest.fixture
def files(inputs: Inputs, submission: dict[str, Any], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Write the inputs as the files of every stage into a folder; give the arguments of ``step.run``."""

    def write(name: str = "run") -> dict[str, Any]:
        folder = tmp_path / name
        models = {"all_msc": inputs.all_msc, "by_state": inputs.by_state, "integration": inputs.integration}
        models |= {"clustering": inputs.clustering, "truth": inputs.truth}
        for key, model in models.items():
            write_model(folder / f"{key}.json", model)
        quality = [folder / f"quality-{i}.json" for i in range(len(inputs.quality))]
        for path, summary in zip(quality, inputs.quality, strict=True):
            write_model(path, summary)
        tables = {
            "states": (inputs.states, STATES),
            "markers": (inputs.markers, MARKERS),
            "set_effects": (inputs.set_effects, SET_EFFECTS),
            "composition": (inputs.composition, COMPOSITION),
            "trends": (inputs.trends, TRENDS),
        }
        for key, (table, contract) in tables.items():
            write_table(folder / f"{key}.parquet", table, contract)
        return {
            "submission": submission, "quality": quality, "html": folder / "report.html", "verdicts": folder / "verdicts.json",
            **{key: folder / f"{key}.json" for key in models}, **{key: folder / f"{key}.parquet" for key in tables},
        }  # fmt: skip

    return write
