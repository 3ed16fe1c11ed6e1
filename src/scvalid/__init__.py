"""Verdicts on what TCM compounds do to mesenchymal stromal cells, seen in single cells."""

__version__ = "0.1.0"
