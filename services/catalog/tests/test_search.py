"""Search by the words of citizens: the right procedure among the first three, and no guessing."""

import csv
import time
import unicodedata
from pathlib import Path

import pytest
from catalog.adapters.data_files import lexicon, national_details, national_rows
from catalog.domain.national import read_national
from catalog.domain.search import Document, Searcher, search, searcher
from regulation.text import fold

HERE = Path(__file__).parent
OUTSIDE = {"", "vague", "outside", "o", "out"}


@pytest.fixture(scope="module")
def engine() -> Searcher:
    reading = read_national(national_rows(), national_details())
    documents = [
        Document(code, content.name, content.field, content.levels, common=code in reading.common)
        for code, content in reading.contents.items()
    ]
    return searcher(documents, lexicon())


def gold(name: str) -> list[tuple[str, set[str]]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return [(row["query"], set(row["codes"].split())) for row in csv.DictReader(lines, delimiter=";")]


def right(engine: Searcher, query: str, codes: set[str]) -> bool:
    found = [hit.code for hit in search(engine, query).hits[:3]]
    return bool(codes & set(found)) if codes else not found


@pytest.mark.parametrize("name", ["search-gold.csv", "search-gold-more.csv"])
@pytest.mark.parametrize("wording", [str, fold, lambda text: unicodedata.normalize("NFD", text)])
def test_r_trk_11_the_right_procedure_is_among_the_first_three(engine, name, wording):
    rows = gold(name)
    wrong = [query for query, codes in rows if not right(engine, wording(query), codes)]
    assert len(rows) >= 120
    assert len(wrong) <= 0.05 * len(rows), wrong


def test_r_trk_11_marks_and_composition_do_not_change_the_answer(engine):
    for query, _ in gold("search-gold.csv"):
        plain = search(engine, fold(query))
        assert search(engine, query).hits == plain.hits, query
        assert search(engine, unicodedata.normalize("NFD", query)).hits == plain.hits, query


@pytest.mark.parametrize("typed", ["1.001193", "1001193", " 1.001193 ", "1-001193"])
def test_a_code_is_found_however_it_is_typed(engine, typed):
    assert [hit.code for hit in search(engine, typed).hits] == ["1.001193"]


@pytest.mark.parametrize("query", ["giấy tờ", "xin", "a", "đăng ký", "tôi muốn hỏi", "???", "🙂", ""])
def test_a_vague_query_says_so_and_offers_words_to_try(engine, query):
    answer = search(engine, query)
    assert answer.hits == ()
    assert answer.note is not None
    assert answer.note.code == "too-vague"
    assert len(answer.starters) >= 5


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("thời tiết hôm nay", "not-a-procedure"),
        ("giá vàng", "not-a-procedure"),
        ("gia vang", "not-a-procedure"),
        ("ly hôn", "handled-elsewhere"),
        ("đóng tiền điện", "handled-elsewhere"),
        ("1.999999", "no-match"),
        ("qwerty asdf", "no-match"),
    ],
)
def test_what_is_no_procedure_is_named_in_both_languages(engine, query, code):
    answer = search(engine, query)
    assert answer.hits == ()
    assert answer.note is not None
    assert answer.note.code == code
    assert answer.note.vi != answer.note.en


def test_r_trk_11_an_empty_result_offers_near_matches(engine):
    answer = search(engine, "cấp thẻ hội viên thư viện lưu động")
    assert answer.hits == ()
    assert answer.near


def test_divorce_points_to_the_court_and_to_the_entry_of_a_foreign_divorce(engine):
    assert search(engine, "đơn phương ly hôn").near == ("3.000163", "2.000554")


def test_a_filter_narrows_the_answer(engine):
    allowed = frozenset({"1.004884"})
    assert [hit.code for hit in search(engine, "đăng ký khai sinh", allowed).hits] == ["1.004884"]


def test_a_search_takes_some_milliseconds_of_cpu(engine):
    queries = [query for query, _ in gold("search-gold.csv")]
    spent = []
    for query in queries:
        start = time.thread_time()
        search(engine, query)
        spent.append(time.thread_time() - start)
    assert sorted(spent)[int(0.95 * len(spent))] < 0.015


def test_a_long_senseless_text_is_answered_quickly(engine):
    start = time.thread_time()
    search(engine, "đăng ký giấy phép " * 200)
    assert time.thread_time() - start < 0.2
