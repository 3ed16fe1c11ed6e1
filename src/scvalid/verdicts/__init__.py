"""Registered claims and estimated effects in, a verdict with its reasons on every claim out."""
