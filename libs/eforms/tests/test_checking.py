"""Each fault of an answer has its own sentence; the form's own words replace only the one they are for."""

from datetime import date
from typing import Any

import pytest
from eforms import (
    Form,
    applicant_of,
    boxes,
    definition_problems,
    form_problems,
    judge,
    prefilled,
    read_form,
    read_page,
    settle,
    tidy,
)

TODAY = date(2026, 11, 26)
LABEL = {"vi": "Ngày sinh", "en": "Date of birth"}


def one(widget: str, schema: dict[str, Any] | None = None, **more: Any) -> Form:
    field = {"name": "q", "widget": widget, "label": LABEL, **more}
    data = {"type": "object", "additionalProperties": False, "properties": {"q": schema or {}}}
    return read_form({"data": data, "pages": [{"id": "p", "title": "Trang", "fields": [field]}]})


def faults(form: Form, answers: dict[str, Any]) -> list[tuple[str, str, str]]:
    settled = settle(form, tidy(form, answers), TODAY)
    return [(problem.field, problem.rule, problem.vi) for problem in form_problems(form, settled, TODAY)]


BORN = {"past": True, "errors": {"past": {"vi": "Trẻ chưa sinh ra.", "en": "Not born yet."}}}


@pytest.mark.parametrize(
    ("typed", "rule", "said"),
    [
        (
            {"day": "29", "month": "2", "year": "2025"},
            "no-such-day",
            "“Ngày sinh”: tháng 2 năm 2025 chỉ có 28 ngày.",
        ),
        (
            {"day": "31", "month": "2", "year": "2030"},
            "no-such-day",
            "“Ngày sinh”: tháng 2 năm 2030 chỉ có 28 ngày.",
        ),
        (
            {"day": "5", "month": "mười", "year": "2026"},
            "month",
            "Tháng của “Ngày sinh” phải là số từ 1 đến 12.",
        ),
        (
            {"day": "5", "month": "1", "year": "26"},
            "year",
            "Năm của “Ngày sinh” phải có bốn chữ số, ví dụ 2026.",
        ),
        ({"day": "5"}, "incomplete", "Hãy ghi tháng, năm của “Ngày sinh”."),
        ({"day": "1", "month": "1", "year": "2030"}, "past", "Trẻ chưa sinh ra."),
    ],
)
def test_t4_each_fault_of_a_date_has_its_own_sentence(typed: dict[str, str], rule: str, said: str) -> None:
    found = faults(one("date", **BORN), {"q": typed})
    assert [(problem[0].split(".")[0], *problem[1:]) for problem in found] == [("q", rule, said)]


def test_t5_a_year_that_may_lie_before_today_is_past() -> None:
    form = one("date", precision="year", past=True)
    assert faults(form, {"q": "2026"}) == []
    assert [rule for _, rule, _ in faults(form, {"q": "2027"})] == ["past"]


@pytest.mark.parametrize(
    ("schema", "answer", "rule", "said"),
    [
        ({"minLength": 5}, "an", "minLength", "“Ngày sinh” phải có ít nhất 5 ký tự."),
        ({"maxLength": 1}, "an", "maxLength", "“Ngày sinh” dài quá 1 ký tự."),
        ({"type": "integer"}, "an", "type", "“Ngày sinh” chưa đúng dạng."),
        ({"pattern": "^x"}, "an", "pattern", "“Ngày sinh” chưa đúng dạng."),
        ({"not": {}}, "an", "not", "“Ngày sinh” chưa đúng."),
    ],
)
def test_the_data_schema_is_told_in_words(schema: dict[str, Any], answer: str, rule: str, said: str) -> None:
    assert faults(one("text", schema), {"q": answer}) == [("q", rule, said)]


def test_what_is_required_is_asked_for_once() -> None:
    form = read_form(
        {
            "data": {"type": "object", "required": ["q", "r"], "properties": {"q": {}, "r": {}}},
            "pages": [
                {
                    "id": "p",
                    "title": "T",
                    "fields": [
                        {"name": "q", "widget": "text", "label": LABEL},
                        {"name": "r", "widget": "text", "label": {"vi": "R", "en": "R"}},
                        {"name": "ok", "widget": "declaration", "label": {"vi": "Cam đoan", "en": "Declare"}},
                        {
                            "name": "paper",
                            "widget": "file",
                            "label": {"vi": "Giấy", "en": "Paper"},
                            "component": "x",
                        },
                    ],
                },
            ],
        }
    )
    assert faults(form, {}) == [
        ("q", "required", "Hãy trả lời mục “Ngày sinh”."),
        ("r", "required", "Hãy trả lời mục “R”."),
        ("ok", "const", "Hãy xác nhận “Cam đoan”."),
    ]
    assert faults(form, {"q": "x", "r": "y", "ok": "true"}) == []


