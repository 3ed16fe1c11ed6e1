"""Where the programs that count reads leave matrix, genes and cells in a folder; one file a layout."""
