"""The committed tables of ontology terms come in; whether a term exists, what it is called and what replaced it goes out."""
