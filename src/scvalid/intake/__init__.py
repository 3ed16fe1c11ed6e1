"""Intake: one submitted file or folder comes in, one checked AnnData of raw counts per sample goes out."""
