"""Archives of gene sets and the tables of names in; files of sets for human, mouse and rat, out."""
