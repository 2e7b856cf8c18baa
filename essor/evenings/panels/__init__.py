"""Where this room shows itself elsewhere; one file a noun, loaded at start."""

from essor.evenings.panels import registration, screen, tables

__all__ = ["registration", "screen", "tables"]
