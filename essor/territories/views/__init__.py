"""Pages of territories; one file a noun."""
