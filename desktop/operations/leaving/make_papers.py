"""Makes the papers about the log itself: recovery sheet, page for the register, certificate."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import NotFound
from desktop.domain.evidence.shown import Picture
from desktop.domain.log.certificates import CertificateFacts
from desktop.domain.log.custody import Action, Head
from desktop.export.erasure_certificate import draw_erasure_certificate
from desktop.export.recovery_sheet import draw_recovery_sheet
from desktop.export.register_page import draw_register_page
from desktop.export.report_file import keep_report
from desktop.operations.organisation.keep_organisation import name_on_paper
from desktop.operations.workspace import Workspace
from desktop.pictures.pages import count_pages, render_page

RECOVERY_SHEET = "Recovery sheet"
REGISTER_PAGE = "Page for the paper register"
CERTIFICATE = "Certificate of erasure"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """A page for the paper register, ready to be printed, and the head that it shows."""

    pdf: bytes = field(repr=False)
    head: Head
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Register:
    organisation: str
    head: Head
    at: Moment


def make_recovery_sheet(
    organisation: str, folder: Path, recovery_key: str, fingerprint: str, at: Moment
) -> bytes:
    """Draw the sheet with the recovery key as PDF; the fingerprint may not be known yet."""
    return draw_recovery_sheet(
        organisation=organisation,
        folder=str(folder),
        recovery_key=recovery_key,
        fingerprint=fingerprint,
        at=at,
    )


def make_register_page(workspace: Workspace) -> RegisterPage:
    """Record that a page is made, and draw it: its head is that of this very record."""
    register = workspace.on_log(partial(_give_head, workspace))
    pdf = draw_register_page(
        organisation=register.organisation,
        log_id=workspace.keys.log_id,
        fingerprint=workspace.keys.fingerprint,
        head=register.head,
        at=register.at,
    )
    return RegisterPage(pdf=pdf, head=register.head, changes=changed(Topic.LOG, Topic.CUSTODY))


def make_certificate(erasure: CertificateFacts) -> bytes:
    """Draw the certificate of an erasure as PDF."""
    return draw_erasure_certificate(erasure)


def save_paper(path: Path, pdf: bytes) -> Path:
    """Write a paper to a file that must not be there yet."""
    keep_report(path, pdf, _check_only)
    return path


def draw_paper(pdf: bytes, scale: float) -> tuple[Picture, ...]:
    """Draw every page at so many pixels a point, as a printer or a screen needs them."""
    return tuple(
        render_page(pdf, page, scale, "paper.pdf") for page in range(count_pages(pdf, "paper.pdf"))
    )


def _check_only(check_place: Callable[[], None]) -> None:
    check_place()


def _give_head(workspace: Workspace) -> _Register:
    at, log = workspace.now(), workspace.log
    with log.transaction():
        workspace.note(Action.REGISTER_PAGE_MADE, "log", at)
        head = log.custody.head()
        if head is None:
            raise NotFound("custody record")
        log.given_heads.insert(head, at, REGISTER_PAGE)
    return _Register(name_on_paper(workspace), head, at)
