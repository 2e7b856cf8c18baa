"""Every write about exchanges; one file a noun."""
