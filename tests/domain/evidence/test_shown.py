"""What is shown holds together: a picture has exactly the pixels that it says it has."""

import pytest

from desktop.domain.evidence.shown import Picture


def test_a_picture_that_its_pixels_do_not_fill_is_refused() -> None:
    assert Picture(2, 1, bytes(8)).width == 2
    for width, height, size in ((2, 1, 7), (2, 1, 9), (0, 1, 0), (1, -1, 4)):
        with pytest.raises(ValueError, match="pixels"):
            Picture(width, height, bytes(size))
