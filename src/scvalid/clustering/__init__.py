"""The embedding and the cells of all samples come in, a state per cell, each state's markers and a summary go out."""
