"""The archive of ontologies comes in; the compact tables of terms that ``resources/ontology`` holds go out."""
