"""The simulator: plan of the samples, genes, planted effects, variation, states, and counts of cells."""
