"""A submission in; what its sample sheet allows to be shown, and what each claim can come to, out; no data file is opened."""
