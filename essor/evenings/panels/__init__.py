"""Where this room shows itself elsewhere; one file a noun, loaded at start."""

from essor.evenings.panels import (
    challenges,
    interest,
    registration,
    rehearsals,
    screen,
    seating,
    tables,
    together,
)

__all__ = [
    "challenges",
    "interest",
    "registration",
    "rehearsals",
    "screen",
    "seating",
    "tables",
    "together",
]
