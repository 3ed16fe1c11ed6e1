"""Contract of the AnnData files between stages: raw counts, unique names, named columns."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from anndata import AnnData
from scipy import sparse

from scvalid.errors import ContractError
from scvalid.keys import MODALITY_PREFIX, Layer, Obs, Uns, Var

CELL_COLUMNS = (Obs.SAMPLE, Obs.DONOR, Obs.ARM, Obs.BATCH)
PROFILE_COLUMNS = (Obs.DONOR, Obs.ARM, Obs.BATCH, Obs.STATE, Obs.N_CELLS, Obs.IS_USED)


def faults_of_counts(matrix: Any) -> list[str]:
    """Return what is wrong with a matrix of raw counts: not numbers, not finite, negative or not whole."""
    values = matrix.data if sparse.issparse(matrix) else np.asarray(matrix)
    if values.size == 0:
        return []
    if not np.isfinite(values).all():
        return ["counts are not finite"]
    if (values < 0).any():
        return ["counts are negative"]
    return ["counts are not whole numbers"] if (values != np.round(values)).any() else []


def _check(name: str, adata: AnnData, columns: Sequence[str]) -> AnnData:
    faults = [f"obs column '{c}' is missing" for c in columns if c not in adata.obs]
    faults += [
        f"{axis} names are not unique" for axis, i in (("cell", adata.obs_names), ("gene", adata.var_names)) if not i.is_unique
    ]
    faults += faults_of_counts(adata.X)
    if faults:
        msg = f"{name}: {'; '.join(faults)}"
        raise ContractError(msg)
    return adata


def check_cells(adata: AnnData) -> AnnData:
    """Return the cells x genes of one sample unchanged, or raise ContractError.

    ``X`` holds raw counts (CSR); ``obs`` names sample, donor, arm and batch; ``var`` is indexed by gene symbol and marks
    mitochondrial and ribosomal genes; ``uns`` holds the JSON record of intake. Counts of antibodies, hashtags and guides
    stand in ``obsm``, each with the names of its features in the JSON text ``modalities`` of ``uns``.
    """
    if not sparse.issparse(adata.X) or adata.X.format != "csr":
        msg = "cells: X must be a CSR matrix"
        raise ContractError(msg)
    missing = [f"var column '{c}'" for c in (Var.IS_MT, Var.IS_RIBO) if c not in adata.var]
    missing += [] if Uns.INTAKE in adata.uns else [f"uns '{Uns.INTAKE}'"]
    if missing:
        msg = f"cells: {', '.join(missing)} missing"
        raise ContractError(msg)
    faults = faults_of_modalities(adata)
    if faults:
        msg = f"cells: {'; '.join(faults)}"
        raise ContractError(msg)
    return _check("cells", adata, CELL_COLUMNS)


def faults_of_modalities(adata: AnnData) -> list[str]:
    """Return what is wrong with the counts beside genes: not CSR, no counts, or without a name for each feature."""
    matrices = {key.removeprefix(MODALITY_PREFIX): adata.obsm[key] for key in adata.obsm if key.startswith(MODALITY_PREFIX)}
    named = json.loads(str(adata.uns.get(Uns.MODALITIES, "{}")))
    faults = [f"modality '{slug}' stands in obsm or uns alone" for slug in sorted(set(matrices) ^ set(named))]
    for slug in sorted(set(matrices) & set(named)):
        matrix, where = matrices[slug], f"modality '{slug}'"
        if not sparse.issparse(matrix) or matrix.format != "csr":
            faults.append(f"{where} must be a CSR matrix")
        elif matrix.shape[1] != len(named[slug]["names"]):
            faults.append(f"{where} has {matrix.shape[1]} features and {len(named[slug]['names'])} names")
        else:
            faults += [f"{where}: {fault}" for fault in faults_of_counts(matrix)]
    return faults


def check_profiles(adata: AnnData) -> AnnData:
    """Return the pseudobulk profiles x genes unchanged, or raise ContractError.

    ``X`` holds sums of raw counts per donor x arm (x state), the layer the number of cells that detect each gene;
    ``obs`` has one row a profile and ``is_used`` is False for profiles of too few cells.
    """
    if Layer.N_DETECTED not in adata.layers or Uns.GROUPING not in adata.uns:
        msg = "profiles: the layer of detecting cells or the name of the grouping is missing"
        raise ContractError(msg)
    _check("profiles", adata, PROFILE_COLUMNS)
    if adata.obs.duplicated([Obs.DONOR, Obs.ARM, Obs.STATE]).any():
        msg = "profiles: donor x arm x state must be unique"
        raise ContractError(msg)
    return adata
