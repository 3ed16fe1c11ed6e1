"""Calibration of the shipped rule: simulated profiles of known truth in, error rates with intervals out."""
