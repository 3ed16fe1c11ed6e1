"""Cells of all samples after quality control come in, one batch-corrected embedding of them and its summary go out."""
