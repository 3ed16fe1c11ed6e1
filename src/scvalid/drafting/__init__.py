"""Data files in; the config and the sample sheet of a submission, guessed from them, out."""