def test_an_unknown_answer_is_named() -> None:
    assert faults(one("text"), {"q": "x", "other": "y"}) == [
        ("other", "additionalProperties", "Tờ khai không có mục “other”.")
    ]


KIN = [
    {"name": "name", "widget": "person_name", "label": LABEL},
    {"name": "born", "widget": "date", "precision": "year", "label": LABEL},
]
PAGE = [
    {"name": "born", "widget": "date", "label": LABEL},
    {"name": "home", "widget": "address", "label": LABEL},
    {"name": "sizes", "widget": "many_of", "label": LABEL, "options": [{"value": "a", "vi": "A"}]},
    {"name": "kin", "widget": "group", "label": LABEL, "fields": KIN},
    {"name": "note", "widget": "long_text", "label": LABEL},
]
TYPED = {
    "born-day": "05/12/2026",
    "home-province": "37",
    "home-commune": "14329",
    "home-detail": " số\u200b 1 ",
    "sizes": ["a"],
    "kin-0-name": "H’Hen",
    "kin-0-born-year": "1992",
    "note": "",
    "z": "of another page",
}
ANSWERS = {
    "born": "2026-12-05",
    "home": {"province": "37", "commune": "14329", "detail": "số 1"},
    "sizes": ["a"],
    "kin": [{"name": "H'Hen", "born": "1992"}],
    "note": None,
}


def test_a_page_reads_its_boxes_and_gives_them_back() -> None:
    form = read_form({"pages": [{"id": "p", "title": "T", "fields": PAGE}]})
    assert read_page(form, "p", TYPED) == ANSWERS
    again: dict[str, Any] = {}
    for question in form.questions.values():
        again |= boxes(question, ANSWERS[question.name])
    assert read_page(form, "p", again) == ANSWERS
    assert read_page(form, "p", {"born-day": "31", "born-month": "2"})["born"] == {"day": "31", "month": "2"}
    with pytest.raises(KeyError):
        read_page(form, "nowhere", {})


REQUESTER = {
    "pages": [
        {
            "id": "p",
            "title": "T",
            "fields": [
                {"name": "name", "widget": "person_name", "label": LABEL, "prefill": "account.full_name"},
                {
                    "name": "number",
                    "widget": "identity_number",
                    "label": LABEL,
                    "prefill": "account.id_number",
                },
                {"name": "phone", "widget": "phone", "label": LABEL, "prefill": "account.phone"},
                {"name": "mail", "widget": "email", "label": LABEL, "prefill": "account.email"},
                {"name": "home", "widget": "address", "label": LABEL},
            ],
        }
    ]
}


@pytest.mark.parametrize(
    "account",
    [
        {
            "full_name": "Yuki Tanaka",
            "id_number": "TR1234567",
            "phone": "+819012345678",
            "email": "y@example.jp",
        },
        {
            "full_name": "H'Hen Niê",
            "id_number": "037190000001",
            "phone": "+842438251234",
            "email": "a@xn--b-8xm.vn",
        },
    ],
)
def test_t8_what_the_account_took_the_form_takes(account: dict[str, str]) -> None:
    form = read_form(REQUESTER)
    answers = {name: prefilled(question, account) for name, question in form.questions.items()}
    assert [answers[name] for name in ("name", "number", "phone", "mail")] == list(account.values())
    assert faults(form, answers) == []
    assert prefilled(form.questions["home"], account) is None


def test_the_applicant_is_told_by_the_questions_filled_from_the_account() -> None:
    answers = {
        "name": "An Bình",
        "phone": "+84912345678",
        "home": {"province": "37", "commune": "14329", "detail": "số 1"},
    }
    assert applicant_of(read_form(REQUESTER), answers) == {
        "name": "An Bình",
        "id_number": "",
        "phone": "+84912345678",
        "email": "",
        "address": "số 1, Phường Hoa Lư, Tỉnh Ninh Bình",
    }
    assert applicant_of(read_form({}), {})["name"] == ""


SOUND = {
    "data": {"type": "object", "properties": {"q": {"type": "string"}}},
    "pages": [{"id": "p", "fields": [{"name": "q", "widget": "date", "label": LABEL}]}],
    "declaration": {"vi": "Tôi cam đoan."},
}


