"""What this room hangs on the pages of others; one file a noun, loaded at start."""

from essor.evenings.panels import registration, screen, tables

__all__ = ["registration", "screen", "tables"]
