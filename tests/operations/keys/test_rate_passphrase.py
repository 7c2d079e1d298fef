import pytest

from desktop.operations.keys.rate_passphrase import Strength, passphrase_strength, school_words


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


@pytest.mark.parametrize(
    "passphrase",
    ["Ofsted2026", "0fsted2026!", "s4feguarding!", "Ofsted Safeguarding 2026", "KCSIE 2026"],
)
def test_school_words_are_weak_with_a_year_too(passphrase: str) -> None:
    rated = passphrase_strength(passphrase, ["Pat Smith", "Example Training"])
    assert rated.score < 2
    assert "words of the school" in rated.advice


@pytest.mark.parametrize("passphrase", ["exampletraining2026", "PatSmith26", "Smith Example 1"])
def test_names_are_weak_with_a_year_too(passphrase: str) -> None:
    rated = passphrase_strength(passphrase, ["Pat Smith", "Example Training"])
    assert rated.score < 2
    assert "Leave out names" in rated.advice


def test_a_school_word_among_others_does_no_harm() -> None:
    assert passphrase_strength("school kettle harbour orbit", []) == Strength(4, "")


def test_the_words_are_written_as_the_estimator_reads_them() -> None:
    words = school_words()
    assert len(words) > 100
    assert len(set(words)) == len(words)
    assert all(word == word.lower().strip() and " " not in word for word in words)


def test_very_long_passphrase_can_be_rated() -> None:
    assert passphrase_strength("chair kettle " * 50, []).score >= 3
