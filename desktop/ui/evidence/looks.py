"""Holds the small pictures of the tiles, in memory only and not too many of them."""

from collections import OrderedDict

from PySide6.QtGui import QImage

MOST_BYTES = 96 * 1024 * 1024


class Looks:
    """Pictures by item; those that were not asked for longest go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._without: set[str] = set()
        self._bytes = 0

    def __len__(self) -> int:
        """Count the pictures."""
        return len(self._images)

    def get(self, item_id: str) -> QImage | None:
        """Return the picture of an item, if it is held."""
        image = self._images.get(item_id)
        if image is not None:
            self._images.move_to_end(item_id)
        return image

    def is_known(self, item_id: str) -> bool:
        """Say whether it is held, or known that there is none."""
        return item_id in self._images or item_id in self._without

    def hold(self, item_id: str, image: QImage | None) -> None:
        """Hold the picture of an item, or that it has none."""
        if image is None:
            self._without.add(item_id)
            return
        self._images[item_id] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._most_bytes and len(self._images) > 1:
            _oldest, gone = self._images.popitem(last=False)
            self._bytes -= gone.sizeInBytes()

    def drop(self, item_id: str) -> None:
        """Overwrite the picture of an item that is not to be shown any more."""
        image = self._images.pop(item_id, None)
        if image is not None:
            self._bytes -= image.sizeInBytes()
            image.fill(0)

    def wipe(self) -> None:
        """Overwrite every picture and forget it: the log locks, or another incident is shown."""
        for image in self._images.values():
            image.fill(0)
        self._images.clear()
        self._without.clear()
        self._bytes = 0
