# Writes the .rds files of this folder: 60 cells x 40 genes whose counts follow a formula (see the fixture dataset in tests/intake/forms/conftest.py).
#   Rscript make_fixtures.R      with SeuratObject 4 and SingleCellExperiment of Bioconductor
suppressMessages({
  library(Matrix)
  library(SeuratObject)
  library(SingleCellExperiment)
})

genes <- read.delim("genes.tsv")
n_cells <- 60
value <- outer(seq_len(nrow(genes)) - 1, seq_len(n_cells) - 1, function(g, c) (7 * c + 13 * g + g * c) %% 11 - 5)
counts <- pmax(value, 0)
letters_of <- function(i) paste(c("A", "C", "G", "T")[(i %/% 4^(7:0)) %% 4 + 1], collapse = "")
barcodes <- vapply(seq_len(n_cells) - 1, function(i) paste0("AAACCCAG", letters_of(i)), "")
dimnames(counts) <- list(genes$gene_id, barcodes)
counts <- as(counts, "dgCMatrix")
cells <- data.frame(donor = rep(c(101L, 107L), n_cells / 2), condition = factor(rep(c("ctrl", "stim", "ctrl"), n_cells / 3)),
                    share = rep(c(0.5, NA), n_cells / 2), row.names = barcodes)

seurat <- CreateSeuratObject(counts, meta.data = cells)
lognormal <- counts
lognormal@x <- log1p(counts@x / 7)
seurat@assays$RNA@data <- lognormal
saveRDS(seurat, "seurat_v4.rds")

# SeuratObject 5 is not in Debian; these are the slots of its classes
setClass("LogMap", contains = "matrix")
setClass("StdAssay", representation("VIRTUAL", layers = "list", cells = "LogMap", features = "LogMap", default = "integer",
                                    assay.orig = "character", meta.data = "data.frame", misc = "list", key = "character"))
setClass("Assay5", contains = "StdAssay")
bare <- function(matrix) {
  dimnames(matrix) <- list(NULL, NULL)
  matrix
}
log_map <- function(names, layers) {
  new("LogMap", matrix(unlist(layers), nrow = length(names), dimnames = list(names, names(layers))))
}
whole <- rep(TRUE, n_cells)
all_genes <- rep(TRUE, nrow(genes))
assay5 <- function(layers, cells) {
  new("Assay5", layers = layers, cells = log_map(barcodes, cells),
      features = log_map(genes$gene_id, lapply(layers, function(layer) all_genes)), default = 1L,
      assay.orig = character(), meta.data = data.frame(row.names = genes$gene_id), misc = list(), key = "rna_")
}
seurat@assays <- list(RNA = assay5(list(counts = bare(counts), data = bare(lognormal)), list(counts = whole, data = whole)))
saveRDS(seurat, "seurat_v5.rds")
first <- seq_len(n_cells) %% 2 == 1
split <- list(counts.a = bare(counts[, first]), counts.b = bare(counts[, !first]))
seurat@assays <- list(RNA = assay5(split, list(counts.a = first, counts.b = !first)))
saveRDS(seurat, "seurat_v5_split.rds")

rows <- DataFrame(Symbol = genes$symbol, row.names = genes$gene_id)
sce <- SingleCellExperiment(list(counts = counts, logcounts = lognormal), colData = DataFrame(cells), rowData = rows)
saveRDS(sce, "sce.rds")
saveRDS(SummarizedExperiment(list(counts = as.matrix(counts)), colData = DataFrame(cells), rowData = rows), "se_dense.rds")

saveRDS(data.frame(a = 1:3), "data_frame.rds")
saveRDS(list(function(x) x + 1), "closure.rds")
saveRDS(seurat, "seurat_v2_stream.rds", version = 2)
