"""Pure computing of verdicts: claims, effects and design facts in, verdicts out."""
