"""Sets in; what they share, and which of them could explain an effect on another, out."""
