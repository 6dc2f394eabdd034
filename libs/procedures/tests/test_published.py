"""The published value: strict about words, tolerant of additions; what a case asks, and how its process runs."""

from fractions import Fraction
from typing import Any

import pytest
from eforms import Text
from procedures import Limit, Procedure, Step, StepKind, appointment, shelf_of, side_by_side
from procedures.errors import ConditionUnreadableError, ProcessTooLongError
from procedures.flow import (
    applicable,
    following,
    holds,
    position,
    readable,
    refuse_longer_than_limit,
    specialist_step,
)
from procedures.levels import Scheme, actions_at, corresponding, is_partial
from pydantic import ValidationError
from regulation.clock import Rule

PAYLOAD: dict[str, Any] = {
    "code": "1.013225",
    "version": 2,
    "name": "Cấp giấy phép xây dựng",
    "name_en": "Building permit",
    "field": "xay-dung",
    "field_name": "Xây dựng",
    "route": "own",
    "route_url": None,
    "effective_from": "2026-01-01",
    "effective_to": None,
    "cases": [{"id": "house", "name": "Nhà ở", "name_en": "House"}, {"id": "works", "name": "Công trình"}],
    "limits": [
        {"text": "15 ngày", "rule": "calendar_days", "amount": "15 d", "case": "house"},
        {"text": "", "rule": "same_day_15h", "case": "works", "channel": "counter"},
        {"text": "20 ngày", "rule": "calendar_days", "amount": "20 d", "case": "works"},
    ],
    "fees": [{"status": "amount", "amount": 75000, "case": "house"}, {"status": "amount", "amount": 150000}],
    "components": [
        {"id": "dat", "name": "Giấy tờ đất"},
        {"id": "lien-ke", "name": "Cam kết", "name_en": "Commitment", "case": "house", "required": False},
    ],
    "forms": [],
    "eform": {"definition": {"pages": []}},
    "process": {
        "version": 1,
        "decision_number": "1/QĐ",
        "decision_on": "2026-01-01",
        "steps": [
            {"id": "a", "name": "Thẩm định", "unit": "u", "role": "specialist", "hours": "8 wh"},
            {"id": "s", "name": "Ký", "unit": "u", "role": "signer", "hours": "4 wh", "kind": "sign"},
        ],
    },
    "offers": [
        {"agency": "H42", "service_level": "3", "desk": None, "actions": ["read"]},
        {"agency": "H42.101", "service_level": "4", "unit": "xd", "desk": None, "actions": ["read"]},
    ],
    "result": {"name": "Giấy phép", "template": "result"},
    "legal_basis": ["1/2026/NĐ-CP"],
}


def read(**changes: Any) -> Procedure:
    return Procedure.model_validate(PAYLOAD | changes)


def test_a_version_is_read_and_written_back_unchanged():
    assert Procedure.model_validate_json(read().model_dump_json()) == read()


def test_what_a_later_catalogue_adds_is_left_out():
    fees = [{"status": "free", "tomorrow": 1}]
    assert read(fees=fees, tomorrow={"x": 1}).fees == read(fees=[{"status": "free"}]).fees


STRANGE = [
    {"route": "moon"},
    {"fees": [{"status": "fee", "amount": 8000}]},
    {"limits": [{"text": "x", "rule": "soon", "amount": "1 wd"}]},
    {"limits": [{"text": "x", "rule": "working_days", "amount": "120"}]},
    {"process": PAYLOAD["process"] | {"steps": [PAYLOAD["process"]["steps"][0] | {"kind": "dance"}]}},
    {"process": PAYLOAD["process"] | {"steps": [PAYLOAD["process"]["steps"][0] | {"hours": "lâu"}]}},
    {"process": PAYLOAD["process"] | {"steps": [PAYLOAD["process"]["steps"][0] | {"condition": "case x"}]}},
    {"cases": [{"name": "không mã"}]},
]


@pytest.mark.parametrize("change", STRANGE)
def test_a_word_outside_the_vocabulary_is_refused(change):
    with pytest.raises(ValidationError):
        read(**change)


@pytest.mark.parametrize("part", sorted(set(PAYLOAD)))
def test_nothing_of_a_version_is_invented_when_it_is_not_told(part):
    with pytest.raises(ValidationError):
        Procedure.model_validate({key: value for key, value in PAYLOAD.items() if key != part})


