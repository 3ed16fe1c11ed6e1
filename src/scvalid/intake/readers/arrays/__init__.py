"""Trees of groups and arrays, which HDF5 and zarr both are: their nodes, columns of text, matrices, and AnnData in them."""
