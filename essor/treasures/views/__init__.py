"""Pages of treasures."""
