"""A form definition becomes pages of questions, and what was typed becomes answers."""

from datetime import date
from typing import Any

import pytest
from eforms import read_form
from portal.domain.eforms import FormReader
from portal.domain.texts import Texts
from portal_stage.samples import sample

FORM = read_form(sample("procedure")["content"]["eform"]["definition"])
TODAY = date(2026, 11, 26)
SAY = Texts({})


def reader(lang: str = "vi") -> FormReader:
    return FormReader(FORM, lang, SAY, TODAY)


def test_a_conditional_question_says_its_condition_in_words() -> None:
    page = reader().page("birth-place", {}, {})
    asked = next(f for f in page.fields if f.name == "facility_name")
    assert asked.show_when == "born_at_facility=true"
    assert asked.condition == "Chỉ trả lời nếu “Trẻ có sinh tại cơ sở y tế không?” là Có."


def test_a_question_that_hangs_on_another_page_is_asked_only_when_it_counts() -> None:
    form = every_kind({"field": "a", "operator": "not_equals", "value": "x"})
    assert [f.name for f in laid_out(form, {}).fields] == []
    assert [f.name for f in laid_out(form, {"a": "y"}).fields] == ["q"]


def every_kind(condition: dict[str, Any]) -> Any:
    label = {"vi": "Mục", "en": "Item"}
    pages = [
        {"id": page, "title": label, "fields": [{"name": name, "widget": "text", "label": label}]}
        for page, name in (("one", "a"), ("two", "q"))
    ]
    return read_form({"pages": pages, "logic": [{"when": {"all": [condition]}, "then": {"show": ["q"]}}]})


def laid_out(form: Any, answers: dict[str, Any]) -> Any:
    return FormReader(form, "vi", SAY, TODAY).page("two", answers, {})


LABEL = {"vi": "Mục", "en": "Item"}
OPTIONS = [{"value": "a", "vi": "A", "options": [{"value": "a1", "vi": "A một"}]}, {"value": "b", "vi": "B"}]


@pytest.mark.parametrize(
    ("widget", "value", "kind", "boxes"),
    [
        ("period", {"from": "2026-01-02", "to": "2026-03"}, "boxes", ["q-from", "q-to"]),
        ("two_level", {"first": "a", "second": "a1"}, "boxes", ["q-first", "q-second"]),
        ("land_parcel", {"parcel": "12", "sheet": "4"}, "boxes", ["q-parcel", "q-sheet", "q-commune"]),
        ("group", [{"name": "An Bình"}], "boxes", ["q-0-name", "q-1-name"]),
        ("many_of", ["a", "b"], "checkboxes", []),
        ("money", 150_000_000, "number", []),
        ("phone", "+84912345678", "tel", []),
        ("date", {"day": "31", "month": "2"}, "date", []),
    ],
)
def test_every_kind_of_answer_is_laid_out_in_its_boxes(
    widget: str, value: Any, kind: str, boxes: list[str]
) -> None:
    inner = [{"name": "name", "widget": "person_name", "label": LABEL}] if widget == "group" else []
    asked = {
        "name": "q",
        "widget": widget,
        "label": LABEL,
        "options": OPTIONS,
        "fields": inner,
        "precision": "month",
    }
    form = read_form({"pages": [{"id": "p", "title": LABEL, "fields": [asked]}]})
    [shown] = FormReader(form, "vi", SAY, TODAY).page("p", {"q": value}, {}).fields
    assert (shown.kind, [box.name for box in shown.boxes]) == (kind, boxes)
    told = [shown.value, *shown.values, *shown.parts.values()]
    told += [part for box in shown.boxes for part in (box.value, *box.parts.values())]
    assert "".join(told)


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"widget": "number", "unit": "m²"}, "Ghi đủ. Đơn vị: m²"),
        ({"widget": "date", "precision": "year"}, "Ghi đủ. Không biết ngày, tháng thì chỉ ghi năm."),
        ({"widget": "date", "precision": "month"}, "Ghi đủ. Không biết ngày thì chỉ ghi tháng và năm."),
        ({"widget": "date"}, "Ghi đủ."),
    ],
    ids=str,
)
def test_the_hint_says_the_unit_and_which_part_of_a_date_is_enough(more: dict[str, str], hint: str) -> None:
    asked = {"name": "q", "label": LABEL, "hint": {"vi": "Ghi đủ."}, **more}
    form = read_form({"pages": [{"id": "p", "title": LABEL, "fields": [asked]}]})
    [shown] = FormReader(form, "vi", SAY, TODAY).page("p", {}, {}).fields
    assert shown.hint == hint


def test_the_rows_of_a_group_are_told_apart() -> None:
    inner = [{"name": "name", "widget": "person_name", "label": LABEL}]
    asked = {"name": "q", "widget": "group", "label": LABEL, "fields": inner}
    form = read_form({"pages": [{"id": "p", "title": LABEL, "fields": [asked]}]})
    rows = [{"name": "An Bình"}, {"name": "Lê Hoa"}]
    [shown] = FormReader(form, "vi", SAY, TODAY).page("p", {"q": rows}, {}).fields
    assert [box.label for box in shown.boxes] == ["Mục", "Mục (2)", "Mục (3)"]


def test_rows_above_the_most_of_a_group_are_shown_as_typed() -> None:
    inner = [{"name": "name", "widget": "person_name", "label": LABEL}]
    asked = {"name": "q", "widget": "group", "label": LABEL, "fields": inner, "most": 1}
    form = read_form({"pages": [{"id": "p", "title": LABEL, "fields": [asked]}]})
    rows = [{"name": "An Bình"}, {"name": "Lê Hoa"}]
    [shown] = FormReader(form, "vi", SAY, TODAY).page("p", {"q": rows}, {}).fields
    assert [box.value for box in shown.boxes] == ["An Bình", "Lê Hoa"]


def test_what_is_not_worked_out_yet_says_so() -> None:
    asked = {"name": "q", "widget": "calculated", "label": LABEL, "formula": "a * 2"}
    number = {"name": "a", "widget": "number", "label": LABEL}
    form = read_form({"pages": [{"id": "p", "title": LABEL, "fields": [number, asked]}]})
    assert FormReader(form, "vi", SAY, TODAY).page("p", {}, {}).fields[1].label == "Mục: –"


def test_a_page_shows_the_answers_and_the_complaints() -> None:
    page = reader("en").page("child", {"child_sex": "female"}, {"child_name": "Answer it."})
    shown = {f.name: f for f in page.fields}
    assert (page.title, page.number, page.count) == ("About the child", 2, len(FORM.pages))
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
        (
            "birth_place",
            {"province": "37", "commune": "14329", "detail": "số 1"},
            "số 1, Phường Hoa Lư, Tỉnh Ninh Bình",
        ),
        ("note", None, ""),
    ],
)
def test_an_answer_is_told_in_words(name: str, answer: Any, told: str) -> None:
    assert reader().told(FORM.questions[name], answer) == told