def altered(field: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    pages = [{"id": "p", "fields": [{"name": "q", "widget": "date", "label": LABEL, **(field or {})}]}]
    return {**SOUND, "pages": pages, **more}


@pytest.mark.parametrize(
    ("definition", "rule"),
    [
        ({**SOUND, "pages": [], "data": {}}, "no-pages"),
        (altered(declaration={}), "no-declaration"),
        ({**SOUND, "pages": SOUND["pages"] * 2}, "field-twice"),
        (altered({"widget": "hologram"}), "unknown-widget"),
        (altered({"label": {"vi": "x"}}), "label-missing"),
        (altered({"name": "to-desk"}), "name-not-free"),
        (altered({"name": "version"}), "name-not-free"),
        (altered({"widget": "file", "component": "x"}, data={}), "unknown-component"),
        (altered({"widget": "one_of"}), "no-options"),
        (altered({"widget": "code_list", "list": "x"}), "unknown-list"),
        (altered({"widget": "group"}, data={"properties": {"q": {"type": "array"}}}), "no-fields"),
        (altered({"errors": {"letters": LABEL}}), "unknown-rule"),
        (altered({"precision": "hour"}), "unknown-detail"),
        (altered({"papers": ["library-card"]}), "unknown-detail"),
        (altered({"prefill": "account.shoe_size"}), "unknown-detail"),
        (altered({"error": LABEL}), "unknown-detail"),
        (altered(data={}), "field-without-data"),
        (altered(data={"type": "thing"}), "schema-broken"),
        (altered(data={"properties": {"q": {"pattern": "("}}}), "schema-broken"),
        (altered(data={"properties": {"q": {"$ref": "https://elsewhere.example/x"}}}), "schema-broken"),
        (altered(data={"properties": {"q": {"$ref": "file:///etc/hostname"}}}), "schema-broken"),
        (altered(data={"properties": {"q": {"not": {"$dynamicRef": "#x"}}}}), "schema-broken"),
        (altered(data={"$defs": {}, "properties": {"q": {}}}), "schema-broken"),
        (altered(data={"properties": {"q": {}, "r": {}}}), "field-never-asked"),
        (altered(data={"properties": {"q": {"type": "integer"}}}), "data-disagrees"),
        (altered({"precision": "year"}, data={"properties": {"q": {"format": "date"}}}), "data-disagrees"),
        (
            altered({"widget": "number", "decimals": 1}, data={"properties": {"q": {"type": "integer"}}}),
            "data-disagrees",
        ),
        (
            altered(
                {"widget": "calculated", "formula": "q * r"}, data={"properties": {"q": {"type": "number"}}}
            ),
            "formula-broken",
        ),
        (
            altered(
                {"widget": "calculated", "formula": "__import__('os')"},
                data={"properties": {"q": {"type": "number"}}},
            ),
            "formula-broken",
        ),
        (altered(logic=[{"when": {"all": []}, "then": {}}]), "logic-broken"),
        (
            altered(logic=[{"when": {"all": [{"field": "q", "operator": "equals"}]}, "then": {}}]),
            "logic-broken",
        ),
        (
            altered(logic=[{"when": {"all": [{"field": "x", "operator": "answered"}]}, "then": {}}]),
            "logic-broken",
        ),
        (
            altered(logic=[{"when": {"all": [{"field": "q", "operator": "like", "value": 1}]}, "then": {}}]),
            "logic-broken",
        ),
        (
            altered(
                logic=[{"when": {"all": [{"field": "q", "operator": "before", "other": "x"}]}, "then": {}}]
            ),
            "logic-broken",
        ),
        (
            altered(
                logic=[{"when": {"all": [{"field": "q", "operator": "answered"}]}, "then": {"set": {"x": 1}}}]
            ),
            "logic-broken",
        ),
        (
            altered(
                logic=[
                    {
                        "when": {"all": [{"field": "q", "operator": "answered"}]},
                        "then": {"block": {"vi": "x", "field": "x"}},
                    }
                ]
            ),
            "logic-broken",
        ),
        (
            altered(
                logic=[
                    {
                        "when": {"all": [{"field": "q", "operator": "answered"}]},
                        "then": {"require_components": ["x"]},
                    }
                ]
            ),
            "logic-broken",
        ),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(definition: dict[str, Any], rule: str) -> None:
    found = definition_problems(definition, {"paper"})
    assert rule in [problem.rule for problem in found]
    assert all(problem.vi and problem.en and problem.field for problem in found)


CHILD = {"name": "c", "widget": "text", "label": LABEL}


@pytest.mark.parametrize(
    "definition",
    [
        {**SOUND, "pages": "x"},
        {**SOUND, "pages": [1]},
        {**SOUND, "pages": [{"fields": []}]},
        {**SOUND, "pages": [{"id": "p", "fields": ["q"]}]},
        {**SOUND, "declaration": "x"},
        {**SOUND, "lists": []},
        {**SOUND, "lists": {"x": [{"vi": "no value"}]}},
        altered(data=[]),
        altered(data={"properties": []}),
        altered(data={"properties": {"q": True}}),
        altered(logic=[1]),
        altered(logic=[{"when": [], "then": {}}]),
        altered({"name": ["q"]}),
        altered({"label": "x"}),
        altered({"decimals": "two"}),
        altered({"decimals": 7}),
        altered({"most": 51}),
        altered({"most": 10**9, "fields": [CHILD]}),
        altered({"fields": [{"name": "c"}]}),
        altered({"fields": [{**CHILD, "widget": "group", "fields": [CHILD]}]}),
    ],
    ids=lambda definition: str(sorted(definition.items()))[:60],
)
def test_a_definition_of_a_wrong_shape_is_refused_before_anything_reads_it(
    definition: dict[str, Any],
) -> None:
    assert [problem.rule for problem in definition_problems(definition, set())] == ["shape-broken"]


@pytest.mark.parametrize(
    ("child", "rule"), [({"widget": "hologram"}, "unknown-widget"), ({"widget": "one_of"}, "no-options")]
)
def test_the_questions_of_a_group_are_judged_like_all_others(child: dict[str, str], rule: str) -> None:
    group = {"widget": "group", "fields": [{**CHILD, **child}]}
    data = {"properties": {"q": {"type": "array"}}}
    assert [p.rule for p in definition_problems(altered(group, data=data), set())] == [rule]


def test_nothing_is_fetched_for_a_schema_that_names_another() -> None:
    form = one("text", {"$ref": "file:///etc/hostname"})
    with pytest.raises(ValueError, match="reference"):
        form_problems(form, settle(form, {"q": "x"}, TODAY), TODAY)


def test_a_question_is_never_shown_by_what_a_later_page_asks() -> None:
    pages = [
        {"id": "p", "fields": [{"name": "q", "widget": "date", "label": LABEL}]},
        {"id": "later", "fields": [{"name": "r", "widget": "date", "label": LABEL}]},
    ]
    data = {"properties": {"q": {"type": "string"}, "r": {"type": "string"}}}
    answered = {name: {"all": [{"field": name, "operator": "answered"}]} for name in ("q", "r")}

    def found(shown: str, by: str) -> list[str]:
        logic = [{"when": answered[by], "then": {"show": [shown]}}]
        definition = {**SOUND, "pages": pages, "data": data, "logic": logic}
        return [problem.rule for problem in definition_problems(definition, set())]

    assert found("q", by="r") == ["shown-by-later-answer"]
    assert found("r", by="q") == []


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([("q", {"show": ["q"]})], ["goes-in-circles"]),
        ([("q", {"set": {"q": "2026-01-01"}})], ["goes-in-circles"]),
        ([("q", {"show": ["r"]}), ("r", {"set": {"q": "2026-01-01"}})], ["goes-in-circles"]),
        ([("q", {"show": ["r"]}), ("r", {"require": ["q"]})], []),
        ([("q", {"show": ["r"]}), ("q", {"set": {"r": "2026-01-01"}})], []),
    ],
)
def test_no_question_hangs_on_its_own_answer(rows: list[tuple[str, Any]], rule: list[str]) -> None:
    fields = [{"name": name, "widget": "date", "label": LABEL} for name in "qr"]
    logic = [
        {"when": {"all": [{"field": name, "operator": "answered"}]}, "then": effect} for name, effect in rows
    ]
    definition = {
        **SOUND,
        "pages": [{"id": "p", "fields": fields}],
        "data": {"properties": {name: {"type": "string"} for name in "qr"}},
        "logic": logic,
    }
    assert [problem.rule for problem in definition_problems(definition, set())] == rule


def test_a_sound_definition_passes() -> None:
    row = {
        "when": {"all": [{"field": "q", "operator": "less_than", "value": 18, "age_at": "today"}]},
        "then": {"block": {"vi": "Chưa đủ tuổi.", "en": "Too young."}, "require_components": ["paper"]},
    }
    assert definition_problems(altered(logic=[row]), {"paper"}) == []


def test_an_answer_that_a_row_replaced_is_read_again() -> None:
    one_of = {
        "name": "way",
        "widget": "one_of",
        "label": "Cách",
        "options": [{"value": "post", "vi": "Bưu điện"}],
    }
    page = {
        "id": "one",
        "title": "Một",
        "fields": [one_of, {"name": "note", "widget": "text", "label": "Ghi chú"}],
    }
    row = {"when": {"all": [{"field": "note", "operator": "answered"}]}, "then": {"set": {"way": "pigeon"}}}
    form = read_form({"pages": [page], "logic": [row]})
    assert judge(form, {"way": "post"}, TODAY)[1] == []
    _, problems = judge(form, {"way": "post", "note": "x"}, TODAY)
    assert [(problem.field, problem.rule) for problem in problems] == [("way", "enum")]


def test_rows_that_are_none_leave_no_boxes() -> None:
    group = one("group", {"type": "array"}, fields=[CHILD]).questions["q"]
    assert boxes(group, ["x", 1, ["y"], {"c": "kept"}]) == {"q-0-c": "kept"}
