"""Finding over a shelf of a dozen names: what the library itself knows, without any service."""

from random import Random

import pytest
from search import Findable, Searcher, lexicon
from search.engine import Index
from search.lists import lexicon as lists
from search.qualifiers import Qualifier
from search.query import spelled_out
from search.words import code_in, read, result_in

NAMES = {
    "1.000001": "Thủ tục đăng ký khai sinh",
    "1.000002": "Thủ tục đăng ký khai sinh lưu động",
    "1.000003": "Cấp giấy phép lái xe",
    "1.000004": "Cấp lại giấy phép lái xe",
    "1.000005": "Gia hạn giấy phép khai thác khoáng sản (cấp Bộ)",
    "1.000006": "Gia hạn giấy phép khai thác khoáng sản (cấp Tỉnh)",
    "1.000007": "Chứng thực chữ ký người dịch là cộng tác viên dịch thuật",
    "1.000008": "Chứng thực chữ ký người dịch không phải là cộng tác viên dịch thuật",
    "1.000009": "Đăng ký tàu cá",
    "1.000010": "Rút yêu cầu trợ giúp pháp lý",
    "1.000011": "Yêu cầu trợ giúp pháp lý",
    "1.000012": "Cấp giấy phép bến đò",
}


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return Searcher.of([Findable(code, name) for code, name in NAMES.items()], lexicon())


def first(searcher: Searcher, query: str) -> str | None:
    hits = searcher.find(query).hits
    return NAMES[hits[0].code] if hits else None


@pytest.mark.parametrize("name", NAMES.values())
@pytest.mark.parametrize("wording", [str, str.upper, str.lower, lambda name: " ".join(read(name).plain)])
def test_every_name_finds_itself_first(searcher, name, wording):
    assert first(searcher, wording(name)) == name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("làm lại bằng lái bị mất", "Cấp lại giấy phép lái xe"),
        ("gplx", "Cấp giấy phép lái xe"),
        ("driving licence", "Cấp giấy phép lái xe"),
        ("khai sinh lưu động cho bé", "Thủ tục đăng ký khai sinh lưu động"),
        ("gia hạn khai thác khoáng sản ở bộ", "Gia hạn giấy phép khai thác khoáng sản (cấp Bộ)"),
        ("gia hạn khai thác khoáng sản ở tỉnh", "Gia hạn giấy phép khai thác khoáng sản (cấp Tỉnh)"),
        ("người dịch không phải cộng tác viên", NAMES["1.000008"]),
        ("rút trợ giúp pháp lý", "Rút yêu cầu trợ giúp pháp lý"),
        ("giay fep lai xe", "Cấp giấy phép lái xe"),
        ("khaisinh", "Thủ tục đăng ký khai sinh"),
    ],
)
def test_a_query_in_other_words_finds_the_name(searcher, query, name):
    assert first(searcher, query) == name


def test_marks_tell_a_ferry_from_a_colour(searcher):
    assert first(searcher, "bến đò") == "Cấp giấy phép bến đò"
    assert searcher.find("bến xe đỏ rực").hits == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("1.001193", "1.001193"), ("1001193", "1.001193"), (" 1-001193 ", "1.001193"), ("1.2", None)],
)
def test_a_code_is_read_however_it_is_typed(typed, code):
    assert code_in(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("KQ.G01.000068", "KQ.G01.000068"), ("kq g01 000068", "KQ.G01.000068"), ("KQ", None)]
)
def test_a_result_code_is_read_however_it_is_typed(typed, code):
    assert result_in(typed) == code


@pytest.mark.parametrize("pair", [("ký", "kí"), ("hòa", "hoà"), ("Thuỷ", "thủy"), ("đất", "đất")])
def test_spellings_of_one_word_are_one(pair):
    assert read(pair[0]).marked == read(pair[1]).marked


def test_a_qualifier_hears_its_words_but_not_inside_another_expression():
    again = Qualifier.from_row(
        "again", {"states": ["lại"], "asks": ["mất", "cấp lại"], "never": ["bố mất", "trả lại"]}
    )
    assert again.stated(read("Cấp lại thẻ"))
    assert not again.stated(read("Trả lại giấy phép"))
    assert again.asked(read("mất thẻ"))
    assert not again.asked(read("bố mất rồi"))
    assert not again.asked(read("mat the"))  # one syllable without marks may be anything
    assert again.asked(read("cap lai the"))


def test_abbreviations_and_english_are_put_into_vietnamese():
    assert spelled_out(lexicon(), read("gcn attp")).plain == read("giấy chứng nhận an toàn thực phẩm").plain
    assert "khai" in spelled_out(lexicon(), read("birth certificate copy")).plain


def test_every_list_is_readable_and_says_something_once():
    known = lists()
    assert len(known.wishes) > 250
    assert all(wish.phrases and wish.codes for wish in known.wishes)
    assert all(row.note.vi and row.note.en for row in known.outside)
    assert all(0.3 <= one.unasked <= 1 and 0.3 <= one.missing <= 1 for one in known.qualifiers.values())


def test_long_texts_by_the_thousand_are_found_as_a_few_are() -> None:
    words = [f"tu{number}" for number in range(4000)]
    draw = Random(7)
    texts = [
        (read(f"câu hỏi {number}"), [read(" ".join(draw.choices(words, k=90)))]) for number in range(6000)
    ]
    index = Index.build(texts)
    (best, *_) = index.find(wording := read("câu hỏi 4711"), dict.fromkeys(wording.plain, 1.0))
    assert best.place == 4711
