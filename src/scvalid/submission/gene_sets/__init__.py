"""A lab's own gene sets: read, checked against gene tables and data, and what is doubtful about them."""
