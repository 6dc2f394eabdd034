"""The logic table: what is shown, required, set and refused, and which answers count."""

from datetime import date
from typing import Any

import pytest
from eforms import form_problems, page_problems, read_form, settle, tidy
from eforms.conditions import Condition
from eforms.dates import age_on
from eforms.definition import Form

TODAY = date(2026, 11, 26)


def form(*rows: dict[str, Any], fields: str = "a b c d", widget: str = "text", **more: Any) -> Form:
    names = fields.split()
    return read_form(
        {
            "data": {"type": "object", "properties": {name: {} for name in names}, **more},
            "pages": [
                {
                    "id": "one",
                    "title": "Một",
                    "fields": [{"name": n, "widget": widget, "label": {"vi": n, "en": n}} for n in names],
                }
            ],
            "logic": rows,
        }
    )


def when(field: str, operator: str, value: Any = None, **more: Any) -> dict[str, Any]:
    given = {} if operator.endswith("answered") or more.get("other") else {"value": value}
    return {"all": [{"field": field, "operator": operator, **given, **more}]}


@pytest.mark.parametrize(
    ("operator", "value", "answers", "holds"),
    [
        ("equals", "x", {"a": "x"}, True),
        ("equals", "x", {}, False),
        ("equals", 1, {"a": True}, False),
        ("not_equals", "x", {"a": "y"}, True),
        ("not_equals", "x", {}, False),
        ("in", ["x", "y"], {"a": "y"}, True),
        ("in", ["x", "y"], {}, False),
        ("answered", None, {"a": "x"}, True),
        ("answered", None, {}, False),
        ("not_answered", None, {}, True),
        ("less_than", 3, {"a": 2}, True),
        ("less_than", 3, {"a": "hai"}, False),
        ("less_than", 3, {"a": True}, False),
        ("greater_than", 3, {"a": 3.5}, True),
        ("greater_than", 3, {}, False),
        ("before", "2026-01-01", {"a": "2025"}, True),
        ("before", "2026-06-01", {"a": "2026"}, False),
        ("after", "2026-06-01", {"a": "2026"}, False),
        ("after", "2025-12-31", {"a": "2026-01"}, True),
        ("not_equals", "2026-06-01", {"a": "2026"}, False),
        ("not_equals", "2026-06-01", {"a": "2025"}, True),
        ("equals", "2026", {"a": "2026"}, True),
        ("before", "2026-01-01", {"a": {"day": "31", "month": "2"}}, False),
    ],
)
def test_an_unanswered_question_fulfils_no_comparison(
    operator: str, value: Any, answers: dict[str, Any], holds: bool
) -> None:
    assert Condition("a", operator, value).holds(answers, TODAY) is holds


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        (Condition("a", "before", other="b"), {"a": "1990-01-01", "b": "1990-01-02"}, True),
        (Condition("a", "before", other="b"), {"a": "1990", "b": "1990-01-02"}, False),
        (Condition("a", "after", other="today"), {"a": "2026-11-27"}, True),
        (Condition("a", "after", other="today"), {"a": "2026-11-26"}, False),
        (Condition("a", "equals", other="b"), {"a": "x", "b": "x"}, True),
        (Condition("a", "equals", other="b"), {"a": "x"}, False),
        (Condition("a", "less_than", 18, age_at="today"), {"a": "2015-03-01"}, True),
        (Condition("a", "less_than", 18, age_at="today"), {"a": "2008-11-26"}, False),
        (Condition("a", "less_than", 18, age_at="today"), {"a": "2008-11-27"}, True),
        (Condition("a", "less_than", 18, age_at="today"), {"a": "2008"}, False),
        (Condition("a", "less_than", 18, age_at="today"), {"a": "2009"}, True),
        (Condition("a", "greater_than", 60, days_after="b"), {"a": "2026-03-10", "b": "2026-01-01"}, True),
        (Condition("a", "greater_than", 60, days_after="b"), {"a": "2026-03-02", "b": "2026-01-01"}, False),
        (Condition("a", "less_than", 0, days_after="b"), {"a": "2025", "b": "2026-01-01"}, True),
        (Condition("a", "less_than", 18, age_at="today"), {"a": "hai"}, False),
        (Condition("a", "less_than", 18, age_at="b"), {"a": "2015-03-01"}, False),
    ],
)
def test_t12_answers_are_compared_with_answers_dates_and_ages(
    condition: Condition, answers: dict[str, Any], holds: bool
) -> None:
    assert condition.holds(answers, TODAY) is holds


