"""PostgreSQL as Essor uses it; Django finds ``base`` in here."""
