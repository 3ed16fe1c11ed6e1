"""Verdicts, summaries and tables of every stage come in; one self-contained HTML report and the published verdicts go out."""
