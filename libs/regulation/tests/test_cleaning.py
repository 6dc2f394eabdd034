"""What people paste and type: invisible characters, blanks, apostrophes and hyphens of every kind."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regulation.codes import DossierCode, VerificationCode
from regulation.text import cleaned, cleaned_line, fold, name_key, one_apostrophe, one_hyphen

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u202a\u202c\u2060\ufe0f\ufeff\0\x07"
APOSTROPHES = "'`´ʹʻʼ‘’‛′＇"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u200b0912 345 678\u202c", "0912 345 678"),
        ("\ufeffNguyễn\u00a0Thị\u2060 Ánh\0", "Nguyễn Thị Ánh"),
        ("a\u202eb\u00adc", "abc"),
        ("a\ufffeb\uffffc\ufdd0d\U0001ffffe\U0010fffef", "abcdef"),
        ("dòng một\r\ndòng\u2028hai", "dòng một\ndòng\nhai"),
        ("\tmột\u3000hai ", "một hai"),
        ("1\u202f250", "1 250"),
        ("", ""),
    ],
)
def test_t2_what_cannot_be_seen_is_dropped_before_anything_is_read(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept
    assert cleaned(unicodedata.normalize("NFD", typed)) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set(UNSEEN)
    assert cleaned_line(text) == " ".join(once.split())


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_t1_one_apostrophe_is_stored_and_every_spelling_has_one_key(mark: str) -> None:
    assert one_apostrophe(f"H{mark}Hen Niê") == "H'Hen Niê"
    assert name_key(f"H{mark}Hen Niê") == name_key("HHen Niê") == "hhen nie"


@pytest.mark.parametrize("mark", HYPHENS)
def test_t1_one_hyphen_is_stored_and_counts_as_a_blank_in_the_key(mark: str) -> None:
    assert one_hyphen(f"Bảo{mark}An") == "Bảo-An"
    assert name_key(f"Bảo{mark}An") == name_key("Bảo An") == "bao an"


def test_a_key_of_letters_is_the_folded_name() -> None:
    assert name_key("Nguyễn Thị Ánh") == fold("Nguyễn Thị Ánh")
    assert name_key("H'Hen\u200b  Niê") == "hhen nie"


@pytest.mark.parametrize(
    "pasted",
    [
        "H42.15.03\u2013261105\u20130001",
        "H42.15.03\u2011261105\u22120001",
        "H42.15.03-261105-0001.",
        "H42.15.03 261105 0001",
        "\u200bh42.15.03 - 261105 - 0001\ufeff ",
        "“H42.15.03-261105-0001”,",
        "H42.15.03\u00a0261105\u20140001",
    ],
)
def test_t6_a_pasted_dossier_code_is_read(pasted: str) -> None:
    assert str(DossierCode.parse(pasted)) == "H42.15.03-261105-0001"


def test_t6_a_province_with_other_marks_reads_pasted_codes_too() -> None:
    pattern = "{yyyymmdd}/{agency}/{serial}"
    for pasted in ("20261105/H42/0001", "20261105 H42 0001.", "20261105 / h42 / 0001"):
        assert DossierCode.parse(pasted, pattern).format(pattern) == "20261105/H42/0001"


def test_a_pasted_verification_code_is_read() -> None:
    code = VerificationCode.from_random(bytes(10))
    assert VerificationCode.parse(f"\u200b{code.replace('-', ' – ')}.") == code


def test_the_short_way_to_the_key_of_a_name_gives_what_the_long_one_gives() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x1F000)):
        for name in (chr(code), f"Ê{chr(code)}b", f"a {chr(code)}"):
            plain = one_hyphen(one_apostrophe(cleaned(name)))
            assert name_key(name) == fold(plain.replace("'", "").replace("-", " ")), hex(code)
