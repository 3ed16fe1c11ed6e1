"""An https address and a checksum in; the checked file out."""
