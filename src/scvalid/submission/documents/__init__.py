"""What is written from a submission or from its models: the description for the report, schemas, the table of keys."""
