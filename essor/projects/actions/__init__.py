"""Every write about projects; one file a noun."""
