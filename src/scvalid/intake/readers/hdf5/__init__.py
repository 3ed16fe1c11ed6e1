"""HDF5 files that nobody vouches for: groups and arrays, and the layouts of 10x and loom."""