def test_an_age_grows_on_the_birthday() -> None:
    assert [age_on(date(2008, 2, 29), day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]
    assert age_on(date(2026, 2, 1), date(2026, 1, 1)) == -1


CHAIN = (
    {"when": when("a", "equals", "x"), "then": {"show": ["b"]}},
    {"when": when("b", "equals", "x"), "then": {"show": ["c"], "require": ["c"]}},
)


def test_a_chain_that_is_switched_off_asks_nothing() -> None:
    settled = settle(form(*CHAIN), {"a": "no", "b": "x", "c": "x"}, TODAY)
    assert settled.hidden == {"b", "c"}
    assert (settled.answers, settled.required) == ({"a": "no"}, frozenset())


def test_a_value_that_is_set_counts_like_one_that_was_typed() -> None:
    rows = (
        {"when": when("a", "answered"), "then": {"set": {"b": "x"}}},
        {"when": when("b", "equals", "x"), "then": {"show": ["c"], "require": ["c"]}},
    )
    settled = settle(form(*rows), {"a": "1", "c": "y"}, TODAY)
    assert settled.answers == {"a": "1", "b": "x", "c": "y"}
    assert (settled.hidden, settled.required) == (frozenset(), {"c"})
    assert settled.asks("c")
    assert not settled.asks("b")


def test_not_equals_asks_nothing_before_the_question_is_answered() -> None:
    row = {"when": when("a", "not_equals", "x"), "then": {"show": ["b"]}}
    assert settle(form(row), {}, TODAY).hidden == {"b"}
    assert settle(form(row), {"a": "y"}, TODAY).hidden == frozenset()


def test_a_table_that_never_rests_ends() -> None:
    rows = (
        {"when": when("b", "not_answered"), "then": {"set": {"a": "1"}, "show": ["b"]}},
        {"when": when("b", "answered"), "then": {"set": {"a": "2"}, "show": ["c"]}},
    )
    settled = settle(form(*rows), {"b": "x", "c": "y"}, TODAY)
    assert set(settled.answers) <= {"a", "b", "c"}
    assert all(settled.asks(name) or name in settled.assigned for name in settled.answers)


def test_what_counts_of_a_table_that_never_rests_is_what_its_rows_say() -> None:
    restless = {"when": when("b", "not_equals", "y"), "then": {"show": ["a"], "set": {"b": "y"}}}
    settled = settle(form(restless), {"a": "kept", "b": "x"}, TODAY)
    assert settled.asks("a") == ("a" in settled.answers)
    assert settled.answers.get("b") == ("y" if "b" in settled.assigned else "x")


def test_any_and_components_and_later_rows() -> None:
    rows = (
        {
            "when": {"any": [when("a", "equals", "x")["all"][0], when("b", "equals", "x")["all"][0]]},
            "then": {"require_components": ["paper"], "set": {"d": "1"}},
        },
        {"when": when("b", "equals", "x"), "then": {"set": {"d": "2"}}},
    )
    settled = settle(form(*rows), {"b": "x"}, TODAY)
    assert settled.required_components == {"paper"}
    assert settled.answers["d"] == "2"
    assert settle(form(*rows), {}, TODAY).required_components == frozenset()


def test_a_block_is_told_at_its_question() -> None:
    row = {
        "when": when("a", "before", other="b"),
        "then": {"block": {"vi": "Mẹ sinh sau con.", "en": "Born after.", "field": "b"}},
    }
    asked = form(row, widget="date")
    problems = form_problems(asked, settle(asked, {"a": "1990-01-01", "b": "1991-01-01"}, TODAY), TODAY)
    assert [(p.field, p.rule, p.vi) for p in problems] == [("b", "block", "Mẹ sinh sau con.")]
    assert page_problems(asked, problems, "one") == problems
    assert page_problems(asked, problems, "two") == []


def calculated(formula: str) -> Form:
    fields = [
        {"name": name, "widget": widget, "label": {"vi": name, "en": name}, "formula": formula}
        for name, widget in (("copies", "number"), ("pages", "number"), ("fee", "calculated"))
    ]
    return read_form({"pages": [{"id": "one", "title": "Một", "fields": fields}]})


@pytest.mark.parametrize(
    ("formula", "answers", "fee"),
    [
        ("copies * 8000", {"copies": 2}, 16_000),
        ("max(copies, pages) * 1000 - 1", {"copies": 2, "pages": 3}, 2_999),
        ("copies / 3", {"copies": 2}, 1),
        ("copies * 8000", {}, None),
        ("copies * 8000", {"copies": "hai", "fee": 5}, None),
        ("copies / pages", {"copies": 2, "pages": 0}, None),
        ("-copies", {"copies": 2}, -2),
    ],
)
def test_a_calculated_answer_follows_its_formula(formula: str, answers: dict[str, Any], fee: Any) -> None:
    asked = calculated(formula)
    settled = settle(asked, tidy(asked, answers), TODAY)
    assert settled.answers.get("fee") == fee
    assert not settled.asks("fee")
