"""Every write of the harvest, one file a noun."""
