"""One rule per kind of answer: what people type, what is stored, what is refused and by which rule."""

from collections.abc import Sequence
from typing import Any

import phonenumbers
import pytest
from eforms import AnswerRefusedError, Question, Text, read_answer, told_answer
from eforms.answers import gathered
from eforms.kinds import KINDS
from eforms.kinds.contacts import phone
from eforms.reading import read_question
from hypothesis import given
from hypothesis import strategies as st

LABEL = {"vi": "Mục", "en": "Field"}


def question(widget: str, **more: Any) -> Question:
    return read_question({"name": "q", "widget": widget, "label": LABEL, **more})


def stored(asked: Question, typed: Any) -> Any:
    value, refused = read_answer(asked, typed)
    assert refused is None, refused
    return value


def refusal(asked: Question, typed: Any) -> AnswerRefusedError:
    _, refused = read_answer(asked, typed)
    assert refused is not None
    return refused


@pytest.mark.parametrize(
    ("widget", "more", "typed", "kept"),
    [
        # T1, T2, T9: names
        ("person_name", {}, "H’Hen Niê", "H'Hen Niê"),
        ("person_name", {}, "H`Hen\u200b  Niê ", "H'Hen Niê"),
        ("person_name", {}, "Đỗ Bảo\u2011An", "Đỗ Bảo-An"),
        ("person_name", {}, "Y Moan Êñuôl", "Y Moan Êñuôl"),
        ("organisation_name", {}, " Công ty TNHH “Hoa Lư” 36 ", "Công ty TNHH “Hoa Lư” 36"),
        # T2, T8: papers
        ("identity_number", {}, "\u202a037 190 000 001\u202c", "037190000001"),
        ("identity_number", {}, "037.190.000.001", "037190000001"),
        ("identity_number", {}, "123456789", "123456789"),
        ("identity_number", {}, "c1234567", "C1234567"),
        ("identity_number", {"papers": ["passport"]}, "123456789", "123456789"),
        # T10: tax codes
        ("tax_code", {}, "0100109106", "0100109106"),
        ("tax_code", {}, "037190000001", "037190000001"),
        ("tax_code", {}, "0100109106001", "0100109106-001"),
        ("tax_code", {}, "0100109106–001", "0100109106-001"),
        ("tax_code", {}, "0100109106 - 001", "0100109106-001"),
        # T2, T8: phones
        ("phone", {}, "\ufeff0912\u00a0345.678", "+84912345678"),
        ("phone", {}, "(+84) 912-345-678", "+84912345678"),
        ("phone", {}, "84912345678", "+84912345678"),
        ("phone", {}, "024 3825 1234", "+842438251234"),
        ("phone", {}, "+81 90–1234–5678", "+819012345678"),
        ("phone", {}, "0081 90 1234 5678", "+819012345678"),
        # T7: e-mail
        ("email", {}, " Mau@ThưĐiệnTử.vn\u2060", "mau@xn--thint-6ya62ii46m3ja.vn"),
        ("email", {}, "a.b@example.vn", "a.b@example.vn"),
        # T3: numbers and money
        ("number", {}, "1.250", 1250),
        ("number", {}, "-3", -3),
        ("number", {"decimals": 2}, "120,5", 120.5),
        ("number", {"decimals": 2, "unit": "m²"}, "1.250,75 m²", 1250.75),
        ("number", {"decimals": 2}, "1.250", 1250),
        ("number", {"decimals": 2}, "120,50", 120.5),
        ("number", {}, "12,0", 12),
        ("money", {}, "150.000.000", 150_000_000),
        ("money", {}, "150\u202f000\u00a0000 đ", 150_000_000),
        ("money", {}, "150000000 đồng", 150_000_000),
        # T4, T5: dates
        ("date", {}, {"day": "5", "month": "12", "year": "2026"}, "2026-12-05"),
        ("date", {}, {"day": "5", "month": "tháng 12", "year": "2026"}, "2026-12-05"),
        ("date", {}, {"day": "05/12/2026"}, "2026-12-05"),
        ("date", {}, "5-12-2026", "2026-12-05"),
        ("date", {}, "ngày 5 tháng 12 năm 2026", "2026-12-05"),
        ("date", {}, "2026-12-05", "2026-12-05"),
        ("date", {}, {"day": "29", "month": "2", "year": "2024"}, "2024-02-29"),
        ("date", {"precision": "year"}, {"year": "1960"}, "1960"),
        ("date", {"precision": "year"}, {"month": "3", "year": "1960"}, "1960-03"),
        ("date", {"precision": "month"}, "03/1960", "1960-03"),
        ("date", {"precision": "year"}, "1960", "1960"),
        ("time", {}, "8h30", "08:30"),
        ("time", {}, "8 giờ", "08:00"),
        ("time", {}, "23:59", "23:59"),
        ("yes_no", {}, "Có", True),
        ("yes_no", {}, "false", False),
        ("declaration", {}, "on", True),
        ("agency", {}, "h42.15", "H42.15"),
        ("earlier_dossier", {}, "H42.15 261105 0001.", "H42.15-261105-0001"),
        ("look_up", {}, "01/2024 – ktt", "01/2024-KTT"),
        ("text", {}, " một\u00a0 hai\n", "một hai"),
        ("long_text", {}, "một\r\n hai ", "một\n hai"),
    ],
)
def test_what_people_type_is_read(widget: str, more: dict[str, Any], typed: Any, kept: Any) -> None:
    asked = question(widget, **more)
    assert stored(asked, typed) == kept
    assert stored(asked, kept) == kept


