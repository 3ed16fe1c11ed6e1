"""Decision files: verdicts in, files that hold all they follow from out; and those files verified."""
