"""One sample as AnnData, holding nothing of the file that was not asked for."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from anndata import AnnData
from numpy.typing import NDArray
from scipy import sparse

from scvalid.intake.compute.genes import MT, RIBO, NamedGenes
from scvalid.intake.compute.modalities import Modality
from scvalid.keys import MODALITY_PREFIX, Obs, Var
from scvalid.settings import Sample


def canonical(counts: sparse.spmatrix) -> sparse.csr_matrix:
    """Return counts as CSR float32 with sorted indices and without stored zeros.

    Index arrays are 32-bit wherever the number of stored values allows: 64-bit ``indptr`` beside 32-bit ``indices``, which
    some writers leave, breaks compiled code of scanpy.
    """
    matrix = sparse.csr_matrix(counts, dtype=np.float64, copy=True)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    index = np.int32 if max(matrix.nnz, *matrix.shape) <= np.iinfo(np.int32).max else np.int64
    parts = (matrix.data.astype(np.float32), matrix.indices.astype(index), matrix.indptr.astype(index))
    return sparse.csr_matrix(parts, shape=matrix.shape)


def build_cells(
    counts: sparse.csr_matrix,
    genes: NamedGenes,
    *,
    barcodes: NDArray[np.object_],
    sample: Sample,
    modalities: Sequence[Modality] = (),
) -> AnnData:
    """Return cells x genes of one sample with the columns of its contract and no others.

    Parameters
    ----------
    counts
        Cells x genes.
    genes
        Genes with different symbols.
    barcodes
        Different names of the cells within the sample.
    sample
        The row of the sample sheet.
    modalities
        Counts of the same cells for features that are no genes.
    """
    n_cells = len(barcodes)
    labels = {
        Obs.SAMPLE: sample.sample_id, Obs.DONOR: sample.donor_id, Obs.ARM: sample.arm, Obs.BATCH: sample.batch_id,
    }  # fmt: skip
    cells = pd.Index([f"{sample.sample_id}:{barcode}" for barcode in barcodes], dtype=object, name=Obs.CELL)
    obs = pd.DataFrame({column: pd.Categorical([value] * n_cells) for column, value in labels.items()}, index=cells)
    var = pd.DataFrame(
        {
            Var.GENE_ID: genes.gene_ids,
            Var.IS_MT: [bool(MT.match(symbol)) for symbol in genes.symbols],
            Var.IS_RIBO: [bool(RIBO.fullmatch(symbol)) for symbol in genes.symbols],
        },
        index=pd.Index(genes.symbols, dtype=object, name=Var.SYMBOL),
    )
    obsm = {MODALITY_PREFIX + modality.slug: canonical(modality.counts) for modality in modalities}
    return AnnData(X=canonical(counts), obs=obs, var=var, obsm=obsm)
