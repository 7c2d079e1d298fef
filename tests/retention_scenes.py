"""The windows about how long a record is kept, and about erasing it."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.log.retention import HoldKind
from desktop.operations.erasing.plan_erasure import plan_erasure
from desktop.operations.incident.keep_retention import enter_class, set_hold, show_retention
from desktop.ui.keeping.erasure_dialog import ErasureDialog
from desktop.ui.keeping.hold_dialog import HoldDialog, ReleaseDialog
from desktop.ui.keeping.retention_forms import ClassForm, InstructionForm, KeepLongerForm
from desktop.ui.keeping.retention_section import RetentionSection
from tests.stage import Stage


def _retention(stage: Stage) -> QWidget:
    _retention_section(stage)
    return stage.window


def _retention_section(stage: Stage) -> RetentionSection:
    stage.open_log()
    known = stage.perform(partial(show_retention, incident_id=stage.closed_id))
    if known.retention_class is None:
        hold = partial(
            set_hold, incident_id=stage.closed_id, kind=HoldKind.POLICE, reason="They asked us to"
        )
        stage.perform(partial(enter_class, incident_id=stage.closed_id, class_id="learner"))
        stage.perform(hold)
    stage.open_log()
    stage.desk.open_log_section("retention")
    stage.settle()
    section = stage.window.findChildren(RetentionSection)[0]
    section.choose(stage.closed_id)
    stage.settle()
    return section


def _about_kept(
    kind: type[ClassForm | KeepLongerForm | HoldDialog | InstructionForm], stage: Stage
) -> QWidget:
    dialog = kind(stage.session, stage.closed_id, _retention_section(stage))
    dialog.show_form()
    stage.settle()
    return dialog


def _release(stage: Stage) -> QWidget:
    section = _retention_section(stage)
    assert section.card.view is not None
    hold = section.card.view.line.holds[0]
    dialog = ReleaseDialog(stage.session, stage.closed_id, hold, section)
    dialog.show_form()
    stage.settle()
    return dialog


def _erasure(stage: Stage) -> QWidget:
    """Show it as it is where nothing stands in the way."""
    section = _retention_section(stage)
    dialog = ErasureDialog(stage.session, stage.closed_id, section)
    dialog.come_up()
    stage.settle()
    plan = stage.perform(partial(plan_erasure, incident_id=stage.closed_id))
    dialog._show_plan(replace(plan, in_the_way=None))
    stage.settle()
    return dialog


RETENTION_SCENES = (
    ("records-to-keep", _retention),
    ("retention-class", partial(_about_kept, ClassForm)),
    ("keep-longer", partial(_about_kept, KeepLongerForm)),
    ("hold", partial(_about_kept, HoldDialog)),
    ("release-hold", _release),
    ("police-instruction", partial(_about_kept, InstructionForm)),
    ("erasure", _erasure),
)
