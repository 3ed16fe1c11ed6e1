"""Profiles of arms that are doses or times in, the trend of each set and claimed gene over the levels out."""
