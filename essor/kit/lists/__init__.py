"""Lists that come in: a file or pasted lines, read and looked at first, then brought in.

``life`` is what every list is and goes through; ``forms`` asks for the file and for what its columns
mean; ``kit/lists/_columns.html`` and ``kit/lists.css`` show them. Each room keeps its own columns,
its reading of a line, its comparison with what is there, and its writing.
"""
