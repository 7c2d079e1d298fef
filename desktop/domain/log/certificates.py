"""What an erasure certificate says: enough to prove the erasure, no name of anybody concerned."""

import json
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar.times import Moment
from desktop.domain.log.custody import Head


@dataclass(frozen=True, slots=True)
class ErasedContent:
    """One exhibit whose content was erased: its mark, and the SHA-256 of what it held."""

    mark: str
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupLeft:
    """A place that still holds older backups, how many, and the day the last of them goes."""

    place: str
    count: int
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """An erasure as it is certified.

    `authorised_by` and `second` are name and title; `second` is another keyholder, or a witness
    without a key. `kept` counts contents that another record still needs. `head` is the custody
    entry of the erasure.
    """

    organisation: str
    number: str
    erased_at: Moment
    retention_class: str
    reason: str
    authorised_by: str
    second: str
    second_is_witness: bool
    contents: tuple[ErasedContent, ...]
    kept: int
    head: Head
    fingerprint: str
    backups: tuple[BackupLeft, ...]


def certificate_text(facts: CertificateFacts) -> str:
    """Write a certificate so that it can be kept and printed again."""
    return json.dumps(
        {
            "organisation": facts.organisation,
            "number": facts.number,
            "erased_at": facts.erased_at.to_text(),
            "retention_class": facts.retention_class,
            "reason": facts.reason,
            "authorised_by": facts.authorised_by,
            "second": facts.second,
            "second_is_witness": facts.second_is_witness,
            "contents": [[one.mark, one.sha256] for one in facts.contents],
            "kept": facts.kept,
            "head": [facts.head.number, facts.head.own],
            "fingerprint": facts.fingerprint,
            "backups": [[one.place, one.count, one.expires.isoformat()] for one in facts.backups],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def read_certificate(text: str) -> CertificateFacts:
    """Read back what certificate_text wrote."""
    kept = json.loads(text)
    return CertificateFacts(
        organisation=kept["organisation"],
        number=kept["number"],
        erased_at=Moment.from_text(kept["erased_at"]),
        retention_class=kept["retention_class"],
        reason=kept["reason"],
        authorised_by=kept["authorised_by"],
        second=kept["second"],
        second_is_witness=kept["second_is_witness"],
        contents=tuple(ErasedContent(mark, sha256) for mark, sha256 in kept["contents"]),
        kept=kept["kept"],
        head=Head(*kept["head"]),
        fingerprint=kept["fingerprint"],
        backups=tuple(
            BackupLeft(place, count, date.fromisoformat(expires))
            for place, count, expires in kept["backups"]
        ),
    )
