"""The folder ``resources/`` in; one sentence for everything that is wrong with it, out."""
