"""Statistics of a verdict in numpy and scipy, pure, written from the papers; each docstring holds formula and source."""
