"""Random definitions and answers: what a page asks is what is kept, and everything comes back as it was."""

import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from eforms import (
    Form,
    asked_questions,
    boxes,
    form_problems,
    judge,
    page_problems,
    read_form,
    read_page,
    read_question,
    settle,
    tidy,
    told_answer,
)
from eforms.kinds import KINDS
from eforms.linting import circles, shown_by_later_answers
from hypothesis import given, settings
from hypothesis import strategies as st

TODAY = date(2026, 11, 26)
OPTIONS = [{"value": v, "vi": v, "en": v, "options": [{"value": f"{v}1", "vi": v}]} for v in "xyz"]
NAMES = [f"q{place}" for place in range(7)]
letters = st.text("AnBìnhHĐứcÊñ", min_size=2, max_size=12)
texts = st.text(max_size=12)
plain_dates = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(date.isoformat)
partial_dates = plain_dates.flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
codes = st.text("0123456789", min_size=12, max_size=12).filter(lambda text: len(set(text)) > 1)
mobiles = st.from_regex(r"\+849[0-9]{8}", fullmatch=True)
addresses = st.fixed_dictionaries(
    {
        "province": st.just("37"),
        "commune": st.just("14329"),
        "detail": st.sampled_from(["số 1", "thôn 2, xóm Đông"]),
    }
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "long_text": texts,
    "number": st.integers(-(10**9), 10**9),
    "money": st.integers(0, 10**12),
    "yes_no": st.booleans(),
    "one_of": st.sampled_from("xyz"),
    "code_list": st.sampled_from("xyz"),
    "many_of": st.lists(st.sampled_from("xyz"), max_size=3),
    "two_level": st.sampled_from("xyz").map(lambda v: {"first": v, "second": f"{v}1"}),
    "date": plain_dates,
    "time": st.times().map(lambda at: f"{at:%H:%M}"),
    "period": st.tuples(plain_dates, plain_dates).map(lambda two: {"from": min(two), "to": max(two)}),
    "person_name": letters,
    "organisation_name": letters,
    "identity_number": codes,
    "tax_code": codes,
    "phone": mobiles,
    "email": st.from_regex(r"[a-z]{1,8}@[a-z]{2,8}\.vn", fullmatch=True).filter(str.isascii),
    "address": addresses,
    "agency": st.just("H42.15"),
    "land_parcel": st.just({"parcel": "12/3", "sheet": "4"}),
    "bank_account": letters.map(lambda name: {"bank": "VCB", "number": "0123456789", "holder": name}),
    "look_up": st.just("37-2024"),
    "earlier_dossier": st.just("H42.15-261105-0001"),
    "declaration": st.just(True),
    "signature": st.just({"signer": "An", "signed_at": "2026-11-05", "sha256": "a" * 64}),
    "group": st.lists(
        st.fixed_dictionaries({"name": letters, "born": partial_dates}), min_size=1, max_size=3
    ),
    "calculated": st.integers(),
    "file": st.none(),
    "photo": st.none(),
    "explanation": st.none(),
}
CHILDREN = [
    {"name": "name", "widget": "person_name", "label": "Tên"},
    {"name": "born", "widget": "date", "precision": "year", "label": "Sinh"},
]
conditions = st.fixed_dictionaries(
    {
        "field": st.sampled_from(NAMES),
        "operator": st.sampled_from(["equals", "not_equals", "before", "after", "less_than"]),
    }
).flatmap(
    lambda test: st.one_of(
        st.sampled_from(["x", "y", True, 3, "2000-01-01"]).map(lambda value: {**test, "value": value}),
        st.sampled_from([*NAMES, "today"]).map(lambda other: {**test, "other": other}),
        st.integers(0, 90).map(lambda age: {**test, "value": age, "age_at": "today"}),
        st.sampled_from(["answered", "not_answered"]).map(
            lambda op: {"field": test["field"], "operator": op}
        ),
    )
)
some_names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True)
rows = st.fixed_dictionaries(
    {
        "when": st.one_of(
            st.lists(conditions, min_size=1, max_size=3).map(lambda tests: {"all": tests}),
            st.lists(conditions, min_size=1, max_size=3).map(lambda tests: {"any": tests}),
        ),
        "then": st.fixed_dictionaries(
            {"show": some_names, "require": some_names},
            optional={
                "set": st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["x", "y"]), max_size=2),
                "block": st.just({"vi": "Không được.", "en": "No."}),
            },
        ),
    }
)


def field(name: str, widget: str) -> dict[str, Any]:
    more: dict[str, Any] = {"fields": CHILDREN} if widget == "group" else {"options": OPTIONS}
    return {"name": name, "widget": widget, "label": {"vi": name, "en": name}, "formula": "q0 * 2", **more}


