"""Source archives of others come in, checked by their sha256; the tables that ``resources/`` holds go out, byte for byte."""
