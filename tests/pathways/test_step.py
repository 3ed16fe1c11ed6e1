"""From files to tables of effects: what is read is what is computed, and own sets never touch registered ones."""

import numpy as np
import pandas as pd
import pytest
from anndata import AnnData

from scvalid.contracts.claimed import Claimed
from scvalid.contracts.tables import (
    COMPOSITION,
    GENE_EFFECTS,
    PERMUTED,
    PROFILES,
    RECOVERY,
    RIVALS,
    SET_EFFECTS,
    SPECIFICATIONS,
    TRENDS,
    VEHICLE_SPLITS,
)
from scvalid.contracts.verdicts import DesignFile
from scvalid.io.documents import read_model
from scvalid.io.matrices import write_adata
from scvalid.io.tables import read_table
from scvalid.keys import ALL_MSC, Effect, Layer, Obs, Uns
from scvalid.pathways.settings import PathwaysSettings
from scvalid.pathways.step import run
from scvalid.settings import Design

N_GENES = 300
BESIDE = {
    "specifications": SPECIFICATIONS, "rivals": RIVALS, "permuted": PERMUTED, "recovery": RECOVERY,
    "vehicle_splits": VEHICLE_SPLITS, "composition": COMPOSITION, "trends": TRENDS,
}  # fmt: skip


@pytest.fixture
def estimate(tmp_path):
    """``estimate(own="gmt text")`` runs the stage in a folder and returns the folder."""
    rng = np.random.default_rng(0)
    base = rng.lognormal(3, 1, N_GENES)
    rows = [(donor, arm, "b1", ALL_MSC, 100, True) for donor in "abc" for arm in ("treated", "vehicle")]
    obs = pd.DataFrame(rows, columns=[Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED])
    obs.index = pd.Index([f"profile_{i}" for i in range(len(obs))], dtype=object)
    x = rng.poisson(base * rng.lognormal(0, 0.2, (len(obs), N_GENES))).astype(float)
    var = pd.DataFrame(index=pd.Index([f"G{i}" for i in range(N_GENES)], dtype=object))
    layers = {Layer.N_DETECTED: np.minimum(x, 100)}
    write_adata(tmp_path / "profiles.h5ad", AnnData(X=x, obs=obs, var=var, layers=layers, uns={Uns.GROUPING: ALL_MSC}))
    sets = {f"S{i}": range(20 * i, 20 * i + 20) for i in range(5)}
    lines = ["\t".join([name, "", *(f"G{g}" for g in genes)]) for name, genes in sets.items()]
    (tmp_path / "panel.gmt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run_with(own=None, *, has_panel=True):
        if own is not None:
            (tmp_path / "own.gmt").write_text(own, encoding="utf-8")
        run(
            settings=PathwaysSettings(n_matched_sets=999),
            design=Design(treated="treated", vehicle="vehicle"),
            seed=0,
            source=tmp_path / "profiles.h5ad",
            gene_sets=[tmp_path / "panel.gmt"] if has_panel else [],
            other_gene_sets=[] if own is None else [tmp_path / "own.gmt"],
            sets=tmp_path / "sets.parquet",
            genes=tmp_path / "genes.parquet",
            profiles=tmp_path / "values.parquet",
            facts=tmp_path / "facts.json",
            claimed=Claimed(sets=("S0",), genes=("G7", "NOWHERE")),
            **{name: tmp_path / f"{name}.parquet" for name in BESIDE},
        )
        return tmp_path

    return run_with


def _own(name, genes):
    return "\t".join([name, "", *(f"G{g}" for g in genes)]) + "\n"


def test_files_hold_their_contracts_and_the_same_run_gives_the_same_bytes(estimate):
    folder = estimate()
    assert len(read_table(folder / "sets.parquet", SET_EFFECTS)) == 5
    assert len(read_table(folder / "genes.parquet", GENE_EFFECTS)) == N_GENES
    read_table(folder / "values.parquet", PROFILES)
    assert read_model(folder / "facts.json", DesignFile).states[0].gate is None
    for name, contract in BESIDE.items():
        read_table(folder / f"{name}.parquet", contract)
    names = ["sets.parquet", "genes.parquet", "values.parquet", "facts.json", *(f"{name}.parquet" for name in BESIDE)]
    before = [(folder / name).read_bytes() for name in names]
    estimate()
    assert [(folder / name).read_bytes() for name in names] == before


def test_an_own_set_is_scored_and_moves_no_registered_set(estimate):
    expected = read_table(estimate() / "sets.parquet", SET_EFFECTS).set_index(Effect.READOUT)
    found = read_table(estimate(_own("MINE", range(250, 290))) / "sets.parquet", SET_EFFECTS).set_index(Effect.READOUT)
    assert not found.loc["MINE", Effect.IS_PANEL]
    pd.testing.assert_frame_equal(found.drop("MINE"), expected, rtol=1e-9)


@pytest.mark.parametrize("own", [None, "MINE\t\t" + "\t".join(f"G{i}" for i in range(30)) + "\n"])
def test_a_species_without_registered_sets_has_its_genes_tested(estimate, own):
    folder = estimate(own, has_panel=False)
    assert list(read_table(folder / "sets.parquet", SET_EFFECTS)[Effect.READOUT]) == ([] if own is None else ["MINE"])
    genes = read_table(folder / "genes.parquet", GENE_EFFECTS)
    assert genes.loc[genes[Effect.GATE] == "", Effect.P_DONOR].notna().all()
