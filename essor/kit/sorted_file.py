"""A file of sorted lines, searched by halving: it costs nothing until it is asked."""

import mmap
from functools import cached_property
from pathlib import Path

AFTER_ALL = b"\xff"  # sorts after every byte of UTF-8


class SortedFile:
    """Lines sorted by their bytes, mapped into memory. A file that was not built has no lines."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def beginning(self, key: str) -> list[bytes]:
        """The lines that begin so, taken out in one piece."""
        start = self._first_line(key.encode())
        end = self._first_line(key.encode() + AFTER_ALL)
        return self._text[start:end].splitlines()

    @cached_property
    def _text(self) -> bytes | mmap.mmap:
        if not self.file.exists():
            return b""
        with self.file.open("rb") as opened:
            return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)

    def _first_line(self, wanted: bytes) -> int:
        """Where the first line that is not before ``wanted`` begins."""
        low, high = 0, len(self._text)
        while low < high:
            middle = self._text.rfind(b"\n", 0, (low + high) // 2) + 1
            start = max(low, middle)
            end = self._text.find(b"\n", start)
            if self._text[start:end] < wanted:
                low = end + 1
            else:
                high = start
        return low
