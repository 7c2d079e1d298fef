"""What the headers of a mail mean in plain words, and what must not be concluded from them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

from desktop.domain.calendar.times import MONTHS
from desktop.domain.evidence.shown import MailCheck, MailHop, MailView

_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gov", "ltd", "me", "net", "nhs", "org",
                           "plc", "police", "sch"))  # fmt: skip
_COUNTRY = 2
_IN_BRACKETS = re.compile(r"<([^<>\s]{1,300}@[^<>\s]{1,300})>")
_PLAIN = re.compile(r"[^\s<>,;\"'()]{1,300}@[^\s<>,;\"'()]{1,300}")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
CLOCKS_DIFFER = 60
LONG_DELAY = _HOUR

ALWAYS = (
    "Anybody can type any name and address after From. It does not show who wrote this.",
    (
        "An address of the path belongs to a server or a connection, not to a person or a place. "
        "Only the provider can tell the police who used it and when."
    ),
    (
        "A check that was passed says that it came through servers that may send for a domain. "
        "It does not say who used the account: accounts are shared, and taken over."
    ),
    (
        "A check that failed, or was not made, does not show that a mail is false: forwarding and "
        "mailing lists undo checks."
    ),
    "Each time is that of one server's own clock.",
    (
        "Do not answer this mail, open its links or look for its sender. That is for the provider "
        "and the police."
    ),
)
# Addresses that networks use within themselves.
_INNER = tuple(
    ip_network(text)
    for text in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
                 "::1/128", "fc00::/7", "fe80::/10")
)  # fmt: skip
_CHECKED = {
    "spf": "the server that sent it may send for {about}",
    "dkim": "it was signed by {about} and is as it was when it was signed",
    "dmarc": "the domain after From, {about}, is the one that was checked",
    "compauth": "the provider's own check of {about}",
    "arc": "the checks that earlier servers noted for {about}",
}
_KINDS = {
    "image": "picture",
    "audio": "sound",
    "video": "video",
    "text": "text",
    "message/rfc822": "e-mail",
    "application/vnd.ms-outlook": "e-mail",
    "application/pdf": "PDF document",
    "application/zip": "archive",
}
_RESULTS = {
    "pass": "passed",
    "fail": "failed",
    "softfail": "probably failed",
    "neutral": "not decided by the domain",
    "none": "not made: the domain offers nothing to check",
    "bestguesspass": "passed by a guess: the domain offers nothing to check",
    "temperror": "could not be made at that moment",
    "permerror": "could not be made: what the domain offers is faulty",
}


def site_of(host: str) -> str:
    """Return the part of a server's name that an organisation owns, '' for an address."""
    labels = [label for label in host.strip(".[]").lower().split(".") if label]
    if len(labels) < 2 or labels[-1].isdigit() or ":" in host:  # noqa: PLR2004
        return ""
    many = len(labels[-1]) == _COUNTRY and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if many else labels[-2:])


def address_in(value: str) -> str:
    """Return the mail address in a header such as From, or ''."""
    found = _IN_BRACKETS.findall(value) or _PLAIN.findall(value)
    return str(found[-1]) if found else ""


def handed_over(view: MailView) -> int | None:
    """Return the step at which the mail came from outside to the servers that received it.

    The lines before it were written by the receiver; those after it, the sender could make up.
    """
    own = ""
    for place, hop in enumerate(view.hops):
        own = own or site_of(hop.by)
        if site_of(hop.by) not in ("", own):
            return place - 1 if place else None
        if _from_outside(hop, own):
            return place
    return len(view.hops) - 1 if view.hops else None


def say_check(check: MailCheck) -> str:
    """Write a check as a sentence, with which server says so."""
    what = _CHECKED.get(check.method, "{about}").format(about=check.about or "the domain")
    result = _RESULTS.get(check.result, check.result)
    who = f"according to {check.server}" if check.server else "it is not said by which server"
    return f"{check.method.upper()} {result}: {what} ({who})."


