"""Bringing many ideas in at once: lines from a paste or a file, compared before anything is written."""
