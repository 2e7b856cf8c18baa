"""What the worker does for this room; one file a noun."""

from essor.evenings.jobs.near import say_evenings_are_near

__all__ = ["say_evenings_are_near"]
