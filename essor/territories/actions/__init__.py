"""Every write about territories; one file a noun."""
