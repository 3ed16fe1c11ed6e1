"""Archives of gene names in; tables of current symbols, outdated names and orthologs, out."""
