"""Folders with a Matrix Market file, in the layouts of 10x, STARsolo, alevin-fry and kallisto | bustools."""
