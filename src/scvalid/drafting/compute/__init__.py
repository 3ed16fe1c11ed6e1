"""Guesses from names, columns and genes, and the texts that are made of them."""
