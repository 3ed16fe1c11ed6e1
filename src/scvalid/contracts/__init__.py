"""What each file between stages must hold, checked when it is written and again when it is read."""
