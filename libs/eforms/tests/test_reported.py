"""What people reported of comparable form engines, tried here: rows of groups, odd numbers, words in dates, sums."""

import math
from datetime import date
from typing import Any

import pytest
from eforms import definition_problems, form_problems, read_answer, read_form, settle, tidy, told_answer
from eforms.definition import Form
from eforms.formulas import calculate
from eforms.reading import read_question

TODAY = date(2026, 11, 26)
LABEL = {"vi": "Mục", "en": "Field"}
PEOPLE: list[dict[str, Any]] = [
    {"name": "name", "widget": "person_name", "label": LABEL},
    {"name": "born", "widget": "date", "past": True, "label": {"vi": "Ngày sinh", "en": "Born"}},
]


def form(*fields: dict[str, Any]) -> Form:
    return read_form({"pages": [{"id": "p", "title": LABEL, "fields": fields}]})


def problems(asked: Form, answers: dict[str, Any]) -> list[tuple[str, str]]:
    found = form_problems(asked, settle(asked, tidy(asked, answers), TODAY), TODAY)
    return [(problem.field, problem.rule) for problem in found]


def refused(widget: str, typed: Any, **more: Any) -> str | None:
    _, why = read_answer(read_question({"name": "q", "widget": widget, "label": LABEL, **more}), typed)
    return why.rule if why else None


def test_an_answer_in_a_row_of_a_group_is_judged_like_one_outside() -> None:
    asked = form(PEOPLE[1], {"name": "kin", "widget": "group", "label": LABEL, "fields": PEOPLE})
    row = {"name": "An Bình", "born": "2026-11-27"}
    assert problems(asked, {"born": "2026-11-27"}) == [("born", "past")]
    assert problems(asked, {"kin": [{**row, "born": "2026-11-26"}, row]}) == [("kin.1.born", "past")]
    found = form_problems(asked, settle(asked, {"kin": [row]}, TODAY), TODAY)
    assert found[0].vi == "“Ngày sinh” không được sau ngày hôm nay."


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("widget", ["number", "money", "text", "person_name", "date", "phone", "one_of"])
def test_what_is_no_number_in_any_notation_is_refused_and_shown(widget: str, value: float) -> None:
    question = read_question({"name": "q", "widget": widget, "label": LABEL})
    assert refused(widget, value) is not None
    assert told_answer(question, value, "vi") == str(value)


def test_no_answer_keeps_half_a_character() -> None:
    asked = form({"name": "q", "widget": "text", "label": LABEL}, {**PEOPLE[0]})
    assert tidy(asked, {"q": "mặt cười \ud83d", "name": "An\udc00 Bình", "r": ["\ud800"]}) == {
        "q": "mặt cười",
        "name": "An Bình",
    }


@pytest.mark.parametrize(
    "typed",
    [
        "ngày 5 tháng tư năm 2026",
        "5 May 2026",
        "Dec 5, 2026",
        "5 giêng 2026",
        "khoảng 5/2026",
        "trước 5-2026",
    ],
)
@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_a_word_in_a_date_is_never_passed_over(typed: str, precision: str) -> None:
    assert refused("date", typed, precision=precision) == "date"
    assert refused("date", {"day": typed}, precision=precision) is not None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ngày 5 tháng 4 năm 2026", "2026-04-05"),
        ("Ngày 5, tháng 4, năm 2026", "2026-04-05"),
        ("5 thg 4, 2026", "2026-04-05"),
        ("mùng 5 tháng 4 năm 2026", "2026-04-05"),
        ("tháng 4 năm 2026", "2026-04"),
        ("T4/2026", "2026-04"),
    ],
)
def test_the_words_of_a_date_are_read(typed: str, kept: str) -> None:
    question = read_question({"name": "q", "widget": "date", "precision": "month", "label": LABEL})
    assert read_answer(question, typed) == (kept, None)


@pytest.mark.parametrize("formula", ["min(a)", "max(a)", "min(max(a))"])
def test_the_least_and_the_most_of_one_number_is_itself(formula: str) -> None:
    assert calculate(formula, {"a": 3}) == 3


def test_a_formula_over_no_number_has_no_value() -> None:
    assert calculate("a + 1", {"a": math.nan}) is None
    assert calculate("a + 1", {"a": math.inf}) is None


def test_a_sum_may_stand_above_what_it_adds_up() -> None:
    total, part = (
        {"name": name, "widget": "calculated", "formula": formula, "label": LABEL}
        for name, formula in (("total", "part + 1"), ("part", "a * 2"))
    )
    asked = form(total, part, {"name": "a", "widget": "number", "label": LABEL})
    assert settle(asked, {"a": 3}, TODAY).answers == {"a": 3, "part": 6, "total": 7}


@pytest.mark.parametrize(
    ("child", "rule"),
    [
        ({"widget": "hologram"}, "unknown-widget"),
        ({"label": {"vi": "x"}}, "label-missing"),
        ({"widget": "one_of"}, "no-options"),
        ({"widget": "code_list", "list": "x"}, "unknown-list"),
        ({"precision": "hour"}, "unknown-detail"),
        ({"errors": {"letters": LABEL}}, "unknown-rule"),
        ({"widget": "file"}, "not-in-a-row"),
        ({"widget": "calculated", "formula": "1"}, "not-in-a-row"),
    ],
)
def test_a_question_inside_a_group_is_held_to_the_rules_of_one_outside(
    child: dict[str, Any], rule: str
) -> None:
    row = {"name": "c", "widget": "date", "label": LABEL, **child}
    definition = {
        "data": {"properties": {"q": {"type": "array"}}},
        "pages": [{"id": "p", "fields": [{"name": "q", "widget": "group", "label": LABEL, "fields": [row]}]}],
        "declaration": LABEL,
    }
    assert [(p.field, p.rule) for p in definition_problems(definition, set())] == [("fields.q.c", rule)]
