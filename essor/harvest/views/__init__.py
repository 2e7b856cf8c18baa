"""Pages of the harvest; one file a noun."""
