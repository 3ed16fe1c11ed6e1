"""Cells that passed quality control in (and their states, if asked), sums of raw counts per donor x arm (x state) out."""
