"""What the report says, worked out before any template is filled: counts, alerts, rows, geometry; no files, no markup."""
