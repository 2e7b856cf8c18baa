"""What this room hangs on the pages of others; one file a noun, loaded at start."""

from essor.evenings.panels import screen, tables

__all__ = ["screen", "tables"]
