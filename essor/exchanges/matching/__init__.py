"""Which treasures and offers answer which needs, in the product: read once, kept, fresh by itself."""
