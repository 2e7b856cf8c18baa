"""Rehearsals: the stage, the invented people, what they do in each phase."""
