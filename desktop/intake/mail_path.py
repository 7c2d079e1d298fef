"""Reads the path that a mail took, and the checks that servers say they made on the way."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address

from desktop.domain.evidence.shown import MailCheck, MailHop

_COMMENT = r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)"
_FROM = re.compile(r"^from\s+([^\s()]+)((?:\s*" + _COMMENT + r"){0,3})", re.IGNORECASE)
_BY = re.compile(r"(?:^|\s)by\s+([^\s();]+)", re.IGNORECASE)
_WITH = re.compile(r"\swith\s+([A-Za-z][A-Za-z0-9-]{0,30}(?: SMTP Server)?)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:^|[\[(\s])(?:IPv6:)?([0-9A-Fa-f:.]{3,45})(?=[\])\s:]|$)")
_NAME = re.compile(r"(?:\w[\w-]{0,62}\.){1,10}[A-Za-z][\w-]{0,62}\.?", re.ASCII)
_HELO = re.compile(r"\b(?:helo|ehlo)[= ]\s*\[?([^\s()\[\]]+)", re.IGNORECASE)
_WORDS = re.compile(r"[^\s()\[\]=]+")
_ANY_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,30})(?:/\d+)?\s*=\s*([A-Za-z]{1,20})")
_ABOUT = ("header.d", "header.i", "smtp.mailfrom", "header.from", "smtp.helo", "envelope-from")
_SETTING = re.compile(r"([A-Za-z][A-Za-z.-]{0,30})=\"?([^\s;\"]{1,200})")
CHECKS = 30


def read_hops(untrusted_received: Sequence[str]) -> tuple[MailHop, ...]:
    """Return the steps, the newest first, each with the time since the one before it."""
    hops = [_read_hop(text) for text in untrusted_received]
    for place in range(len(hops) - 1):
        later, earlier = _moment(hops[place].at), _moment(hops[place + 1].at)
        if later and earlier:
            seconds = round((later - earlier).total_seconds())
            hops[place] = replace(hops[place], delay=seconds)
    return tuple(hops)


def read_checks(
    untrusted_results: Sequence[str], untrusted_spf: Sequence[str]
) -> tuple[MailCheck, ...]:
    """Return what the servers on the way say that they checked, in the order of the headers."""
    found: list[MailCheck] = []
    for text in untrusted_results:
        found += _results(text)
    for text in untrusted_spf:
        found += _sender_check(text)
    return tuple(found[:CHECKS])


def to_iso(untrusted_time: str) -> str:
    """Return a time of a mail as ISO 8601 with its offset, '' where it cannot be read."""
    try:
        moment = parsedate_to_datetime(untrusted_time.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        aware.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ""
    return aware.isoformat(timespec="seconds")


def _moment(iso: str) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _read_hop(text: str) -> MailHop:
    path, _, time = text.rpartition(";")
    path = path or text
    by, protocol = _BY.search(path), _WITH.search(path)
    claimed, name, address = _from(path)
    return MailHop(
        text=text,
        by=by[1].rstrip(".") if by else "",
        claimed=claimed,
        seen_name=name,
        seen_address=address,
        protocol=protocol[1] if protocol else "",
        at=to_iso(time),
    )


def _from(path: str) -> tuple[str, str, str]:
    """Return what the server before called itself, and the name and address seen of it."""
    found = _FROM.search(path)
    if not found:
        return "", "", ""
    first, beside = found[1], found[2] or ""
    address = _address(beside) or _address(first)
    helo = _HELO.search(beside)
    if helo:
        seen = "" if first.lower() == "unknown" or _address(first) else first
        return helo[1], seen.rstrip("."), address
    names = [word for word in _WORDS.findall(beside) if _NAME.fullmatch(word)]
    return first.strip("[]"), names[0].rstrip(".") if names else "", address


def _address(text: str) -> str:
    for found in _ADDRESS.finditer(text):
        try:
            return str(ip_address(found[1]))
        except ValueError:
            continue
    return ""


def _results(text: str) -> list[MailCheck]:
    plain = _ANY_COMMENT.sub(" ", _ANY_COMMENT.sub(" ", text))
    first, *others = plain.split(";")
    if "=" in first:
        first, others = "", [first, *others]
    server = first.split()[0] if first.split() else ""
    checks = []
    for piece in others:
        result = _RESULT.match(piece.strip())
        if result:
            about: dict[str, str] = dict(_SETTING.findall(piece))
            whom = next((about[name] for name in _ABOUT if name in about), "")
            checks.append(MailCheck(result[1].lower(), result[2].lower(), whom, server))
    return checks


def _sender_check(text: str) -> list[MailCheck]:
    result = re.match(r"[A-Za-z]{1,20}", text)
    if not result:
        return []
    about: dict[str, str] = dict(_SETTING.findall(_ANY_COMMENT.sub(" ", text)))
    whom = about.get("envelope-from", about.get("helo", ""))
    return [MailCheck("spf", result[0].lower(), whom, about.get("receiver", ""))]
