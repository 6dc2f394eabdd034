"""A form definition becomes pages of questions, and what was typed becomes answers."""

import unicodedata
from typing import Any

import pytest
from portal.domain.eforms import FormReader, hidden, holds, page_ids, read_page
from portal.domain.fields import date_parts, typed_date
from portal.domain.texts import Texts
from portal_stage.samples import sample

FORM = sample("procedure")["content"]["eform"]["definition"]
SAY = Texts({})


def reader(lang: str = "vi") -> FormReader:
    return FormReader(FORM, lang, SAY)


@pytest.mark.parametrize(
    ("day", "month", "year", "date"),
    [
        ("5", "12", "2026", "2026-12-05"),
        ("05/12/2026", "", "", "2026-12-05"),
        ("5-12-2026", "", "", "2026-12-05"),
        ("31", "2", "2026", "2026-02-31"),
        ("", "", "", ""),
        ("", "12", "", "-12-00"),
    ],
)
def test_a_typed_date_is_joined_and_never_lost(day: str, month: str, year: str, date: str) -> None:
    assert typed_date({"day": day, "month": month, "year": year}) == date


def test_a_date_comes_back_as_typed() -> None:
    assert date_parts("2026-02-31") == {"day": "31", "month": "2", "year": "2026"}


def test_a_page_reads_every_kind_of_answer() -> None:
    typed = {
        "born_at_facility": "true",
        "facility_name": " Bệnh viện ",
        "extract_copies": "2",
        "note": "",
        "birth_place-province": "37",
        "birth_place-commune": "14521",
        "birth_place-detail": "số 1",
    }
    assert read_page(FORM, "birth-place", typed) == {
        "born_at_facility": True,
        "facility_name": "Bệnh viện",
        "birth_place": {"province": "37", "commune": "14521", "detail": "số 1"},
        "extract_copies": 2,
        "note": None,
    }


def test_decomposed_letters_are_composed() -> None:
    typed = {"child_name": unicodedata.normalize("NFD", "Nguyễn Đức Ấn")}
    assert read_page(FORM, "child", typed)["child_name"] == "Nguyễn Đức Ấn"


def test_what_is_no_number_stays_for_the_check_to_name() -> None:
    assert read_page(FORM, "birth-place", {"extract_copies": "hai"})["extract_copies"] == "hai"


@pytest.mark.parametrize(
    ("row", "answers", "result"),
    [
        ({"field": "a", "operator": "equals", "value": True}, {"a": True}, True),
        ({"field": "a", "operator": "not_equals", "value": 1}, {}, True),
        ({"field": "a", "operator": "in", "value": ["x", "y"]}, {"a": "y"}, True),
        ({"field": "a", "operator": "answered"}, {"a": ""}, False),
        ({"field": "a", "operator": "not_answered"}, {}, True),
        ({"field": "a", "operator": "less_than", "value": 3}, {"a": 2}, True),
        ({"field": "a", "operator": "greater_than", "value": 3}, {}, False),
    ],
)
def test_each_operator_of_the_logic_table_holds(
    row: dict[str, Any], answers: dict[str, Any], result: bool
) -> None:
    assert holds({"all": [row]}, answers) is result
    assert holds({"any": [row]}, answers) is result


def test_a_question_nobody_is_asked_is_hidden() -> None:
    assert hidden(FORM, {}) == {"facility_name"}
    assert hidden(FORM, {"born_at_facility": True}) == set()


def test_a_conditional_question_says_its_condition_in_words() -> None:
    page = reader().page("birth-place", {}, {})
    asked = next(f for f in page.fields if f.name == "facility_name")
    assert asked.show_when == "born_at_facility=true"
    assert asked.condition == "Chỉ trả lời nếu “Trẻ có sinh tại cơ sở y tế không?” là Có."


def test_a_page_shows_the_answers_and_the_complaints() -> None:
    page = reader("en").page("child", {"child_sex": "female"}, {"child_name": "Answer it."})
    shown = {f.name: f for f in page.fields}
    assert (page.title, page.number, page.count) == ("About the child", 2, len(page_ids(FORM)))
    assert shown["child_name"].error == "Answer it."
    assert shown["child_sex"].value == "female"
    assert [c.label for c in shown["child_sex"].choices] == ["Male", "Female"]
    assert shown["child_born_on"].first_id == "child_born_on-day"


@pytest.mark.parametrize(
    ("name", "answer", "told"),
    [
        ("child_sex", "female", "Nữ"),
        ("child_ethnicity", "02", "Tày"),
        ("child_born_on", "2026-11-05", "05/11/2026"),
        ("born_at_facility", True, "Có"),
        ("birth_place", {"province": "37", "commune": "14521", "detail": "số 1"}, "số 1, Hoa Lư, Ninh Bình"),
        ("note", None, ""),
    ],
)
def test_an_answer_is_told_in_words(name: str, answer: Any, told: str) -> None:
    places = {"37": "Ninh Bình", "14521": "Hoa Lư"}
    assert reader().told(reader().item(name), {name: answer}, places) == told
