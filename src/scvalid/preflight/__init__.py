"""A submission in; its findings, what its files hold, what its design can show and the outlook of each claim, out."""
