"""A compared state in, what a run finds of its own error rates out: permuted labels, planted effects, a split vehicle arm."""
