"""Pages of persons: personal links, my space, my data."""
