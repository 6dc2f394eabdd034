"""The demonstration forms refuse what cannot be true, and take what people in this land are and write."""

from datetime import date
from typing import Any

import pytest
from catalog.adapters.demo_pack import read_demo_pack
from eforms import form_problems, read_form, settle, tidy

TODAY = date(2026, 11, 26)
FORMS = {name: read_form(definition) for name, definition in read_demo_pack().eforms.items()}


def found(form_name: str, **answers: Any) -> list[tuple[str, str]]:
    """Return field and rule of every problem with the given answers, the missing ones apart."""
    form = FORMS[form_name]
    problems = form_problems(form, settle(form, tidy(form, answers), TODAY), TODAY)
    return [(problem.field, problem.rule) for problem in problems if problem.rule != "required"]


BIRTH, DEATH, MARRIAGE = "birth-registration", "death-registration", "marriage-registration"
PARENTS = {"parents_married": True, "child_born_on": "2026-11-01"}


@pytest.mark.parametrize(
    ("form", "answers", "problems"),
    [
        (BIRTH, {**PARENTS, "mother_born_on": "2026-11-02"}, [("mother_born_on", "block")]),
        (
            BIRTH,
            {**PARENTS, "mother_born_on": "2027"},
            [("mother_born_on", "past"), ("mother_born_on", "block")],
        ),
        (BIRTH, {**PARENTS, "father_born_on": "2020-05"}, [("father_born_on", "block")]),
        (BIRTH, {**PARENTS, "mother_born_on": "1995", "father_born_on": "03/1990"}, []),
        (
            BIRTH,
            {**PARENTS, "mother_id": "037190000001", "father_id": "037 190 000 001"},
            [("father_id", "block")],
        ),
        (BIRTH, {"mother_id": "037190000001", "father_id": "037190000001"}, []),
        (DEATH, {"deceased_born_on": "1950-02-01", "died_on": "1949-12-31"}, [("died_on", "block")]),
        (DEATH, {"deceased_born_on": "1950", "died_on": "1950-06-01"}, []),
        (MARRIAGE, {"bride_born_on": "2015-03-01"}, [("bride_born_on", "block")]),
        (
            MARRIAGE,
            {"bride_born_on": "2008-11-26", "groom_born_on": "2006-11-27"},
            [("groom_born_on", "block")],
        ),
        (MARRIAGE, {"bride_id": "037190000001", "groom_id": "037190000001"}, [("groom_id", "block")]),
        (MARRIAGE, {"proposed_on": "2026-11-25"}, [("proposed_on", "block")]),
    ],
)
def test_t12_what_cannot_be_true_is_refused_at_its_question(
    form: str, answers: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert found(form, **answers) == problems


@pytest.mark.parametrize(
    ("form", "answers", "problems"),
    [
        (BIRTH, {"child_name": "test@@@"}, [("child_name", "letters")]),
        (BIRTH, {"child_name": "Nguyễn Văn 2"}, [("child_name", "letters")]),
        (
            BIRTH,
            {
                "requester_name": "Yuki Tanaka",
                "requester_id": "TR1234567",
                "requester_phone": "+81 90-1234-5678",
            },
            [],
        ),
        (BIRTH, {"requester_phone": "0229 3871 234", "requester_email": "mau@thưđiệntử.vn"}, []),
        (
            BIRTH,
            {"child_born_on": {"day": "29", "month": "2", "year": "2025"}},
            [("child_born_on.day", "no-such-day")],
        ),
        ("household-business", {"capital": "150 000 000 đ"}, []),
        ("building-permit", {"floor_area": "120,5"}, []),
        ("building-permit", {"floor_area": "1.250", "storeys": "2,5"}, [("storeys", "decimals")]),
    ],
)
def test_the_forms_take_what_people_write(
    form: str, answers: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert found(form, **answers) == problems