@pytest.mark.parametrize(
    ("case", "channel", "vi", "en", "fee", "papers"),
    [
        ("house", "online", "15 ngày", "15 calendar days", 75_000, ["dat", "lien-ke"]),
        ("house", "counter", "15 ngày", "15 calendar days", 75_000, ["dat", "lien-ke"]),
        ("works", "post", "20 ngày", "20 calendar days", 150_000, ["dat"]),
        ("works", "counter", "Ngay trong ngày", "The same day", 150_000, ["dat"]),
    ],
)
def test_r_cat_05_limit_fee_and_papers_of_a_case_and_channel(case, channel, vi, en, fee, papers):
    procedure = read()
    limit = procedure.limit(case, channel)
    assert limit is not None
    assert limit.words("vi").startswith(vi)
    assert limit.words("en").startswith(en)
    assert procedure.charge(case, channel).amount == fee
    assert [paper.id for paper in procedure.papers(case)] == papers


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("house", Text("15 ngày", "15 calendar days")),
        ("works", Text("20 ngày", "20 calendar days")),
        ("untold", Text("6 ngày làm việc", "6 working days")),
        ("none", None),
    ],
)
def test_r_int_10_an_appointment_says_the_limit_as_the_catalogue_does(case, said):
    untold = {"text": "", "rule": "working_days", "amount": "6 wd", "case": "untold"}
    procedure = read(limits=[*PAYLOAD["limits"], untold])
    promised = appointment(procedure, (), case=case, channel="online", answers={})
    assert promised.limit == said


def test_r_cat_05_cases_and_channels_stand_side_by_side():
    procedure = read()
    terms = side_by_side(procedure.cases, procedure.limits, procedure.fees)
    assert [
        (term.case and term.case.id, term.channels, term.limit and term.limit.amount, term.charge.amount)
        for term in terms
    ] == [
        ("house", ("online", "counter", "post"), "15 d", 75_000),
        ("works", ("online", "post"), "20 d", 150_000),
        ("works", ("counter",), None, 150_000),
    ]
    assert side_by_side((), (), ()) == ()
    [only] = side_by_side((), [Limit("5 ngày", flag="x", channel="online"), Limit("5 ngày", flag="x")], ())
    assert (only.case, len(only.channels), only.charge.lines) == (None, 3, ())


def test_names_offers_and_process_are_found():
    procedure = read()
    assert (procedure.title("vi"), procedure.title("en")) == ("Cấp giấy phép xây dựng", "Building permit")
    assert [case.label("en") for case in procedure.cases] == ["House", "Công trình"]
    assert (procedure.case_ids, procedure.usual_case) == (("house", "works"), "house")
    offers = [procedure.offer(agency) for agency in ("H42.101", "H42.101.01", "H42.15", "H43")]
    assert [offer and offer.service_level for offer in offers] == ["4", "4", "3", None]
    assert procedure.has_approved_process
    assert not read(process=None).has_approved_process
    assert (read(process=None).steps, read(eform=None).definition) == ((), None)
    assert procedure.component("dat") is not None
    assert procedure.component("none") is None


@pytest.mark.parametrize(
    ("questions", "form_id", "filled"),
    [
        ([], "to-khai", True),
        ([], None, False),
        ([("file", "to-khai")], "to-khai", False),
        ([("photo", "to-khai")], "to-khai", False),
        ([("photo", "anh"), ("text", None)], "to-khai", True),
        (None, "to-khai", False),
    ],
)
def test_r_sub_05_the_e_form_is_the_paper_unless_a_question_asks_for_that_paper(questions, form_id, filled):
    asked = [{"name": f"q{n}", "widget": w, "component": c} for n, (w, c) in enumerate(questions or ())]
    form = None if questions is None else {"definition": {"pages": [{"id": "p", "fields": asked}]}}
    paper = {"id": "to-khai", "name": "Tờ khai", "form_id": form_id}
    procedure = read(components=[paper], eform=form)
    assert procedure.filled_by_form(procedure.components[0]) is filled


def test_a_limit_without_amount_is_kept_and_known_to_be_unclear():
    [limit] = read(limits=[{"text": "không quy định", "flag": "not_stated"}]).limits
    assert (limit.clear, limit.words("en")) == (False, "không quy định")


