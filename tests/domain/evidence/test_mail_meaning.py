from dataclasses import replace

import pytest

from desktop.domain.evidence.mail_meaning import (
    ALWAYS,
    address_in,
    handed_over,
    in_utc,
    say_check,
    say_delay,
    say_kind,
    say_time,
    site_of,
    stands_out,
)
from desktop.domain.evidence.shown import MailCheck, MailHop, MailView

INNER = MailHop(
    text="", by="store.example.org", claimed="mx.example.org", seen_address="10.1.2.3", delay=1
)
BORDER = MailHop(
    text="",
    by="mx.example.org",
    claimed="mail.example.net",
    seen_name="out.example.net",
    seen_address="192.0.2.7",
    at="2026-11-19T21:14:03+00:00",
    delay=5,
)
CLAIMED = MailHop(text="", by="out.example.net", claimed="laptop", seen_address="198.51.100.9")


def a_view(*hops: MailHop, checks: tuple[MailCheck, ...] = (), **headers: str) -> MailView:
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    given = {"From": "Night Owl <owl@example.net>", "Message-ID": "<1@example.net>", **own}
    return MailView(
        headers=tuple(given.items()),
        received=(),
        body="",
        attachments=(),
        hops=hops,
        checks=checks,
    )


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("mx1.mail.example.org", "example.org"),
        ("MX.School.Sch.UK.", "school.sch.uk"),
        ("mail.example.co.uk", "example.co.uk"),
        ("example.co", "example.co"),
        ("localhost", ""),
        ("192.0.2.1", ""),
        ("2001:db8::1.example", ""),
        ("", ""),
    ],
)
def test_site_is_what_an_organisation_owns(host: str, site: str) -> None:
    assert site_of(host) == site


def test_address_is_found_beside_a_name() -> None:
    assert address_in('"a@example.com" <b@example.net>') == "b@example.net"
    assert address_in("b@example.net (Bee)") == "b@example.net"
    assert address_in("nobody") == ""


def test_mail_is_handed_over_where_it_comes_from_outside() -> None:
    assert handed_over(a_view(INNER, BORDER, CLAIMED)) == 1
    assert handed_over(a_view(BORDER)) == 0
    assert handed_over(a_view()) is None


def test_steps_by_others_are_never_the_receivers() -> None:
    named = MailHop(text="", by="store.example.org", claimed="mx.example.org")
    assert handed_over(a_view(named, CLAIMED)) == 0
    nameless = MailHop(text="", by="", claimed="somewhere.example.com")
    assert handed_over(a_view(nameless)) == 0
    assert handed_over(a_view(replace(INNER, by=""), CLAIMED)) == 1


def test_path_within_one_provider_ends_with_its_first_step() -> None:
    inner = MailHop(text="", by="a.example.org")
    assert handed_over(a_view(inner, inner)) == 1
    same = replace(BORDER, seen_name="web.example.org")
    assert handed_over(a_view(same, inner)) == 1


def test_checks_are_said_in_words() -> None:
    said = say_check(MailCheck("spf", "pass", "example.net", "mx.example.org"))
    assert said == (
        "SPF passed: the server that sent it may send for example.net "
        "(according to mx.example.org)."
    )
    other = say_check(MailCheck("x-odd", "strange", "", ""))
    assert other == "X-ODD strange: the domain (it is not said by which server)."


def test_times_and_delays_are_said_with_their_offset() -> None:
    assert say_time("2026-11-19T22:13:58+01:00") == "19 Nov 2026, 22:13:58 +0100"
    assert in_utc("2026-11-19T22:13:58+01:00") == "19 Nov 2026, 21:13:58 +0000"
    assert say_time("") == in_utc("") == ""
    assert say_delay(None) == ""
    assert say_delay(5) == "5 s"
    assert say_delay(65) == "1 min 5 s"
    assert say_delay(3_700) == "1 h 1 min"
    assert say_delay(90_000) == "1 d 1 h"
    assert say_delay(-65) == "clocks disagree by 1 min 5 s"


def test_kinds_are_said_without_jargon() -> None:
    kinds = [say_kind(one) for one in ("image/png", "application/pdf", "application/x", "odd")]
    assert kinds == ["picture", "PDF document", "file", "file"]


def test_what_holds_for_every_mail_is_said_in_whole_sentences() -> None:
    assert all(words.endswith(".") for words in ALWAYS)


def test_nothing_stands_out_in_an_ordinary_mail() -> None:
    assert stands_out(a_view(BORDER)) == ()


def test_steps_before_the_border_are_said_to_be_claims() -> None:
    (said,) = stands_out(a_view(INNER, BORDER, CLAIMED))
    assert said.startswith("Step 2 is where mx.example.org took it over.")
    bare = replace(BORDER, by="")
    assert "the receiver" in stands_out(a_view(bare, CLAIMED))[0]


def test_mail_without_a_path_is_said() -> None:
    view = replace(a_view(), left_out=True)
    held, lost = stands_out(view)
    assert "held back" in held
    assert "no path in this copy" in lost


def test_checks_of_others_are_said_to_be_claims() -> None:
    own = MailCheck("spf", "pass", "example.net", "mx.example.org")
    other = MailCheck("spf", "pass", "example.net", "mx.example.com")
    assert stands_out(a_view(BORDER, checks=(own,))) == ()
    (said,) = stands_out(a_view(BORDER, checks=(own, other)))
    assert said.startswith("The checks of mx.example.com were not made by example.org.")


def test_names_that_differ_are_said() -> None:
    said = stands_out(
        a_view(
            BORDER,
            From='"head@example.org" <owl@example.net>',
            Reply_To="Other <other@example.com>",
            Return_Path="<bounce@sender.example.com>",
            Message_ID="",
        )
    )
    assert said[0] == "An answer would go to other@example.com, not to owl@example.net after From."
    assert said[1].startswith("It was sent for example.com, and From says example.net.")
    assert said[2].startswith("The name after From reads as the address head@example.org;")
    assert said[3].startswith("It has no Message-ID.")


def test_times_that_do_not_fit_are_said() -> None:
    back, long = replace(BORDER, delay=-120), replace(INNER, delay=7_200)
    said = stands_out(a_view(long, back, CLAIMED))
    assert said[1] == "Between steps 2 and 3 it took 2 h 0 min."
    assert said[2].startswith("Between steps 1 and 2 the clocks disagree by 2 min 0 s")
