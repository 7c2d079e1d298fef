"""A file too large to hand over: its first and its last bytes, read as if they were whole."""

import io

HEAD_BYTES = 4 * 1024 * 1024
TAIL_BYTES = 16 * 1024 * 1024


class PieceMissing(OSError):
    """This part of the file was not handed over."""


class PiecedFile(io.RawIOBase):
    """A file of which the middle is missing; reading there raises PieceMissing."""

    def __init__(self, untrusted: bytes, size: int = 0, head: int = 0) -> None:
        """Take the pieces: `head` bytes from the beginning, the others from the end."""
        super().__init__()
        whole = size <= len(untrusted)
        self.size = len(untrusted) if whole else size
        self._untrusted = untrusted
        self._head = len(untrusted) if whole else max(0, min(head, len(untrusted)))
        self._tail_at = self.size - (len(untrusted) - self._head)
        self._place = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that any place can be gone to."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place of the whole file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._place = base + offset
        return self._place

    def read(self, count: int | None = -1) -> bytes:
        """Return the next bytes; raises PieceMissing where they were not handed over."""
        left = max(0, self.size - self._place)
        wanted = left if count is None or count < 0 else min(count, left)
        found = self._piece(wanted)
        self._place += len(found)
        return found

    def beginning(self) -> bytes:
        """Return everything from the beginning that was handed over."""
        return self._untrusted[: self._head]

    def _piece(self, wanted: int) -> bytes:
        place = self._place
        if place + wanted <= self._head:
            return self._untrusted[place : place + wanted]
        if place >= self._tail_at:
            start = self._head + place - self._tail_at
            return self._untrusted[start : start + wanted]
        if place < self._head:
            return self._untrusted[place : self._head]
        if wanted:
            raise PieceMissing("this part of the file was not handed over")
        return b""
