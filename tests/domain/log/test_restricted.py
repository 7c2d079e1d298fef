from desktop.domain.log.restricted import RESTRICTED, is_restricted, named_on_paper


def test_only_one_kind_is_restricted() -> None:
    assert is_restricted(RESTRICTED)
    assert not is_restricted("")
    assert not is_restricted("usual")


def test_paper_says_which_log_it_left() -> None:
    assert named_on_paper("Example Training", restricted=False) == "Example Training"
    assert named_on_paper("Example Training", restricted=True) == (
        "Example Training (restricted log)"
    )
    assert named_on_paper("", restricted=True) == "Restricted log"
