"""The same effects analysed in other ways: prepared once for the profiles, evaluated for any labelling of them."""