@st.composite
def definitions(draw: Callable[..., Any]) -> dict[str, Any]:
    typed = sorted(set(KINDS) - {"calculated"})
    fields = [
        field(name, draw(st.sampled_from(sorted(KINDS) if at else typed))) for at, name in enumerate(NAMES)
    ]
    cut = draw(st.integers(1, len(fields)))
    pages = [
        {"id": "one", "title": "Một", "fields": fields[:cut]},
        {"id": "two", "title": "Hai", "fields": fields[cut:]},
    ]
    form: dict[str, Any] = {"data": {"required": draw(some_names)}, "pages": pages, "logic": []}
    for row in draw(st.lists(rows, max_size=6)):
        longer = {**form, "logic": [*form["logic"], row]}
        if not [*shown_by_later_answers(longer), *circles(longer)]:
            form = longer
    return form


@st.composite
def filled(draw: Callable[..., Any]) -> tuple[Form, dict[str, Any]]:
    form = read_form(draw(definitions()))
    answers = {
        name: draw(st.one_of(VALUES[question.widget], st.none(), st.none() if question.children else texts))
        for name, question in form.questions.items()
    }
    return form, tidy(form, answers)


def shown_and_typed(form: Form, answers: dict[str, Any], *, script: bool) -> dict[str, Any]:
    """Walk through the pages as a browser does and return what is kept at the end.

    With a script, questions that do not count are off the page at once; without one they stand there and are
    posted empty or as they were.
    """
    draft: dict[str, Any] = {}
    for page in form.pages:
        typed = {}
        for question in page.questions:
            typed |= boxes(question, answers.get(question.name))
        here = read_page(form, page.id, typed)
        if script:
            settled = settle(form, tidy(form, {**draft, **here}), TODAY)
            here = {name: value for name, value in here.items() if settled.asks(name)}
        draft = tidy(form, {**draft, **here})
    return settle(form, draft, TODAY).answers


@given(filled())
def test_what_the_pages_ask_is_exactly_what_is_kept(case: tuple[Form, dict[str, Any]]) -> None:
    form, answers = case
    settled = settle(form, answers, TODAY)
    asked = {question.name for page in form.pages for question in asked_questions(form, settled, page.id)}
    silent = {name for name, question in form.questions.items() if KINDS[question.widget].silent}
    assert set(settled.answers) - settled.assigned <= asked
    assert set(answers) & asked - settled.assigned == set(settled.answers) - settled.assigned - silent
    assert settled.required & set(form.questions) <= set(form.questions) - settled.hidden
    problems = form_problems(form, settled, TODAY)
    told = [problem for page in form.pages for problem in page_problems(form, problems, page.id)]
    assert sorted(told, key=str) == sorted(problems, key=str)


@st.composite
def typed_in(draw: Callable[..., Any]) -> tuple[Form, dict[str, Any]]:
    form = read_form(draw(definitions()))
    choices = {name: st.one_of(VALUES[question.widget], texts) for name, question in form.questions.items()}
    return form, {name: draw(choice) for name, choice in choices.items()} | draw(
        st.dictionaries(st.just("not_asked"), texts)
    )


@given(typed_in())
def test_judging_at_once_says_what_the_three_steps_say(case: tuple[Form, dict[str, Any]]) -> None:
    form, typed = case
    settled = settle(form, tidy(form, typed), TODAY)
    assert judge(form, typed, TODAY) == (settled, form_problems(form, settled, TODAY))


@given(filled())
def test_render_submit_store_render_is_the_identity(case: tuple[Form, dict[str, Any]]) -> None:
    form, answers = case
    stored = json.loads(json.dumps(answers))
    for question in form.questions.values():
        typed = boxes(question, stored.get(question.name))
        again = read_page(form, question.page, typed).get(question.name)
        if question.name in stored and not KINDS[question.widget].silent:
            assert boxes(question, again) == typed
            assert told_answer(question, again, "vi") == told_answer(question, stored[question.name], "vi")
    assert tidy(form, stored) == stored


@given(filled())
def test_with_and_without_a_script_the_same_is_kept(case: tuple[Form, dict[str, Any]]) -> None:
    form, answers = case
    plain, scripted = (shown_and_typed(form, answers, script=script) for script in (False, True))
    assert plain == settle(form, tidy(form, answers), TODAY).answers
    assert scripted == plain


