"""Narrowing inside the engine, and words as telephones and old keyboards write them."""

import pytest
from search import Findable, Searcher, lexicon

MANY = [
    Findable(f"many-{number}", "Đăng ký khai sinh", facets=frozenset({"agency:A"})) for number in range(300)
]
ONE = Findable("one", "Đăng ký khai sinh tại xã Bình Sơn", facets=frozenset({"agency:B", "topic:t"}))


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return Searcher.of([*MANY, ONE], lexicon())


def codes(searcher: Searcher, q: str, *within: str) -> list[str]:
    return [hit.code for hit in searcher.find(q, within=frozenset(within)).hits]


def test_what_is_narrowed_is_found_however_much_else_fits_better(searcher):
    assert "one" not in codes(searcher, "khai sinh")
    assert codes(searcher, "khai sinh", "agency:B") == ["one"]
    assert codes(searcher, "khai sinh", "agency:B", "topic:t") == ["one"]
    assert codes(searcher, "khai sinh", "agency:A", "topic:t") == []


def test_a_whole_name_is_narrowed_too(searcher):
    assert "one" not in codes(searcher, ONE.name, "agency:A")
    assert codes(searcher, ONE.name, "agency:B") == ["one"]


def test_narrowing_says_nothing_of_how_well_it_fits(searcher):
    plain = {hit.code: hit.score for hit in searcher.find("khai sinh xã Bình Sơn").hits}
    narrowed = {hit.code: hit.score for hit in searcher.find("khai sinh xã Bình Sơn", within=ONE.facets).hits}
    assert narrowed["one"] == pytest.approx(plain["one"])


@pytest.mark.parametrize(
    "q", ["khai\u200b si\u00adnh Bình Sơn", "ｋｈａｉ ｓｉｎｈ Bình Sơn", "khai sinh\ufeff Bình Sơn"]
)
def test_what_a_telephone_pastes_unseen_is_no_part_of_a_word(searcher, q):
    assert codes(searcher, q) == codes(searcher, "khai sinh Bình Sơn")
