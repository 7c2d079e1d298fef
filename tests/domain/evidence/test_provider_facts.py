from dataclasses import replace

from desktop.domain.evidence.provider_facts import facts_text, provider_facts
from desktop.domain.evidence.shown import MailHop
from tests.domain.evidence.test_mail_meaning import BORDER, CLAIMED, INNER, a_view

NO_NAME = replace(BORDER, seen_name="")


def test_provider_is_who_handed_the_mail_over() -> None:
    view = a_view(
        INNER,
        BORDER,
        CLAIMED,
        Reply_To="other@example.com",
        Return_Path="<bounce@example.net>",
        Date="Thu, 19 Nov 2026 21:14:00 +0000",
    )
    facts = provider_facts(view)
    assert facts.provider == "example.net"
    assert facts.basis == "the server that mx.example.org saw"
    assert facts_text(facts).splitlines() == [
        "Provider to write to: example.net",
        "Known from: the server that mx.example.org saw",
        "Internet address that handed it over: 192.0.2.7",
        "Name of that server: out.example.net",
        "It called itself: mail.example.net",
        "Taken over by: mx.example.org",
        "Taken over at: 19 Nov 2026, 21:14:03 +0000",
        "The same in UTC: 19 Nov 2026, 21:14:03 +0000",
        "Message-ID: <1@example.net>",
        "Address after From, as claimed: owl@example.net",
        "Address for answers, as claimed: other@example.com",
        "Return-Path: bounce@example.net",
        "Date in the mail, as claimed: Thu, 19 Nov 2026 21:14:00 +0000",
        "Handed in from, as the sender's side says: 198.51.100.9",
    ]


def test_who_received_it_and_what_it_says_stay_out() -> None:
    view = a_view(BORDER, To="Zoe Learner <zoe@example.org>", Subject="zoe is a")
    assert "zoe" not in facts_text(provider_facts(view)).lower()


def test_provider_is_known_less_surely_from_less() -> None:
    claimed = provider_facts(a_view(NO_NAME))
    assert claimed.provider == "example.net"
    assert "called itself" in claimed.basis
    address = provider_facts(a_view(replace(NO_NAME, claimed="pc")))
    assert address.provider == ""
    assert "Internet address alone" in address.basis
    assert "Provider to write to: not in the headers" in facts_text(address)
    within = provider_facts(a_view(MailHop(text="", by="mx.example.org")))
    assert within.provider == "example.org"
    assert "within one provider" in within.basis


def test_without_a_path_only_the_claim_is_left() -> None:
    bare = provider_facts(a_view())
    assert bare.provider == "example.net"
    assert "anybody can type" in bare.basis
    assert provider_facts(a_view(MailHop(text=""))).basis == bare.basis
    nothing = provider_facts(a_view(From="nobody"))
    assert (nothing.provider, nothing.basis) == ("", "")
    assert provider_facts(a_view(MailHop(text=""), From="nobody")).basis == ""


def test_another_step_can_be_chosen() -> None:
    view = a_view(BORDER, CLAIMED)
    assert provider_facts(view, 1).address == "198.51.100.9"
    assert provider_facts(view, 9).address == ""


def test_address_noted_by_the_sender_s_side_is_taken() -> None:
    view = a_view(BORDER, CLAIMED, X_Originating_IP="[203.0.113.9]")
    assert provider_facts(view).handed_in_from == "203.0.113.9"
    assert provider_facts(a_view(BORDER)).handed_in_from == ""
