"""scvalid: does a TCM compound do to mesenchymal stromal cells what the paper says, seen in single cells?"""

__version__ = "0.1.0"
