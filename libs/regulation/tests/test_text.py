"""Vietnamese text: folding for search, the check of a question, sorting of names, numbers and dates in words."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regulation.profiles import PROVINCES, load
from regulation.text import (
    TextRule,
    cleaned,
    date_words,
    fold,
    form_date,
    has_diacritics,
    money_words,
    nfc,
    number_words,
    refusals,
    review_question,
    sort_key,
    tone_folded,
    warnings,
)

VOWELS = "aăâeêioôơuưy"
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in VOWELS
        for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
    }
    | set("bcdđghklmnpqrstvx")
)
vietnamese = st.text([*LETTERS, *(letter.upper() for letter in LETTERS), " "], max_size=40)
words = st.text(LETTERS, min_size=1, max_size=7)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐĂNG  KÝ\u00a0khai sinh ", "dang ky khai sinh"),
        ("hòa", "hoa"),
        ("hoà", "hoa"),
        ("Ðường", "duong"),
        ("thủy", "thuy"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("1.001193", "1.001193"),
        ("", ""),
    ],
)
def test_r_trk_11_a_search_finds_text_with_and_without_diacritics(written: str, key: str) -> None:
    assert fold(written) == key
    assert fold(nfd(written)) == key
    assert fold(key) == key


@given(vietnamese)
def test_r_trk_11_every_spelling_of_a_text_has_one_key(text: str) -> None:
    key = fold(text)
    assert key.isascii()
    assert fold(nfd(text)) == fold(text.upper()) == fold(tone_folded(text)) == fold(f" {text} ") == key
    assert fold(key) == key


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("Uỷ ban", "Ủy ban"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("loè, xoà!", "lòe, xòa!"),
        ("quý", "quý"),
        ("Quỳ", "Quỳ"),
        ("hoàn", "hoàn"),
        ("ngoài", "ngoài"),
        ("huỵch", "huỵch"),
        ("ngoằn", "ngoằn"),
        ("hoằ", "hoằ"),
        ("hòa", "hòa"),
        ("khuya", "khuya"),
        ("loã1", "lõa1"),
    ],
)
def test_the_tone_mark_has_one_place(old: str, new: str) -> None:
    assert tone_folded(old) == new
    assert tone_folded(nfd(old)) == new
    assert tone_folded(new) == new


@given(vietnamese)
def test_both_unicode_forms_are_stored_as_one(text: str) -> None:
    assert nfc(nfd(text)) == nfc(text)
    assert unicodedata.is_normalized("NFC", nfc(text))
    assert tone_folded(nfd(text)) == tone_folded(text)
    assert has_diacritics(nfd(text)) == has_diacritics(text)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Xin hỏi", True),
        ("đi", True),
        ("ĐI", True),
        ("ư", True),
        ("ă", True),
        ("ê", True),
        ("ọ", True),
        ("à", True),
        ("Xin hoi thu tuc", False),
        ("", False),
        ("naïve", False),
        ("São", True),
    ],
)
def test_diacritics_are_those_of_vietnamese(text: str, marked: bool) -> None:
    assert has_diacritics(text) is marked


GOOD = "Tôi xin hỏi hồ sơ đăng ký khai sinh gồm những giấy tờ gì, theo Nghị định 61/2018/NĐ-CP (khoản II)?\n5 % × 2 m²"


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_qna_04_unaccented_text_and_odd_signs_are_refused_where_the_rule_is_on(profile: str) -> None:
    rule = load(profile).flag("qna.text_rules")
    assert rule is (profile in {"ninh-binh", "thai-nguyen"})
    for text, broken in (
        ("Xin hoi ve thu tuc khai sinh", TextRule.NO_DIACRITICS),
        ("Tôi hỏi\x07", TextRule.CONTROL_CHARACTER),
        ("Tôi hỏi ☎", TextRule.ODD_SYMBOL),
    ):
        found = [one.rule for one in refusals(text, text_rules=rule)]
        assert found == ([broken] if rule else [])
    assert review_question(GOOD, text_rules=rule) == ()
    suspected = [one.found for one in warnings("UBND ở đâu?", text_rules=rule)]
    assert suspected == (["UBND"] if rule else [])


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("", TextRule.NO_WORDS, ""),
        ("123 ?", TextRule.NO_WORDS, ""),
        ("Xin hoi", TextRule.NO_DIACRITICS, ""),
        ("Tôi\x00", TextRule.CONTROL_CHARACTER, "U+0000"),
        ("Tôi\u200b", TextRule.CONTROL_CHARACTER, "U+200B"),
        ("Tôi\u2028", TextRule.CONTROL_CHARACTER, "U+2028"),
        ("Tôi\u2029", TextRule.CONTROL_CHARACTER, "U+2029"),
        ("Tôi 😀😀", TextRule.ODD_SYMBOL, "😀"),
        ("Tôi \ue000", TextRule.ODD_SYMBOL, "\ue000"),
        ("Tôi ⅷ", TextRule.ODD_SYMBOL, "ⅷ"),
        ("Tôi ½", TextRule.ODD_SYMBOL, "½"),
        ("Tôi \u0378", TextRule.ODD_SYMBOL, "\u0378"),
        ("Tôi 中", TextRule.ODD_SYMBOL, "中"),
        ("Tôi а", TextRule.ODD_SYMBOL, "а"),
        ("Tôi x\u0327", TextRule.ODD_SYMBOL, "\u0327"),
    ],
)
def test_r_qna_04_each_refusal_names_what_was_found(text: str, rule: TextRule, found: str) -> None:
    first = refusals(text)[0]
    assert (first.rule, first.found) == (rule, found)
    assert found in first.vi
    assert found in first.en


@pytest.mark.parametrize(
    ("word", "suspected"),
    [
        ("UBND", True),
        ("ko", True),
        ("Đc", True),
        ("TTHC", True),
        ("THUTUC", True),
        ("trg", True),
        ("tphcm", True),
        ("THUTUCS", False),
        ("XIV", False),
        ("LÀM", False),
        ("a", False),
        ("K", False),
        ("giấy", False),
        ("ở", False),
    ],
)
def test_r_qna_04_suspected_abbreviations_are_a_warning_only(word: str, suspected: bool) -> None:
    text = f"Tôi hỏi {word} {word}"
    assert refusals(text) == ()
    assert [one.found for one in warnings(text)] == ([word] if suspected else [])
    assert [one.rule for one in warnings(text)] == ([TextRule.ABBREVIATION] if suspected else [])


def test_r_qna_04_everything_wrong_is_named_at_once() -> None:
    found = [one.rule for one in review_question("UBND o dau \x07 ☎ ☎")]
    assert found == [
        TextRule.NO_DIACRITICS,
        TextRule.CONTROL_CHARACTER,
        TextRule.ODD_SYMBOL,
        TextRule.ABBREVIATION,
    ]


@pytest.mark.parametrize(
    "in_order",
    [
        ["Nguyễn Văn An", "Nguyễn Văn Ân", "Trần Văn Bình"],
        ["Trần Thị An", "Nguyễn Thị Anh", "Lê Thị Ánh"],
        ["Lê Hoa", "Trần Hoa", "Lê Hòa", "Lê Hoan"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["An a", "An ă", "An â", "An b", "An d", "An đ", "An e", "An ê"],
        ["Lê Văn Đức", "Nguyễn Bá Đức", "Nguyễn Văn Đức"],
        ["An 1", "An 10", "An 2", "An 9", "An A", "An 中"],
        ["", "An", "Trần An"],
    ],
)
def test_names_sort_by_given_name_and_the_vietnamese_alphabet(in_order: list[str]) -> None:
    keys = [sort_key(name) for name in in_order]
    assert keys == sorted(set(keys))


def test_names_of_agencies_keep_the_order_of_their_words() -> None:
    offices = ["Sở Tư pháp", "Sở Y tế", "UBND phường Hoa Lư", "UBND xã Gia Viễn"]
    assert sorted(offices, key=lambda name: sort_key(name, person=False)) == offices
    assert sorted(offices, key=sort_key) != offices


@given(names, names)
def test_the_key_is_digits_and_the_same_for_both_unicode_forms(one: str, other: str) -> None:
    assert (sort_key(one) + "0").isdigit()
    assert sort_key(nfd(one)) == sort_key(one.upper()) == sort_key(f" {one},") == sort_key(one)
    assert (sort_key(one) < sort_key(other)) is (sort_key(nfd(one)) < sort_key(nfd(other)))


@given(words, words, words)
def test_a_word_sorts_before_its_longer_forms(stem: str, tail: str, family: str) -> None:
    assert sort_key(f"{family} {stem}") < sort_key(f"{stem}{tail}")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (91, "chín mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh tư"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (114, "một trăm mười bốn"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (999, "chín trăm chín mươi chín"),
        (1_000, "một nghìn"),
        (1_001, "một nghìn không trăm linh một"),
        (2_026, "hai nghìn không trăm hai mươi sáu"),
        (8_000, "tám nghìn"),
        (10_004, "mười nghìn không trăm linh tư"),
        (100_000, "một trăm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (2_000_000_000, "hai tỷ"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (10**18, "một tỷ tỷ"),
        (1_500_000_000_000, "một nghìn năm trăm tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_numbers_are_written_as_the_forms_print_them(number: int, words: str) -> None:
    assert number_words(number) == words


def test_the_south_says_le() -> None:
    assert number_words(1_105, zero_ten="lẻ") == "một nghìn một trăm lẻ năm"
    assert number_words(-105, zero_ten="lẻ") == "âm một trăm lẻ năm"
    assert money_words(105, zero_ten="lẻ") == "Một trăm lẻ năm đồng"


def read_number(words: str) -> int:
    """Read number words back, by another way than they are written."""
    digits = dict(
        zip(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(10), strict=True)
    )
    digits |= {"mốt": 1, "tư": 4, "lăm": 5}
    total = below = group = digit = 0
    for word in words.split():
        if word in digits:
            digit = digits[word]
        elif word in {"mươi", "mười", "trăm"}:
            group += {"mươi": 10 * digit, "mười": 10, "trăm": 100 * digit}[word]
            digit = 0
        elif word in {"nghìn", "triệu"}:
            below += (group + digit) * (1_000 if word == "nghìn" else 1_000_000)
            group = digit = 0
        elif word == "tỷ":
            total = (total + below + group + digit) * 1_000_000_000
            below = group = digit = 0
    return total + below + group + digit


@given(
    st.one_of(st.integers(0, 20_000), st.integers(0, 10**18), st.integers(0, 999).map(lambda n: n * 10**6))
)
def test_every_number_reads_back(number: int) -> None:
    assert read_number(number_words(number)) == number


def test_sums_and_dates_are_written_as_the_forms_print_them() -> None:
    assert money_words(8_000) == "Tám nghìn đồng"
    assert money_words(0) == "Không đồng"
    assert date_words(dt.date(2026, 9, 5)) == "ngày năm tháng chín năm hai nghìn không trăm hai mươi sáu"
    assert date_words(dt.date(1975, 4, 30)) == "ngày ba mươi tháng tư năm một nghìn chín trăm bảy mươi lăm"
    assert (
        date_words(dt.date(2024, 12, 24))
        == "ngày hai mươi tư tháng mười hai năm hai nghìn không trăm hai mươi tư"
    )


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2026-09-05", "ngày 05 tháng 9 năm 2026"),
        ("2026-01-31", "ngày 31 tháng 01 năm 2026"),
        ("2026-02-09", "ngày 09 tháng 02 năm 2026"),
        ("2026-03-10", "ngày 10 tháng 3 năm 2026"),
        ("2026-12-01", "ngày 01 tháng 12 năm 2026"),
    ],
)
def test_a_document_is_dated_with_a_zero_where_one_could_be_added(day: str, written: str) -> None:
    assert form_date(dt.date.fromisoformat(day)) == written


@given(st.text("aĐđðßİơ ỿẛǆ'`’-–\u0301\u00a0\u00ad\u200b\u0130\u1e9e", max_size=12))
def test_the_short_way_through_latin_text_gives_what_the_long_way_gives(text: str) -> None:
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    assert fold(text) == " ".join(bare.translate({ord("đ"): "d", ord("ð"): "d"}).split())


def test_every_plain_letter_is_stored_as_it_is_and_folds_as_its_parts() -> None:
    for letter in map(
        chr, (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x250), *range(0x1E00, 0x1F00))
    ):
        assert letter.isprintable()
        assert unicodedata.normalize("NFC", letter) == letter
        assert cleaned(letter) == ("Đ" if letter in "ÐƉ" else letter)
        apart = unicodedata.normalize("NFD", letter.casefold())
        bare = "".join(mark for mark in apart if not unicodedata.combining(mark))
        barred = {ord(sign): plain for sign, plain in (("đ", "d"), ("ð", "d"), ("ɖ", "d"), ("ƀ", "b"))}
        assert fold(letter) == " ".join(bare.translate(barred).split())


@pytest.mark.parametrize("alike", ["Ð", "Ɖ", "Đ"])
def test_whatever_looks_like_a_capital_d_with_a_bar_is_one_letter(alike: str) -> None:
    assert cleaned(f"{alike}ặng Thị {alike}ào") == "Đặng Thị Đào"
    assert fold(f"{alike}ặng") == "dang"
    assert sort_key(f"Nguyễn Thị {alike}ào") == sort_key("Nguyễn Thị Đào")


def test_names_of_the_highlands_are_found_without_their_marks() -> None:
    assert fold("Y Ƀhăm Ƀkrông") == "y bham bkrong"
    assert fold("Y Ơ̆t K’Ŭ") == "y ot k’u"
