"""What the answer of a server means for a file of which a part may be here."""
