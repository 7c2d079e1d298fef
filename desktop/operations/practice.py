"""A whole job on an invented case, from a new log to bundle and report: practice and proof."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.entering.create_log import NewLog, create_log, new_recovery_key
from desktop.operations.entering.enter_log import Environment
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.leaving.issue_report import current_quarter, issue_report
from desktop.operations.practice_case import fill_case, finish_case
from desktop.operations.practice_evidence import add_practice_evidence, ignore, never
from desktop.operations.workspace import Workspace

PASSPHRASE = "practice only, nothing here is real"  # noqa: S105 - it keeps no secret


@dataclass(frozen=True, slots=True)
class Practised:
    """Where the practice left its products."""

    bundle: Path
    report: Path


def create_practice_log(environment: Environment, folder: Path) -> Workspace:
    """Create a log for practice: invented people, a passphrase that everybody may know."""
    new = NewLog(
        folder=folder,
        organisation="Practice Training (not real)",
        name="Pat Example",
        title="Designated safeguarding lead",
        initials="PXE",
        passphrase=PASSPHRASE,
        recovery_key=new_recovery_key(),
    )
    return create_log(environment, new)


def create_demo_log(environment: Environment, folder: Path) -> Workspace:
    """Create a log for practice with one case in the middle and one that is closed."""
    workspace = create_practice_log(environment, folder)
    finish_case(workspace, fill_case(workspace))
    add_practice_evidence(workspace, fill_case(workspace))
    return workspace


def practise_long(
    folder: Path,
    workspace: Workspace,
    _progress: Callable[[float], None],
    _cancelled: Callable[[], bool],
) -> Practised:
    """Do the whole job as one long piece of work on the bytes thread."""
    case = workspace.on_log(partial(fill_case, workspace))
    workspace.on_log(partial(add_practice_evidence, workspace, case))
    workspace.on_log(partial(finish_case, workspace, case))
    return workspace.on_log(partial(_export, workspace, case, folder))


def practise(workspace: Workspace, folder: Path) -> Practised:
    """Do the whole main job on one invented case; the products go into `folder`."""
    incident_id = fill_case(workspace)
    add_practice_evidence(workspace, incident_id)
    finish_case(workspace, incident_id)
    return _export(workspace, incident_id, folder)


def _export(workspace: Workspace, incident_id: IncidentId, folder: Path) -> Practised:
    request = BundleRequest(
        audience=Audience.POLICE,
        form=BundleForm.ZIP,
        folder=folder,
        recipient="PC Invented, Exampleshire Police",
        crime_reference="EX/4471/26",
    )
    exported = export_bundle(workspace, incident_id, request, ignore, never)
    report = folder / "quarterly-report.pdf"
    issue_report(workspace, current_quarter(workspace), report)
    return Practised(exported.path, report)
