"""Reads of the harvest that are used twice or matter for speed; one file a noun."""
