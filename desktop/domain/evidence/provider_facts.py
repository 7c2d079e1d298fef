"""The facts of a mail that a letter to the sender's provider needs; no name of who received it."""

from dataclasses import dataclass

from desktop.domain.evidence.mail_meaning import address_in, handed_over, in_utc, say_time, site_of
from desktop.domain.evidence.shown import MailHop, MailView

NOT_KNOWN = "not in the headers"
REMINDER = (
    "Left out on purpose: who received it, the subject and the words. "
    "Add no name of a child to the letter."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFacts:
    """Whom to write to and what to quote; times as the servers wrote them, with their offset.

    `provider` is the domain that handed the mail over, '' where only an address is known.
    """

    provider: str = ""
    basis: str = ""
    address: str = ""
    server: str = ""
    called_itself: str = ""
    taken_by: str = ""
    taken_at: str = ""
    taken_at_utc: str = ""
    message_id: str = ""
    claimed_from: str = ""
    reply_to: str = ""
    return_path: str = ""
    dated: str = ""
    handed_in_from: str = ""


def provider_facts(view: MailView, step: int | None = None) -> ProviderFacts:
    """Return the facts; `step` says at which place of the path it was handed over, if known."""
    place = handed_over(view) if step is None else step
    hop = view.hops[place] if place is not None and 0 <= place < len(view.hops) else None
    seen = hop or MailHop(text="")
    provider, basis = _provider(view, hop)
    return ProviderFacts(
        provider=provider,
        basis=basis,
        address=seen.seen_address,
        server=seen.seen_name,
        called_itself=seen.claimed,
        taken_by=seen.by,
        taken_at=say_time(seen.at),
        taken_at_utc=in_utc(seen.at),
        message_id=view.header("Message-ID"),
        claimed_from=address_in(view.header("From")),
        reply_to=address_in(view.header("Reply-To")),
        return_path=address_in(view.header("Return-Path")),
        dated=view.header("Date"),
        handed_in_from=_handed_in_from(view, hop),
    )


def facts_text(facts: ProviderFacts) -> str:
    """Write the facts as lines to be put into a letter."""
    rows = (
        ("Provider to write to", facts.provider or NOT_KNOWN),
        ("Known from", facts.basis),
        ("Internet address that handed it over", facts.address),
        ("Name of that server", facts.server),
        ("It called itself", facts.called_itself),
        ("Taken over by", facts.taken_by),
        ("Taken over at", facts.taken_at),
        ("The same in UTC", facts.taken_at_utc),
        ("Message-ID", facts.message_id or NOT_KNOWN),
        ("Address after From, as claimed", facts.claimed_from),
        ("Address for answers, as claimed", facts.reply_to),
        ("Return-Path", facts.return_path),
        ("Date in the mail, as claimed", facts.dated),
        ("Handed in from, as the sender's side says", facts.handed_in_from),
    )
    return "\n".join(f"{label}: {value}" for label, value in rows if value)


def _provider(view: MailView, hop: MailHop | None) -> tuple[str, str]:
    claimed = site_of(address_in(view.header("From")).rpartition("@")[2])
    if hop is None:
        return claimed, "the address after From alone, which anybody can type" if claimed else ""
    if site := site_of(hop.seen_name):
        return site, f"the server that {hop.by or 'the receiver'} saw"
    if site := site_of(hop.claimed):
        return site, "what the server called itself; its address says more surely who runs it"
    if hop.seen_address:
        return "", "the Internet address alone: your IT support can look up who runs it"
    if site := site_of(hop.by):
        return site, "the path: it was sent and received within one provider"
    return claimed, "the address after From alone, which anybody can type" if claimed else ""


def _handed_in_from(view: MailView, hop: MailHop | None) -> str:
    """Return the address that the sender's side notes for who handed the mail in."""
    noted = view.header("X-Originating-IP").strip("[] ")
    first = view.hops[-1] if view.hops else None
    return noted or (first.seen_address if first and first is not hop else "")
