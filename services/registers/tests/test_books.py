"""A declaration makes a book, and a wrong one is named."""

from typing import Any

import pytest
from registers.adapters.book_files import declared_books
from registers.domain import book_problems, read_book

SOUND: dict[str, Any] = {
    "prefix": "VD",
    "name": {"vi": "Sổ ví dụ", "en": "Example"},
    "says": {"vi": "Một", "en": "One"},
    "source": "TN Đ.1",
    "reads": "operations.read",
    "keeps": "operations.keep",
    "heads": ["what"],
    "opening": [
        {"name": "what", "widget": "text", "required": True, "label": {"vi": "Việc gì", "en": "What"}}
    ],
}


def test_every_book_that_ships_is_sound_and_numbers_its_entries_its_own_way():
    books = declared_books()
    assert {"incidents", "maintenance"} <= set(books)
    assert len({book.prefix for book in books.values()}) == len(books)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prefix": "x"}, "prefix"),
        ({"heads": ["where"]}, "where is no question"),
        ({"chosen_by": "kind"}, "kind is no question"),
        ({"ends": {"day": "ended_on", "time": "ended_time"}}, "ended_on is no question"),
        ({"reads": "dossier.follow"}, "rights of books"),
        ({"source": "somewhere"}, "no article"),
        ({"opening": []}, "no page"),
        ({"closing": SOUND["opening"]}, "what is asked twice"),
        ({"opening": [{"name": "what", "widget": "colour", "label": {"vi": "a", "en": "b"}}]}, "unknown"),
        ({"touches": {"moon": []}}, "what moon touches is not told, or it is no choice"),
        ({"touches": {"moon": ["walking"]}}, "walking is nothing people do"),
        ({"slight": {"what": ["a bit"]}}, "a bit is no answer to what"),
        ({"notice": {"when": "told", "vi": "what", "en": "what"}}, "told is no question"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_told(change, said):
    assert book_problems(SOUND) == []
    assert said in " ".join(book_problems({**SOUND, **change}))
    with pytest.raises(ValueError, match="example: "):
        read_book("example", {**SOUND, **change})


@pytest.mark.parametrize("name", ["incidents", "maintenance"])
def test_every_part_an_incident_or_a_stop_may_name_says_what_it_touches(name):
    book = declared_books()[name]
    assert set(book.touches) == {one.value for one in book.questions["part"].choices}
    source = {**SOUND, "chosen_by": "what", "touches": {"a": ["submission"]}}
    source["opening"] = [
        {
            **SOUND["opening"][0],
            "widget": "one_of",
            "options": [{"value": "a", "vi": "A"}, {"value": "b", "vi": "B"}],
        }
    ]
    assert book_problems(source) == ["what b touches is not told, or it is no choice"]
