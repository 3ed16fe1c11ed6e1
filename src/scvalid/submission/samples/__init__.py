"""The sample sheet: one row a sample, and what is recorded of it."""
