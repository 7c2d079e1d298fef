"""The page that an officer reads first: what this is, what is in it and not, how to check it."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from desktop.domain.evidence.bags import MANIFEST_FILE, TAG_MANIFEST_FILE
from desktop.domain.leaving.bundle import BundleContent
from desktop.domain.people import PersonKind, Role
from desktop.export.blocks import (
    bullets,
    facts,
    gap,
    grid,
    heading,
    note,
    small,
    text_blocks,
    title_block,
)

_NOT_HERE = (
    "Anything that was held back: it is described in words in document 09, and was not copied.",
    "Copies that were made of the exhibits: they are listed at the end of document 04.",
    "Devices, mailboxes and online accounts: where originals remain is said in the exhibit list.",
    "A witness statement: the producer named for each exhibit can give one.",
    "Redaction: these are originals, for the police only. Do not pass this bundle on as it is.",
    "Records of other incidents, unless a line of the chronology speaks of them.",
)
_UNCHANGED = (
    "The hashes show that files are unchanged since they were entered in the log. They do not "
    "show who made what can be seen in them."
)
_APOSTROPHES = (
    "In the CSV files a cell that begins with =, +, - or @ has an apostrophe in front, so that a "
    "spreadsheet shows it and does not calculate with it."
)
_READING = (
    "Times are local time with their distance from UTC. In running text [U+1F600] stands for a "
    "character that cannot be printed here; the original holds it unchanged."
)
_NO_NAMES = (
    "A member of staff is reported. An allegation is not a finding. Nothing may be published that "
    "lets anybody recognise a teacher who is accused, until they are charged (Education Act 2002, "
    "section 141F; not checked against the text)."
)
_CHECKS = (
    ("Windows, Command Prompt", f"certutil -hashfile {TAG_MANIFEST_FILE} SHA256"),
    ("Windows, PowerShell", f"Get-FileHash {TAG_MANIFEST_FILE}"),
    ("macOS", f"shasum -a 256 {TAG_MANIFEST_FILE}"),
    ("Linux", f"sha256sum {TAG_MANIFEST_FILE}"),
    ("Every file, macOS", f"shasum -a 256 -c {MANIFEST_FILE}"),
    ("Every file, Linux", f"sha256sum -c {MANIFEST_FILE}"),
)


def start_here_story(content: BundleContent, listed: Sequence[tuple[str, str]]) -> list[Flowable]:
    """Tell what the bundle is; `listed` are its files with what they are."""
    incident = content.incident
    story = title_block(
        "Start here",
        f"Evidence bundle for the police about incident {incident.number}, version "
        f"{content.version}. It opens without any special program.",
    )
    story.append(facts(_about(content)))
    story += [gap(6), note(_handling(), warn=True)]
    if _names_staff(content):
        story += [gap(6), note(_NO_NAMES, warn=True)]
    story += [heading("What is in it"), grid(("File", "What it is"), listed, (45, 55))]
    story += [heading("What is not in it"), *bullets(_NOT_HERE)]
    story += [heading("How to check that nothing was changed"), *text_blocks(_how())]
    story += [grid(("Where", "Command, in the folder of this page"), _CHECKS, (28, 72))]
    made = f"Made with {content.made_with}."
    story += [gap(6), *map(small, (_UNCHANGED, _APOSTROPHES, _READING, made))]
    return story


def _about(content: BundleContent) -> list[tuple[str, str]]:
    title = f", {content.contact_title}" if content.contact_title else ""
    pairs = [
        ("From", content.organisation),
        ("Contact", f"{content.contact_name}{title}"),
        ("For", content.recipient or "The police"),
        ("Crime or incident reference", content.crime_reference or "None given yet"),
    ]
    if content.earlier:
        pairs.append(("Earlier bundles", "\n".join(content.earlier)))
    return pairs


def _names_staff(content: BundleContent) -> bool:
    return any(
        one.role is Role.PERSON_REPORTED and one.person.kind is PersonKind.STAFF
        for one in content.people
    )


def _handling() -> str:
    return (
        "Confidential: contains children's data. Some exhibits may be distressing. Keep it where "
        "only those who need it can open it. The originals stay in our log until the police say "
        "in writing that they are no longer needed."
    )


def _how() -> str:
    return (
        f"The receipt beside this bundle shows a fingerprint: the SHA-256 of {TAG_MANIFEST_FILE}. "
        "Work it out with one of the first four commands and compare it with the signed paper. If "
        "it is the same, every list in this bundle is as we made it. The last two commands then "
        "compare every file with its list. The fingerprint does not depend on whether the bundle "
        "comes as a folder, a ZIP or a sealed ZIP."
    )