def step(id_: str, hours: str, condition: str | None = None, kind: StepKind = StepKind.TASK) -> Step:
    return Step(id_, id_, "unit", "specialist", hours, kind=kind, condition=condition)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (None, {}, True),
        ("case = verify", {"case": "verify"}, True),
        ("case = verify", {"case": None}, False),
        ("channel != post", {"channel": "online"}, True),
        ('outcome == "reject"', {"outcome": "reject"}, True),
    ],
)
def test_r_prc_01_branch_conditions_decide_which_steps_apply(condition, facts, expected):
    assert holds(condition, facts) is expected
    assert bool(applicable([step("a", "1 wh", condition)], facts)) is expected


def test_an_unreadable_condition_is_refused():
    with pytest.raises(ConditionUnreadableError):
        holds("case verify", {})
    assert [readable(step("a", *said)) for said in (("1 wh",), ("1 wh", "case x"), ("1",))] == [
        True,
        False,
        False,
    ]


LIMITS = [
    ("working_days", "1 wd", ["4 wh", "4 wh"], True),
    ("working_days", "1 wd", ["4 wh", "5 wh"], False),
    ("same_day_15h", "1 wd", ["4 wh", "2 wh", "2 wh"], True),
    ("same_day_15h", None, ["1 wd", "1 wh"], False),
    ("calendar_days", "7 d", ["5 wd"], True),
    ("calendar_days", "7 d", ["6 wd"], False),
    ("months", "1 month", ["20 wd"], True),
    ("months", "1 month", ["21 wd"], False),
    ("clock_hours", "24 h", ["½ wd", "4 wh"], True),
    (None, None, ["100 wd"], True),
]


@pytest.mark.parametrize(("rule", "limit", "hours", "fits"), LIMITS)
def test_r_prc_02_the_steps_together_fit_the_published_limit(rule, limit, hours, fits):
    steps = [step(str(n), text) for n, text in enumerate(hours)]
    limits = [Limit("", rule and Rule(rule), limit)]
    if fits:
        refuse_longer_than_limit(steps, limits, Fraction(8))
    else:
        with pytest.raises(ProcessTooLongError):
            refuse_longer_than_limit(steps, limits, Fraction(8))


def test_r_prc_02_steps_of_a_case_count_only_for_that_case():
    steps = [step("a", "4 wh"), step("verify", "3 wd", "case = verify")]
    usual, verify = Limit("", Rule.WORKING_DAYS, "1 wd"), Limit("", Rule.WORKING_DAYS, "4 wd", "verify")
    refuse_longer_than_limit(steps, [usual, verify], Fraction(8))
    with pytest.raises(ProcessTooLongError) as refused:
        refuse_longer_than_limit(steps, [Limit("", Rule.WORKING_DAYS, "3 wd", "verify")], Fraction(8))
    assert refused.value.params == {"total": "28", "limit": "24"}


def test_following_leaves_out_only_steps_whose_condition_is_false():
    steps = [step("a", "1 wh"), step("b", "1 wh", "case = x"), step("c", "1 wh", kind=StepKind.SIGN)]
    assert [
        found and found.id for found in (following(steps, "a", {"case": "x"}), following(steps, "a", {}))
    ] == [
        "b",
        "c",
    ]
    assert following(steps, "c", {}) is None
    assert [specialist_step(steps, "c", {"case": case}).id for case in ("x", "y")] == ["b", "a"]
    assert [position(steps, "c", {"case": case}) for case in ("x", "y")] == [(3, 3), (2, 2)]


def test_r_cat_08_levels_say_what_may_be_done_and_correspond():
    assert actions_at(Scheme.LEVELS_1_4, "3") == ("read", "download", "submit")
    assert actions_at(Scheme.FULL_PARTIAL, "3") == ("read",)
    assert [corresponding(Scheme.FULL_PARTIAL, level) for level in ("4", "3", "1", "full")] == [
        "full",
        "partial",
        "information",
        "full",
    ]
    assert [is_partial(level) for level in ("3", "partial", "4", "full", "2")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_what_was_parsed_of_one_database_is_not_said_of_another_and_goes_with_it() -> None:
    class Place:
        """A database."""

    here, there = Place(), Place()
    shelf_of(here)["1.013225", 2] = (parsed := Procedure.model_validate(PAYLOAD))
    assert shelf_of(here) == {("1.013225", 2): parsed}
    assert shelf_of(there) == {}
