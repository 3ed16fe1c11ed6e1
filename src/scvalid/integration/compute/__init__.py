"""Raw counts of all cells come in, a cells x dimensions matrix corrected for donor and batch goes out."""
