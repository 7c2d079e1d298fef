"""A record offers what its reader may do with it, and says who does the rest."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.log.roles import KeyholderRole
from desktop.ui.keeping.retention_card import LEAD_ONLY, RetentionCard
from tests.ui.incident_steps import offered, words

ALL = {"chooseClassButton", "setHoldButton", "keepLongerButton", "eraseRecordButton"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (KeyholderRole.LEAD, ALL),
        (KeyholderRole.DEPUTY, ALL - {"eraseRecordButton"}),
        (KeyholderRole.READER, set()),
    ],
)
def test_each_role_is_offered_what_it_may_do(
    role: KeyholderRole, expected: set[str], qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    card = RetentionCard(window)
    card.offer_to(role)
    with qtbot.waitExposed(window):
        window.show()
        card.show()
    assert set(offered(card)) & ALL == expected
    assert (LEAD_ONLY in words(card)) is (role is not KeyholderRole.LEAD)
