"""The documents of a bundle, each made from its content and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.platypus import Flowable

from desktop.domain.leaving.bundle import BundleContent, exhibit_path
from desktop.export.evidence_documents import (
    continuity_story,
    exhibits_story,
    held_back_story,
)
from desktop.export.label_documents import labels_story
from desktop.export.page_style import PaperHead, compose
from desktop.export.record_documents import (
    chronology_story,
    contacts_story,
    people_story,
    summary_story,
)
from desktop.export.sheets import (
    chronology_sheet,
    continuity_sheet,
    custody_sheet,
    exhibit_sheet,
    people_sheet,
)
from desktop.export.start_here import start_here_story
from desktop.export.thing_documents import things_story

Story = Callable[[BundleContent], list[Flowable]]
Sheet = Callable[[BundleContent], bytes]

_PAPERS: tuple[tuple[str, str, Story], ...] = (
    ("01_Summary", "Summary", summary_story),
    ("02_Chronology", "Chronology", chronology_story),
    ("03_People_and_accounts", "People and accounts", people_story),
    ("04_Exhibit_list", "Exhibit list", exhibits_story),
    ("05_Continuity", "Continuity", continuity_story),
    ("06_Contacts", "Contacts", contacts_story),
    ("08_Labels", "Labels for the exhibits, to be signed", labels_story),
    ("09_Held_back_and_described", "Held back, and described only", held_back_story),
    ("10_Physical_items", "Physical items", things_story),
)
_SHEETS: tuple[tuple[str, str, Sheet], ...] = (
    ("02_Chronology", "The chronology as a table", chronology_sheet),
    ("03_People_and_accounts", "People and accounts as a table", people_sheet),
    ("04_Exhibit_list", "The exhibit list as a table", exhibit_sheet),
    ("05_Continuity", "Continuity as a table", continuity_sheet),
    ("11_Custody_extract", "Entries of the custody record, with chain values", custody_sheet),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a bundle that was made for it; the path is the one inside the payload."""

    path: str
    title: str
    content: bytes = field(repr=False)


def head_for(content: BundleContent, title: str) -> PaperHead:
    """Say what stands on every page of a document of this bundle."""
    reference = content.crime_reference
    return PaperHead(
        title=f"{title}, incident {content.incident.number}",
        left=f"Incident {content.incident.number}",
        right=f"Crime reference {reference}" if reference else "No crime reference yet",
        made_at=content.made_at,
    )


def build_documents(content: BundleContent) -> tuple[Document, ...]:
    """Make every document of the payload, in the order in which they are read."""
    papers = [
        Document(f"{stem}.pdf", title, compose(head_for(content, title), story(content)))
        for stem, title, story in _PAPERS
    ]
    sheets = [Document(f"{stem}.csv", title, sheet(content)) for stem, title, sheet in _SHEETS]
    return tuple(sorted([*papers, *sheets], key=lambda document: document.path))


def build_start_here(content: BundleContent, documents: tuple[Document, ...]) -> bytes:
    """Make the page that is read first."""
    listed = [(f"data/{document.path}", document.title) for document in documents]
    listed += [
        (f"data/{exhibit_path(item)}", f"{item.mark}: the original, unchanged")
        for item in content.kept
    ]
    head = head_for(content, "Start here")
    return compose(head, start_here_story(content, listed))
