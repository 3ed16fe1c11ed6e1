"""Settings and gene sets come in; an MSC-like submission with a planted truth goes out."""
