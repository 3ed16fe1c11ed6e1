"""``python -m scvalid`` is the command ``scvalid``."""

import sys

from scvalid.cli import main

if __name__ == "__main__":
    sys.exit(main())
