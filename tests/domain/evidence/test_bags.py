import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence import bags

HASH = "a" * 64
names = st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=12)
paths = st.lists(names, min_size=1, max_size=3).map("/".join).filter(bags.is_plain_path)


@given(st.dictionaries(paths, st.text("0123456789abcdef", min_size=64, max_size=64)))
def test_a_manifest_reads_back_as_it_was_written(hashes: dict[str, str]) -> None:
    read = bags.read_manifest(bags.write_manifest(hashes), "m")
    assert (dict(read.entries), read.problems) == (hashes, ())


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "data/../x", "..", "a//b", "a b", "é", "a/", "con", "NUL.txt", "-x",
     ".git", "x.", "a\\b", "x" * 200],
)  # fmt: skip
def test_paths_that_are_not_safe_everywhere_are_refused(path: str) -> None:
    assert not bags.is_plain_path(path)
    with pytest.raises(ValueError, match="plain path"):
        bags.write_manifest({path: HASH})


def test_every_problem_of_a_manifest_is_listed() -> None:
    text = (
        f"\ufeff{HASH}  data/a\r\n\n{HASH.upper()} *data/b\n{HASH}  ../x\n{HASH}  data/a\nnonsense"
    )
    read = bags.read_manifest(text, "m")
    assert dict(read.entries) == {"data/a": HASH, "data/b": HASH}
    assert read.problems == (
        "m, line 4: the path is not one that a bundle holds.",
        "m, line 5: data/a is listed twice.",
        "m, line 6: not a hash and a path.",
    )


@given(st.text())
def test_any_text_can_be_read_as_a_manifest_or_tags(text: str) -> None:
    bags.read_manifest(text, "m")
    bags.read_tags(text)


def test_tags_read_back_and_a_value_cannot_make_a_line() -> None:
    written = bags.write_tags([("Source", "A\nB: c"), ("Empty", "")])
    assert written == "Source: A B: c\nEmpty: \n"
    assert bags.read_tags(written) == {"Source": "A B: c", "Empty": ""}
    assert bags.read_tags(" lost\nA: b\n\tc\nno label\n") == {"A": "b c"}


def test_the_declaration_says_1_0() -> None:
    assert bags.read_tags(bags.DECLARATION) == {
        "BagIt-Version": "1.0",
        "Tag-File-Character-Encoding": "UTF-8",
    }


def test_oxum_counts_bytes_and_files() -> None:
    assert bags.oxum(iter([1, 2, 3])) == "6.3"


@pytest.mark.parametrize(
    ("text", "name"), [("2026-0042", "2026-0042"), ("Ä/..", "x"), ("a b/c", "a-b-c")]
)
def test_plain_names_from_any_text(text: str, name: str) -> None:
    assert bags.plain_name(text) == name
