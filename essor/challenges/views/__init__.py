"""Pages of challenges; one file a noun."""
