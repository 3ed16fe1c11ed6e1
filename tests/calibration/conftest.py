"""The benchmarks are no installed package: the root of the checkout goes on the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
