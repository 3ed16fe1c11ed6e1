"""Files of ``resources/`` in; the registered claims, compounds, gene sets and gene names, checked and searchable, out."""
