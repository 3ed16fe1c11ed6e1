"""Pseudobulk profiles and gene sets in, effects of treatment on every set and gene out, each with its controls."""
