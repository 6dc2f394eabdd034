"""An answer may be another's: marked by whoever fills in, or taken over where the form knows it is the same person."""

from datetime import date

import pytest
from eforms import definition_problems, judge, read_form, read_page, taken_over
from eforms.likeness_checks import likeness_problems

TODAY = date(2026, 11, 28)
HOME = {"province": "37", "commune": "14329", "detail": "Số 5"}
AWAY = {"province": "37", "commune": "14329", "detail": "Số 9"}
WORDS = {"vi": "Như trên", "en": "As above"}
MOTHER = {"field": "relation", "operator": "equals", "value": "mother"}
FIELDS = [
    {"name": "name", "widget": "person_name", "label": WORDS},
    {"name": "relation", "widget": "text", "label": WORDS},
    {"name": "home", "widget": "address", "label": WORDS},
    {
        "name": "mother_name",
        "widget": "person_name",
        "label": WORDS,
        "like": {"from": "name", "label": WORDS, "when": MOTHER},
    },
    {"name": "mother_home", "widget": "address", "label": WORDS, "like": {"from": "home", "label": WORDS}},
]
DATA = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("name", "relation", "mother_name")}
    | {name: {"type": "object"} for name in ("home", "mother_home")},
    "required": ["mother_name"],
}
DEFINITION = {
    "data": DATA,
    "pages": [{"id": "one", "fields": FIELDS[:3]}, {"id": "two", "fields": FIELDS[3:]}],
    "declaration": WORDS,
}
FORM = read_form(DEFINITION)
ANH, BINH = "Nguyễn Thị Ánh", "Trần Thị Bình"


@pytest.mark.parametrize(
    ("typed", "before", "mother"),
    [
        ({"name": ANH, "relation": "mother"}, {}, ANH),
        ({"name": ANH, "relation": "aunt"}, {}, None),
        ({"name": ANH, "relation": "mother", "mother_name": BINH}, {}, BINH),
        (
            {"name": BINH, "relation": "mother", "mother_name": ANH},
            {"name": ANH, "relation": "mother", "mother_name": ANH},
            BINH,
        ),
        (
            {"name": ANH, "relation": "aunt", "mother_name": ANH},
            {"name": ANH, "relation": "mother", "mother_name": ANH},
            None,
        ),
        (
            {"name": BINH, "relation": "aunt", "mother_name": ANH},
            {"name": ANH, "relation": "aunt", "mother_name": ANH},
            ANH,
        ),
        ({"relation": "mother"}, {}, None),
    ],
)
def test_r_sub_04_who_files_and_is_the_mother_writes_her_name_once(typed, before, mother):
    assert taken_over(FORM, typed, TODAY, before).get("mother_name") == mother


def test_r_sub_04_an_address_that_was_as_above_follows_it_until_somebody_changes_it():
    before = {"home": HOME, "mother_home": HOME}
    assert taken_over(FORM, {"home": AWAY, "mother_home": HOME}, TODAY, before)["mother_home"] == AWAY
    own = taken_over(FORM, {"home": HOME, "mother_home": AWAY}, TODAY, before)
    assert own["mother_home"] == AWAY
    assert taken_over(FORM, {"home": AWAY, "mother_home": HOME}, TODAY)["mother_home"] == HOME


@pytest.mark.parametrize(
    ("typed", "known", "read"),
    [
        ({"mother_home-like": "true"}, {"home": HOME}, HOME),
        ({"mother_home-like": "true"}, {}, None),
        ({}, {"home": HOME}, None),
        (
            {"mother_home-like": "true", **{f"mother_home-{part}": text for part, text in HOME.items()}},
            {"home": AWAY, "mother_home": HOME},
            AWAY,
        ),
        (
            {"mother_home-like": "true", **{f"mother_home-{part}": text for part, text in AWAY.items()}},
            {"home": HOME, "mother_home": HOME},
            AWAY,
        ),
    ],
)
def test_r_sub_04_a_mark_takes_the_address_over_and_boxes_changed_under_it_count(typed, known, read):
    assert read_page(FORM, "two", typed, known)["mother_home"] == read


def test_r_sub_04_on_one_page_the_address_above_is_the_one_being_typed():
    one = read_form({**DEFINITION, "pages": [{"id": "all", "fields": FIELDS}]})
    typed = {f"home-{part}": text for part, text in HOME.items()} | {"mother_home-like": "true"}
    assert read_page(one, "all", typed, {"home": AWAY})["mother_home"] == HOME


def test_r_sub_04_what_is_taken_over_counts_as_answered():
    settled, problems = judge(FORM, {"name": ANH, "relation": "mother"}, TODAY)
    assert (settled.answers["mother_name"], problems) == (ANH, [])
    assert [one.field for one in judge(FORM, {"name": ANH, "relation": "aunt"}, TODAY)[1]] == ["mother_name"]


@pytest.mark.parametrize(
    "like",
    [
        {"from": "later", "label": WORDS},
        {"from": "home", "label": WORDS},
        {"from": "name", "label": {"vi": "Như trên"}},
        {"from": "name", "label": WORDS, "when": {"field": "nobody", "operator": "equals", "value": 1}},
        {"from": "name", "label": WORDS, "when": {"field": "relation", "operator": "resembles", "value": 1}},
    ],
)
def test_r_sub_04_a_form_that_takes_over_from_nothing_is_not_published(like):
    assert list(likeness_problems(FIELDS)) == []
    assert definition_problems(DEFINITION, frozenset()) == []
    wrong = [*FIELDS[:3], {**FIELDS[3], "like": like}]
    assert [one.rule for one in likeness_problems(wrong)] == ["like-unsound"]
