"""Where this room shows itself elsewhere; one file a noun, loaded at start."""

from essor.evenings.panels import interest, registration, screen, seating, tables

__all__ = ["interest", "registration", "screen", "seating", "tables"]
