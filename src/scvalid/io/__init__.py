"""The only readers and writers. Every write is atomic: a temporary file beside the target, then a rename."""
