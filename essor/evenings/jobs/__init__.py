"""What the worker does for this room; one file a noun."""
