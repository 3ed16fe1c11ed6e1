"""Principal components of the variable genes, along directions in which cells of one batch differ."""

import numpy as np
from scipy import linalg, sparse
from threadpoolctl import threadpool_limits

MAX_SCALED = 10.0
"""Scaled values are cut here, so that a few cells with very many counts of one gene do not make a component of their own."""


def principal_components(expression: sparse.csr_matrix, *, labels: np.ndarray, n_dims: int) -> np.ndarray:
    """Return the position of each cell on the first principal components of the covariance within batches.

    With scaled ``x_i`` of cell i and the mean ``m_b`` of its batch, the axes are eigenvectors of the sum over cells of
    ``(x_i - m_b)(x_i - m_b)^T``, and a cell's position is its projection, centred over all cells. With one batch that is
    ordinary principal component analysis. With several, ordinary components can be spent on what separates donors; the
    clusters that Harmony starts from are then donors, and it corrects nothing. The batch means stay in the positions.

    Parameters
    ----------
    expression
        Cells x genes, log-normalised; at least 3 x 3. It stays sparse: genes are divided by their standard deviation,
        and means are subtracted from the genes x genes sums.
    labels
        Batch of each cell.
    n_dims
        Components wanted; as many as cells and genes allow are computed.

    Returns
    -------
    Cells x components, float32, by falling variance within batches.
    """
    scaled = _scale(expression)
    # the number of BLAS threads changes the last digits, and with them the states further on
    with threadpool_limits(limits=1):
        axes = _axes(_scatter_within(scaled, labels), n_dims=min(n_dims, min(scaled.shape) - 1))
        positions = scaled @ axes
    return (positions - positions.mean(axis=0)).astype(np.float32)


def _scale(expression: sparse.csr_matrix) -> sparse.csr_matrix:
    wide = expression.astype(np.float64)
    mean = np.asarray(wide.mean(axis=0)).ravel()
    variance = np.asarray(wide.multiply(wide).mean(axis=0)).ravel() - mean**2
    varies = variance > 1e-12
    factor = np.zeros_like(variance)
    factor[varies] = 1 / np.sqrt(variance[varies])
    scaled = (wide @ sparse.diags(factor)).tocsr()
    scaled.data = np.minimum(scaled.data, MAX_SCALED)
    return scaled


def _scatter_within(scaled: sparse.csr_matrix, labels: np.ndarray) -> np.ndarray:
    """Return the genes x genes sums of squares and products about the batch means."""
    _, codes, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    indicator = sparse.csr_matrix((np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(len(sizes), len(codes)))
    sums = (indicator @ scaled).toarray()
    return (scaled.T @ scaled).toarray() - sums.T @ (sums / sizes[:, None])


def _axes(scatter: np.ndarray, *, n_dims: int) -> np.ndarray:
    """Return the leading eigenvectors as columns, each with its largest entry positive."""
    n_genes = len(scatter)
    vectors = linalg.eigh(scatter, subset_by_index=[n_genes - n_dims, n_genes - 1])[1][:, ::-1]
    largest = np.abs(vectors).argmax(axis=0)
    return vectors * np.sign(vectors[largest, np.arange(n_dims)])
