"""The seating plan: the evening as the engine's problem, its figures, its pages and their words."""
