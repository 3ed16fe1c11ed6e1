"""Claims of a submission, its own and registered ones, and whether they are about what was given."""
