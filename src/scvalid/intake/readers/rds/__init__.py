"""R objects: parsed in a process of its own, then understood as Seurat or SingleCellExperiment."""
