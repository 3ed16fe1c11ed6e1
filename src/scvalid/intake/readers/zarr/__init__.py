"""Zarr stores that nobody vouches for: metadata and chunks are looked at before anything is decoded."""
