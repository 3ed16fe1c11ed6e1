"""The pure part of intake: judging counts and species, choosing cells, naming and merging genes, building the sample."""