def say_time(iso: str) -> str:
    """Write a time of the path with its seconds and offset: 19 Nov 2026, 21:14:03 +0000."""
    if not iso:
        return ""
    at = datetime.fromisoformat(iso)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M:%S %z}"


def say_delay(seconds: int | None) -> str:
    """Write how long a step took; a negative one only shows that clocks disagree."""
    if seconds is None:
        return ""
    if seconds < 0:
        return f"clocks disagree by {_span(-seconds)}"
    return _span(seconds)


def stands_out(view: MailView) -> tuple[str, ...]:
    """Return what to keep in mind about this mail; ALWAYS holds for every mail."""
    return (*_about_path(view), *_about_names(view), *_about_times(view))


def say_kind(media_type: str) -> str:
    """Name the kind of something attached: picture, sound, text; file where nothing fits."""
    return _KINDS.get(media_type) or _KINDS.get(media_type.partition("/")[0], "file")


def _from_outside(hop: MailHop, own: str) -> bool:
    if hop.seen_address:
        at = ip_address(hop.seen_address)
        if any(at in network for network in _INNER):
            return False
        return site_of(hop.seen_name or hop.claimed) != own
    site = site_of(hop.seen_name or hop.claimed)
    return site not in ("", own)


def _about_path(view: MailView) -> Iterator[str]:
    if view.left_out:
        yield (
            "This copy holds the headers and the words alone. What was attached was held back, "
            "and is listed in the words."
        )
    if not view.hops:
        yield (
            "There is no path in this copy: it was never sent, or forwarding or copying lost it. "
            "Ask for the original from the mailbox in which it arrived."
        )
        return
    place = handed_over(view)
    if place is not None and place < len(view.hops) - 1:
        yield (
            f"Step {len(view.hops) - place} is where {view.hops[place].by or 'the receiver'} took "
            "it over. Every earlier step is only what the sender's side says, and can be made up."
        )
    own = site_of(view.hops[0].by)
    others = sorted({one.server for one in view.checks if site_of(one.server) not in ("", own)})
    if own and others:
        yield f"The checks of {', '.join(others)} were not made by {own}. They can be made up."


def _about_names(view: MailView) -> Iterator[str]:
    sender = address_in(view.header("From"))
    answers, returns = address_in(view.header("Reply-To")), address_in(view.header("Return-Path"))
    if answers and sender and answers.lower() != sender.lower():
        yield f"An answer would go to {answers}, not to {sender} after From."
    if returns and sender and _site(returns) != _site(sender):
        yield (
            f"It was sent for {_site(returns)}, and From says {_site(sender)}. Mailing services "
            "do so too: this alone shows nothing."
        )
    shown = _PLAIN.findall(view.header("From").partition("<")[0])
    if sender and shown and shown[0].lower() != sender.lower():
        yield f"The name after From reads as the address {shown[0]}; the address is {sender}."
    if not view.header("Message-ID"):
        yield "It has no Message-ID. The provider will need the times and addresses instead."


def _about_times(view: MailView) -> Iterator[str]:
    total = len(view.hops)
    for place, hop in enumerate(view.hops):
        step = f"Between steps {total - place - 1} and {total - place}"
        if hop.delay is not None and hop.delay < -CLOCKS_DIFFER:
            yield f"{step} the clocks disagree by {_span(-hop.delay)}, or a line is made up."
        elif hop.delay is not None and hop.delay > LONG_DELAY:
            yield f"{step} it took {_span(hop.delay)}."


def _site(address: str) -> str:
    return site_of(address.rpartition("@")[2])


def _span(seconds: int) -> str:
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min {seconds % _MINUTE} s"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} min"
    return f"{seconds // _DAY} d {seconds % _DAY // _HOUR} h"


def in_utc(iso: str) -> str:
    """Write the same time in UTC, '' where there is none."""
    return say_time(datetime.fromisoformat(iso).astimezone(UTC).isoformat()) if iso else ""
