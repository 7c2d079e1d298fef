import pytest

from desktop.operations.rate_passphrase import passphrase_strength


def test_empty_passphrase_has_no_advice() -> None:
    assert passphrase_strength("", []).score == 0


@pytest.mark.parametrize(
    ("passphrase", "word"),
    [
        ("aaaaaaaaa", "repeats"),
        ("12345abcdefg", "runs"),
        ("qwertyuiop[", "side by side"),
        ("dragon", "Add another word"),
        ("PatSmith", "Leave out names"),
    ],
)
def test_weak_passphrase_gets_advice_that_fits(passphrase: str, word: str) -> None:
    rated = passphrase_strength(passphrase, ["Pat Smith", "Example Training", ""])
    assert rated.score < 3
    assert word in rated.advice


def test_strong_passphrase_is_left_alone() -> None:
    rated = passphrase_strength("seven chairs and a kettle", ["Pat Smith"])
    assert (rated.score, rated.advice) == (4, "")


def test_own_words_make_it_weaker() -> None:
    words = ["Ofsted Academy"]
    assert (
        passphrase_strength("OfstedAcademy", words).score
        < passphrase_strength("OfstedAcademy", []).score
    )


def test_very_long_passphrase_can_be_rated() -> None:
    assert passphrase_strength("chair kettle " * 50, []).score >= 3
