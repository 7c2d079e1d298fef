from desktop.domain.evidence.bags import is_plain_path
from desktop.domain.leaving.bundle import BundleForm, exhibit_path
from tests.export.bundle_contents import a_content


def test_the_name_says_what_it_is_and_nothing_of_a_person() -> None:
    content = a_content(version=3)
    assert content.name == "POLICE_2026-0042_20261120-1405_v3"
    assert is_plain_path(content.name)


def test_items_are_originals_or_words() -> None:
    content = a_content()
    assert [str(item.mark) for item in content.kept] == ["PXS/1", "PXS/2"]
    assert [str(item.mark) for item in content.in_words] == ["PXS/3"]
    assert [exhibit_path(item) for item in content.kept] == [
        "exhibits/PXS-1_original.png",
        "exhibits/PXS-2_original.eml",
    ]


def test_only_files_have_an_ending() -> None:
    assert [form.ending for form in BundleForm] == ["", ".zip", ".zip"]
