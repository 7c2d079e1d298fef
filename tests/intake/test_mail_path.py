import pytest

from desktop.intake.mail_path import CHECKS, read_checks, read_hops, to_iso

DATE = "; Thu, 19 Nov 2026 21:14:03 +0000"


@pytest.mark.parametrize(
    ("text", "claimed", "name", "address", "by", "protocol"),
    [
        (
            (
                "from mail.example.net (out.example.net. [192.0.2.7]) by mx.example.org (Postfix) "
                "with ESMTPS id 1 for <learner@example.org>"
            ),
            "mail.example.net", "out.example.net", "192.0.2.7", "mx.example.org", "ESMTPS",
        ),
        (
            "from out.example.net ([192.0.2.7] helo=laptop.local) by mx.example.org with esmtp",
            "laptop.local", "out.example.net", "192.0.2.7", "mx.example.org", "esmtp",
        ),
        (
            "from [192.0.2.7] (helo=laptop) by mx.example.org with esmtpa",
            "laptop", "", "192.0.2.7", "mx.example.org", "esmtpa",
        ),
        (
            "from unknown (HELO pc) (192.0.2.7) by q.example.org with SMTP",
            "pc", "", "192.0.2.7", "q.example.org", "SMTP",
        ),
        (
            (
                "from a.prod.example.com (2001:db8::1) by b.prod.example.com (2001:db8::2) with "
                "Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20"
            ),
            "a.prod.example.com", "", "2001:db8::1", "b.prod.example.com",
            "Microsoft SMTP Server",
        ),
        (
            (
                "from pc.example.com (pc.example.com [IPv6:2001:db8::5] (may be forged)) "
                "by mx.example.org (8.17)"
            ),
            "pc.example.com", "pc.example.com", "2001:db8::5", "mx.example.org", "",
        ),
        ("by mx.example.org with HTTP", "", "", "", "mx.example.org", "HTTP"),
        ("from pc (unknown [999.1.1.1])", "pc", "", "", "", ""),
        ("nothing of use", "", "", "", "", ""),
    ],
)  # fmt: skip
def test_a_step_is_read_as_each_server_writes_it(
    text: str, claimed: str, name: str, address: str, by: str, protocol: str
) -> None:
    (hop,) = read_hops([text + DATE])
    assert (hop.claimed, hop.seen_name, hop.seen_address) == (claimed, name, address)
    assert (hop.by, hop.protocol) == (by, protocol)
    assert hop.at == "2026-11-19T21:14:03+00:00"
    assert hop.text == text + DATE
    assert hop.delay is None


def test_delays_lie_between_a_step_and_the_one_before() -> None:
    hops = read_hops(
        [
            "by c.example; Thu, 19 Nov 2026 21:14:00 +0000",
            "by b.example; Thu, 19 Nov 2026 22:13:55 +0100 (CET)",
            "by a.example; Thu, 19 Nov 2026 21:15:00 +0000",
            "by nobody; some day",
            "by o.example; Thu, 19 Nov 2026 21:00:00 -0000",
        ]
    )
    assert [hop.delay for hop in hops] == [5, -65, None, None, None]
    assert hops[3].at == ""
    assert hops[4].at == "2026-11-19T21:00:00+00:00"


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Thu, 99 Nov 2026 21:14:03 +0000", "31 Dec 9999 23:59:00 -2359"]
)
def test_times_that_are_none_are_left_out(text: str) -> None:
    assert to_iso(text) == ""


def test_step_without_a_time_is_still_a_step() -> None:
    (hop,) = read_hops(["from pc by mx.example.org"])
    assert (hop.claimed, hop.by, hop.at) == ("pc", "mx.example.org", "")


def test_checks_are_read_with_whom_they_are_about() -> None:
    checks = read_checks(
        [
            (
                "mx.example.org; spf=pass (of (any) kind) smtp.mailfrom=b@example.net; "
                'dkim=fail reason="bad" header.d=example.net; dmarc/1=none; and nonsense'
            ),
            "spf=softfail (sender IP is 192.0.2.7) smtp.mailfrom=example.com; dkim=none",
            ";",
        ],
        ['Pass (x) envelope-from="a@example.net"; receiver=mx.q.org', "=", "None"],
    )
    assert [(one.method, one.result, one.about, one.server) for one in checks] == [
        ("spf", "pass", "b@example.net", "mx.example.org"),
        ("dkim", "fail", "example.net", "mx.example.org"),
        ("dmarc", "none", "", "mx.example.org"),
        ("spf", "softfail", "example.com", ""),
        ("dkim", "none", "", ""),
        ("spf", "pass", "a@example.net", "mx.q.org"),
        ("spf", "none", "", ""),
    ]


def test_checks_without_end_are_bounded() -> None:
    assert len(read_checks(["mx; " + "spf=pass; " * 100], [])) == CHECKS


@pytest.mark.parametrize(
    "hostile",
    ["from " + "(" * 2000, "from a " + "(()" * 700, "from a (" + "a." * 1000, " by" * 700],
)
def test_hostile_steps_are_read_at_once(hostile: str) -> None:
    for _ in range(20):
        assert len(read_hops([hostile])) == 1
