"""Positions in the embedding and counts per sample come in, states, a layout in the plane and markers go out."""
