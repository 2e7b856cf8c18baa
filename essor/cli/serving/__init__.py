"""What ``serve`` and ``demo`` are made of: a light parent, page processes, a worker."""
