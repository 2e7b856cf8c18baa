"""What people fill in about ideas; one file a noun."""
