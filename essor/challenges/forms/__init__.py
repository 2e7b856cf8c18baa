"""What hosts fill in about challenges, one file a noun."""
