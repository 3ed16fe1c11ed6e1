"""Profiles of real donors in, error rates of the tests and of the whole rule on them out, as tables with intervals."""
