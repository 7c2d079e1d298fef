"""Whether a window can be kept out of captures here; Windows and macOS are tried by hand."""

import sys

from desktop.system.screen_guard import screen_guard


def test_where_the_system_cannot_do_it_that_is_known() -> None:
    assert (screen_guard() is None) is sys.platform.startswith("linux")
