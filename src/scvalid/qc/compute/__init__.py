"""The pure part of quality control: metrics, limits, identity and the summary of one sample."""
