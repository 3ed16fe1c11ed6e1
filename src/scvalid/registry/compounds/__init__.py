"""The compound library in; compounds found by any of their names, doses in uM, and sheets of text, out."""
