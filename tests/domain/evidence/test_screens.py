"""A capture says in words which screen it shows, how it is scaled, which window, how late."""

from desktop.domain.evidence.screens import Frame, ScreenFacts, capture_facts

LEFT = ScreenFacts("DP-1", 0, 0, 1920, 1080, 1.0)
RIGHT = ScreenFacts("HDMI-1", 1920, 0, 3840, 2160, 1.5)


def test_one_screen_is_said_in_one_line() -> None:
    said = dict(capture_facts([LEFT], 1))
    assert said == {
        "Screen": "DP-1: 1920 by 1080 pixels at 0, 0, scaled to 100% (the only screen)"
    }


def test_all_screens_are_named_each_with_its_scaling() -> None:
    said = dict(capture_facts([LEFT, RIGHT], 2, after=3))
    assert "HDMI-1: 3840 by 2160 pixels at 1920, 0, scaled to 150%" in said["Screen"]
    assert said["Screen"].endswith("(2 of 2 screens)")
    assert said["Taken after"] == "3 seconds"


def test_a_window_is_named_by_its_title_and_program() -> None:
    said = dict(capture_facts([LEFT], 2, window=Frame("Board", "Browser", 0, 0, 9, 9)))
    assert (said["Window"], said["Program in the window"]) == ("Board", "Browser")
    said = dict(capture_facts([LEFT], 2, window=Frame("Board", "", 0, 0, 9, 9)))
    assert "Program in the window" not in said


def test_a_window_without_a_title_still_has_a_name() -> None:
    assert Frame("", "Browser", 0, 0, 9, 9).named == "Browser"
    assert Frame("", "", 0, 0, 9, 9).named == "a window without a name"
