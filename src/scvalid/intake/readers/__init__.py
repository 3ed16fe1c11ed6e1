"""Readers of the accepted formats; each can give a part (for the preflight) or the whole (for the step)."""
