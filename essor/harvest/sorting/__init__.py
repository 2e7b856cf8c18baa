"""The sorting table: its words, its doors, its page, its live stream, proposals of groups."""