@pytest.mark.parametrize(
    ("widget", "more", "typed", "rule"),
    [
        ("person_name", {}, "test@@@", "letters"),
        ("person_name", {}, "<b>An</b>", "letters"),
        ("person_name", {}, "An 😀", "letters"),
        ("person_name", {}, "Nguyễn Văn 2", "letters"),
        ("person_name", {}, "王小明", "letters"),
        ("person_name", {}, "สมชาย ใจดี", "letters"),
        ("person_name", {}, "Иван Петров", "letters"),
        ("person_name", {}, "Nguyễn Văn А", "letters"),
        ("person_name", {}, "--", "letters"),
        ("person_name", {}, "A", "length"),
        ("organisation_name", {}, "☎☎☎", "length"),
        ("identity_number", {}, "Ninh Bình", "identity-number"),
        ("identity_number", {}, "03719000000", "identity-number"),
        ("identity_number", {}, "12345678", "identity-number"),
        ("identity_number", {}, "000000000000", "identity-number"),
        ("identity_number", {"papers": ["personal_number"]}, "123456789", "identity-number"),
        ("tax_code", {}, "12345", "tax-code"),
        ("tax_code", {}, "01001091060", "tax-code"),
        ("phone", {}, "912345678", "phone"),
        ("phone", {}, "0123456789", "phone"),
        ("phone", {}, "số của tôi", "phone"),
        ("phone", {}, "09123456789", "phone"),
        ("email", {}, "a@b", "email"),
        ("email", {}, "a b@c.vn", "email"),
        ("number", {}, "hai", "number"),
        ("number", {}, "120,5", "decimals"),
        ("number", {}, "1,250", "notation"),
        ("number", {"decimals": 2}, "1,250", "notation"),
        ("number", {"decimals": 2}, "120.5", "notation"),
        ("number", {"decimals": 2}, "1,250.5", "notation"),
        ("number", {"decimals": 2}, "120,", "notation"),
        ("number", {"decimals": 2}, "1.250,123", "decimals"),
        ("number", {}, "0.250", "notation"),
        ("number", {}, "1.25.000", "notation"),
        ("number", {}, "9" * 16, "digits"),
        ("money", {}, "1,5", "decimals"),
        ("money", {}, "150,000", "notation"),
        ("date", {}, "hôm qua", "date"),
        ("date", {}, {"day": "5", "year": "2026"}, "incomplete"),
        ("date", {}, {"year": "2026"}, "incomplete"),
        ("date", {"precision": "year"}, {"day": "5", "year": "2026"}, "incomplete"),
        ("date", {}, {"day": "29", "month": "2", "year": "2025"}, "no-such-day"),
        ("date", {}, {"day": "31", "month": "2", "year": "2030"}, "no-such-day"),
        ("date", {}, {"day": "5", "month": "mười", "year": "2026"}, "month"),
        ("date", {}, {"day": "5", "month": "13", "year": "2026"}, "month"),
        ("date", {}, {"day": "32", "month": "1", "year": "2026"}, "day"),
        ("date", {}, {"day": "5", "month": "12", "year": "26"}, "year"),
        ("time", {}, "25:00", "time"),
        ("time", {}, "sáng", "time"),
        ("yes_no", {}, "có lẽ", "type"),
        ("declaration", {}, False, "const"),
        ("agency", {}, "Hoa Lư", "agency"),
        ("earlier_dossier", {}, "H42", "dossier-code"),
        ("look_up", {}, "<x>", "key"),
        ("text", {}, {"a": "b"}, "type"),
        ("signature", {}, {"signer": "An", "signed_at": "2026-11-05", "sha256": "x"}, "signature"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_own_rule(
    widget: str, more: dict[str, Any], typed: Any, rule: str
) -> None:
    asked = question(widget, **more)
    refused = refusal(asked, typed)
    assert refused.rule == rule
    assert refused.rule in {*KINDS[widget].rules, "type"}
    assert refused.text.vi
    assert refused.text.en
    in_boxes = {KINDS[widget].parts[0]: typed} if widget == "date" and isinstance(typed, str) else typed
    assert read_answer(asked, typed)[0] == in_boxes  # nothing a person wrote is lost


OPTIONS = [
    {"value": "a", "vi": "Mục a", "en": "Item a", "options": [{"value": "a1", "vi": "a một", "en": "a one"}]},
    {"value": "b", "vi": "Mục b", "en": "Item b"},
]


def test_choices_are_those_of_the_form() -> None:
    assert stored(question("one_of", options=OPTIONS), "a") == "a"
    assert refusal(question("one_of", options=OPTIONS), "c").rule == "enum"
    assert stored(question("many_of", options=OPTIONS), ["b", "a", "a"]) == ["a", "b"]
    assert refusal(question("many_of", options=OPTIONS), ["a", "c"]).rule == "enum"
    levels = question("two_level", options=OPTIONS)
    assert stored(levels, {"first": "a", "second": "a1"}) == {"first": "a", "second": "a1"}
    assert stored(levels, {"first": "b"}) == {"first": "b"}
    assert refusal(levels, {"first": "a"}).path == ("second",)
    assert told_answer(levels, {"first": "a", "second": "a1"}, "en") == "Item a – a one"


@pytest.mark.parametrize(
    ("widget", "typed", "rule", "path"),
    [
        ("address", {"province": "37", "detail": "số 1"}, "required", ("commune",)),
        ("address", {"province": "37", "commune": "x", "detail": "số 1"}, "unit", ("commune",)),
        ("address", {"province": "37", "commune": "14329", "detail": "a" * 201}, "maxLength", ("detail",)),
        ("address", {"province": "37", "village": "x"}, "type", ()),
        ("land_parcel", {"parcel": "thửa", "sheet": "4"}, "parcel", ("parcel",)),
        ("bank_account", {"bank": "VCB", "number": "12", "holder": "An Bình"}, "account", ("number",)),
        ("bank_account", {"bank": "VCB", "number": "0123456789", "holder": "An 2"}, "letters", ("holder",)),
        ("period", {"from": "2026-01-02", "to": "2026-01-01"}, "order", ("to",)),
        ("period", {"from-day": "1", "from-year": "2026", "to": "2026-01-01"}, "incomplete", ("from-month",)),
    ],
)
def test_a_fault_names_its_box(widget: str, typed: Any, rule: str, path: tuple[str, ...]) -> None:
    refused = refusal(question(widget), typed)
    assert (refused.rule, refused.path) == (rule, path)


def test_a_group_reads_each_row_by_the_rules_of_its_questions() -> None:
    members = question(
        "group",
        most=2,
        fields=[
            {"name": "name", "widget": "person_name", "label": {"vi": "Tên", "en": "Name"}, "required": True},
            {
                "name": "born",
                "widget": "date",
                "precision": "year",
                "label": {"vi": "Năm sinh", "en": "Born"},
            },
        ],
    )
    typed = [{"name": "H’Hen", "born": {"year": "1992"}}, {"name": "", "born": {}}]
    kept = stored(members, typed)
    assert kept == [{"name": "H'Hen", "born": "1992"}]
    assert told_answer(members, kept, "vi") == "Tên: H'Hen, Năm sinh: 1992"
    refused = refusal(members, [{"name": "An"}, {"name": "Bình", "born": {"year": "26"}}])
    assert (refused.rule, refused.path) == ("year", ("1", "born", "year"))
    assert refusal(members, [{"born": "1992"}]).rule == "required"
    assert refusal(members, [{"name": "An Bình"}] * 3).rule == "most"
    assert refusal(members, [{"other": "An"}]).rule == "type"


@pytest.mark.parametrize("numbers", [range(3), (0, 1, 3), (0, 5, 99), (7, 8, 123_456)])
def test_no_row_of_a_group_is_dropped_silently(numbers: Sequence[int]) -> None:
    child = {"name": "name", "widget": "person_name", "label": {"vi": "Tên", "en": "Name"}}
    members = question("group", most=2, fields=[child])
    typed = {f"{members.name}-{number}-name": "Hà An" for number in numbers}
    sent = gathered(members, typed)
    refused = refusal(members, sent)
    assert refused.rule == "most"
    told = refused.text.filled(label=members.label)
    assert told.told("vi") == f"“{members.label.told('vi')}” chỉ có tối đa 2 dòng."
    assert len([row for row in sent if row["name"]]) == len(numbers)


@pytest.mark.parametrize(
    ("widget", "value", "told"),
    [
        ("phone", "+84912345678", "0912 345 678"),
        ("phone", "+819012345678", "+81 90-1234-5678"),
        ("email", "mau@xn--thint-6ya62ii46m3ja.vn", "mau@thưđiệntử.vn"),
        ("money", 150_000_000, "150.000.000 đồng"),
        ("number", -1250.5, "-1.250,5"),
        ("date", "1960", "1960"),
        ("date", "1960-03", "03/1960"),
        ("date", "2026-12-05", "05/12/2026"),
        ("period", {"from": "2026-01", "to": "2026-12-05"}, "01/2026 – 05/12/2026"),
        ("yes_no", True, "Có"),
        ("land_parcel", {"parcel": "12", "sheet": "4"}, "12, 4"),
        ("date", {"day": "31", "month": "2"}, "31, 2"),
        ("number", "hai", "hai"),
    ],
)
def test_an_answer_is_told_as_it_is_printed(widget: str, value: Any, told: str) -> None:
    more = {"decimals": 1} if widget == "number" else {"precision": "month"} if widget == "period" else {}
    more = {"precision": "year"} if widget == "date" else more
    assert told_answer(question(widget, **more), value, "vi") == told


def test_a_text_fills_the_marks_it_knows_in_both_languages() -> None:
    text = Text("{a} {label} {x}", "{label}, {a}")
    assert text.filled(label=Text("một", "one"), a=2) == Text("2 một {x}", "one, 2")


@given(st.from_regex(r"(0|\+84)[35789][0-9]{8}", fullmatch=True))
def test_a_mobile_number_is_read_as_the_tables_of_numbering_plans_read_it(typed: str) -> None:
    number = phonenumbers.parse(typed, "VN")
    assert phone(typed) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


HOA_LU = {"province": "37", "commune": "14329", "detail": "Số 5, đường Tràng An"}
WHOLE = "Số 5, đường Tràng An, Phường Hoa Lư, Tỉnh Ninh Bình"


@pytest.mark.parametrize(
    ("widget", "more", "answer", "told"),
    [
        ("address", {}, HOA_LU, WHOLE),
        ("address", {}, {**HOA_LU, "commune": "99999"}, "Số 5, đường Tràng An, 99999, Tỉnh Ninh Bình"),
        ("land_parcel", {}, {"parcel": "12", "sheet": "7", "commune": "Gia Viễn"}, "12, 7, Gia Viễn"),
        ("bank_account", {}, {"bank": "BIDV", "number": "123456789", "holder": "An"}, "123456789, BIDV, An"),
        ("period", {"precision": "month"}, {"from": "2026-01-02", "to": "2026-11"}, "02/01/2026 – 11/2026"),
        (
            "group",
            {"fields": [{"name": "place", "widget": "address", "label": LABEL}]},
            [{"place": HOA_LU}],
            f"Mục: {WHOLE}",
        ),
    ],
)
def test_an_answer_of_several_parts_is_told_whole_with_the_names_of_its_places(
    widget: str, more: dict[str, Any], answer: Any, told: str
) -> None:
    assert told_answer(question(widget, **more), answer, "vi") == told