@pytest.mark.parametrize("widget", sorted(set(KINDS) - {"file", "photo", "explanation", "calculated"}))
@given(data=st.data())
@settings(max_examples=40)
def test_every_value_of_a_kind_comes_back_from_its_boxes(widget: str, data: st.DataObject) -> None:
    form = read_form({"pages": [{"id": "p", "title": "T", "fields": [field("q", widget)]}]})
    answers = tidy(form, {"q": data.draw(VALUES[widget])})
    typed = boxes(form.questions["q"], answers.get("q"))
    assert read_page(form, "p", typed)["q"] == answers.get("q")


odd_texts = st.one_of(
    texts,
    st.text("aB'.-–’ ́ồđ\u00a0\u200b\u00ad\u00b4@/0", max_size=8),
    st.from_regex(
        r"[0-9]{4}(-[0-9]{2}){0,2}|(0|\+84|\+?[1-9])[0-9]{8,11}|(00|11)[0-9]{8}-?[0-9]{3}", fullmatch=True
    ),
    st.from_regex(r"[a-z.A-Z]{1,6}@[a-zé-]{1,6}(\.{1,2}[a-z]{1,3})?", fullmatch=True),
    st.sampled_from("0123456789").map(lambda digit: digit * 12),
)
any_value = st.one_of(
    *VALUES.values(),
    odd_texts,
    st.integers(),
    st.floats(allow_nan=False),
    st.fixed_dictionaries({"province": odd_texts, "commune": odd_texts, "detail": odd_texts}),
    addresses.flatmap(lambda at: odd_texts.map(lambda text: {**at, "detail": text})),
)


@pytest.mark.parametrize("widget", sorted(KINDS))
@given(value=any_value, precision=st.sampled_from(["day", "month", "year"]), passport=st.booleans())
@settings(max_examples=50)
def test_a_value_known_as_stored_is_what_reading_it_gives(
    widget: str, value: Any, precision: str, passport: bool
) -> None:
    papers = {"papers": ["passport"]} if passport else {}
    question = read_question({**field("q", widget), "precision": precision, **papers})
    kind = KINDS[widget]
    if kind.stored(value, question):
        again = kind.read(value, question)
        assert (again, type(again)) == (value, type(value))


KNOWN = {
    "text": "Phường Hoa Lư, tỉnh Ninh Bình",
    "long_text": "Số 5",
    "number": 3,
    "money": 150000,
    "yes_no": False,
    "one_of": "x",
    "date": "2026-11-02",
    "person_name": "Nguyễn Thị Ánh",
    "organisation_name": "Công ty TNHH A & B",
    "identity_number": "000190000001",
    "tax_code": "0100109106-001",
    "phone": "+84912345678",
    "email": "an@example.vn",
    "address": {"province": "37", "commune": "14329", "detail": "Số 5 đường Tràng An"},
    "declaration": True,
}


@pytest.mark.parametrize("widget", sorted(KNOWN))
def test_the_common_form_of_a_kind_is_known_without_reading_it(widget: str) -> None:
    assert KINDS[widget].stored(KNOWN[widget], read_question(field("q", widget)))


def heavy() -> dict[str, Any]:
    """Return the largest definition the linter lets through, its rows chained, turning and comparing ages."""
    names = [f"q{place}" for place in range(400)]
    widgets = ["date", "person_name", "phone", "number"]
    fields = [{**field(name, widgets[place % 4]), "fields": []} for place, name in enumerate(names)]
    pages = [
        {"id": str(start), "title": "T", "fields": fields[start : start + 100]}
        for start in range(0, 400, 100)
    ]
    tests = [
        {"field": name, "operator": "less_than", "value": 99, "age_at": "today"} for name in names[:44:4]
    ]
    logic = [
        {
            "when": {"all": [{"field": names[place], "operator": "answered"}, *tests]},
            "then": {"show": [names[place + 1]], "set": {names[-place - 1]: "x" if place % 2 else "y"}},
        }
        for place in range(200)
    ]
    return {"pages": pages, "logic": logic}


@pytest.mark.parametrize("left_out", ["", "q0"])
def test_no_definition_costs_more_than_50_ms_or_20_mb_a_page(left_out: str) -> None:
    definition = heavy()
    answers = {f"q{place}": ["1990-01-01", "An Bình", "+84912345678", 12][place % 4] for place in range(400)}
    answers.pop(left_out, None)  # without the first link the chain is taken apart link by link
    form = read_form(definition)
    spent = []
    for _ in range(5):
        begun = time.process_time()
        settled = settle(form, answers, TODAY)
        asked = asked_questions(form, settled, "0")
        page_problems(form, form_problems(form, settled, TODAY), "0")
        [boxes(question, answers.get(question.name)) for question in asked]
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.05
    tracemalloc.start()
    try:
        once_more = read_form(definition)
        form_problems(once_more, settle(once_more, answers, TODAY), TODAY)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()
