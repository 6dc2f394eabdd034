"""The desk's lists to the last row: an export without limit, a search over every state, dossiers of one event."""

import base64
import csv
import io
import json
import uuid

import pytest
from common.counting import CAP
from eforms import read_form
from intake.domain.search import number_key, read_query, search_key
from intake.models import Document
from sqlalchemy import select
from suite.testing import citizen, officer

COPY = """
insert into dossier select copy.* from dossier d, generate_series(1, 1200) n,
  jsonb_populate_record(null::dossier, to_jsonb(d) || jsonb_build_object(
    'code', 'H42.103-260101-' || lpad(n::text, 4, '0'), 'draft_id', null)) copy
where d.code = $1
"""


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("0912 345 678", "0912-345-678", ("0912345678",)),
        ("+84 (91) 234.56-78", "", ("0912345678",)),
        ("84912345678", "84912345678", ("0912345678",)),
        ("037090001234", "037090001234", ("037090001234",)),
        ("C 1234567 8", "", ("12345678", "c")),
        ("Nguyễn Thị Ánh 0912345678", "", ("0912345678", "nguyen", "thi", "anh")),
        ("H'Hen", "", ("hhen",)),
        ("h42.101–261207–0001.", "H42.101-261207-0001", ("261207-0001",)),
        ("\u200b", "", ()),
    ],
)
def test_what_is_typed_is_read_as_code_number_or_names(typed, code, words):
    found = read_query(typed)
    assert found.code == code
    if "H42" not in code:
        assert found.words == words


def test_a_number_has_one_key_however_it_is_written():
    ways = ("0912345678", "+84 912 345 678", "84912345678", "0912.345.678", "(091) 234-5678")
    assert {number_key(way) for way in ways} == {"0912345678"}
    assert number_key("B 1234567") == "b1234567"


@pytest.mark.parametrize("way", ["024 3825 1234", "(024) 3825.1234", "+84 24 3825 1234", "84 24 3825 1234"])
def test_a_landline_has_one_key_however_it_is_written(way):
    assert number_key(way) == number_key("+842438251234") == "02438251234"
    assert read_query(way).words == ("02438251234",)


def test_a_personal_number_of_a_province_84_keeps_its_digits():
    assert number_key("084 090 001 234") == "084090001234"


def test_people_in_the_rows_of_a_group_are_found_like_those_outside():
    rows = [
        {"name": "name", "widget": "person_name", "label": "Tên"},
        {"name": "phone", "widget": "phone", "label": "Số"},
        {"name": "note", "widget": "text", "label": "Ghi chú"},
    ]
    kin = {"name": "kin", "widget": "group", "label": "Người thân", "fields": rows}
    form = read_form({"pages": [{"id": "p", "title": "P", "fields": [rows[0], kin]}]})
    told = [{"name": "H'Hen Niê", "phone": "+84912345678", "note": "x"}, {"name": "Trần Bình"}]
    answers = {"name": "Nguyễn An", "kin": told}
    assert search_key(form, answers, {}) == "nguyen an hhen nie 0912345678 tran binh"


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00"]
)
@pytest.mark.parametrize("words", ["", "minh anh"])
async def test_a_cursor_that_nobody_wrote_is_refused(stage, at, words):
    cursor = base64.urlsafe_b64encode(json.dumps([at, "H42.101-261207-0001"]).encode()).decode()
    answer = await stage.get("desk/dossiers", stage.desk(), cursor=cursor, q=words)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


async def found(stage, caller, **query):
    """Return the codes a search finds, with their states."""
    answer = await stage.get("desk/dossiers", caller, limit=200, **query)
    assert answer.status_code == 200, answer.text
    return {row["code"]: row["state_label"] for row in answer.json()["items"]}


async def test_the_desk_finds_by_phone_number_and_name_of_a_child_in_every_state_and_says_which(stage):
    code = await stage.dossier(code=stage.PLAIN)
    refused = await stage.dossier(code=stage.PLAIN)
    answer = await stage.act(
        refused, "refusal", reason="Không đúng đối tượng", legal_basis="Luật Hộ tịch Đ.16"
    )
    assert answer.status_code == 200, answer.text
    for words in ("0912 345 678", "+84912345678", "037090001234", "Nguyễn Minh Anh", "minh anh", "MINH  ANH"):
        seen = await found(stage, stage.desk(), q=words)
        assert {code, refused} <= seen.keys(), words
        assert seen[code] != seen[refused]
        assert code not in await found(stage, stage.desk(stage.GIA_VIEN), q=words)
        assert code not in await found(stage, officer("desk_officer", agency="H42.15"), q=words)
    only = await found(stage, stage.desk(), q="minh anh", state="refused")
    assert refused in only
    assert code not in only
    province = officer("auditor", agency="H42", scope="province")
    assert {code, refused} <= (await found(stage, province, q="minh anh")).keys()
    assert await found(stage, stage.desk(), q="0999999999") == {}


async def test_a_code_is_found_by_its_beginning_its_day_and_its_number(stage):
    code = await stage.dossier(code=stage.PLAIN)
    agency, day, number = code.split("-")
    for words in (
        code,
        code.lower(),
        f"{agency}-{day}",
        f"{day}-{number}",
        day,
        number,
        f" {code}. ",
        f"{agency} {day} {number}",
    ):
        assert code in await found(stage, stage.desk(), q=words), words
    assert code not in await found(stage, stage.desk(stage.GIA_VIEN), q=code)


async def test_a_search_goes_on_page_by_page_and_says_that_there_is_more(stage):
    who = citizen(str(uuid.uuid4()))
    codes = {await stage.dossier(code=stage.PLAIN, caller=who) for _ in range(5)}
    seen: list[str] = []
    cursor = None
    for _ in range(200):
        query = {"q": "minh anh", "limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await stage.get("desk/dossiers", stage.desk(), **query)).json()
        seen += [row["code"] for row in page["items"]]
        cursor = page["next"]
        assert page["capped"] is (cursor is not None)
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert codes <= set(seen)


async def test_the_export_holds_every_row_however_many_there_are(stage):
    code = await stage.dossier(agency=stage.NHO_QUAN, code=stage.PLAIN)
    pool = await stage.database.pool()
    await pool.execute(COPY, code)
    try:
        answer = await stage.get("desk/dossiers.csv", stage.desk(stage.NHO_QUAN))
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
        assert rows[0][:2] == ["Mã hồ sơ", "Trạng thái"]
        codes = [row[0] for row in rows[1:]]
        assert len(codes) == len(set(codes)) >= 1_201
        shown = (await stage.get("desk/dossiers", stage.desk(stage.NHO_QUAN))).json()
        assert (shown["total"], shown["capped"]) == (CAP, True)
        counted = (await stage.get("desk/counts", stage.desk(stage.NHO_QUAN))).json()
        assert counted["states"]["submitted"] == counted["cap"] == CAP
        assert {"submitted", "to_check"} <= set(counted["capped"])
        assert "accepted" not in counted["capped"]
    finally:
        await pool.execute("alter table dossier disable trigger keep_dossier")
        await pool.execute("delete from dossier where code like 'H42.103-260101-%'")
        await pool.execute("alter table dossier enable trigger keep_dossier")


async def test_the_export_holds_what_the_list_shows_for_the_same_words(stage):
    code = await stage.dossier(code=stage.PLAIN)
    for query in (
        {"q": code},
        {"q": "minh anh"},
        {"q": "minh anh", "state": "refused"},
        {"q": "không có ai"},
    ):
        answer = await stage.get("desk/dossiers.csv", stage.desk(), **query)
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
        assert {row[0] for row in rows[1:]} == (await found(stage, stage.desk(), **query)).keys(), query


async def test_an_export_that_cannot_be_made_is_refused_in_words_and_not_cut_off(stage):
    answer = await stage.get("desk/dossiers.csv", stage.desk(), procedure="\x00")
    assert (answer.status_code, answer.json()["code"]) == (422, "unwritable")


async def test_a_dossier_is_found_by_contact_data_as_corrected_at_the_desk(stage):
    code = await stage.dossier(code=stage.PLAIN)
    body = {"email": "Moi.Nha-9@Example.org", "phone": "0987 111 222", "reason": "Công dân báo lại"}
    for words in ("0987111222", "moi.nha-9@example.org"):
        assert code not in await found(stage, stage.desk(), q=words)
    assert (await stage.act(code, "contact", method="PATCH", **body)).status_code == 200
    for words in (
        "0987111222",
        "+84 987 111 222",
        "moi.nha-9@example.org",
        "MOI.NHA-9@example.org",
        "minh anh",
    ):
        assert code in await found(stage, stage.desk(), q=words), words


async def test_the_desk_is_told_of_another_dossier_about_the_same_event_and_nothing_is_refused(stage):
    first = await stage.dossier(code=stage.PLAIN)
    other = await stage.dossier(code=stage.PLAIN, caller=citizen(str(uuid.uuid4())))
    alike = {item["code"]: item for item in (await stage.read(other, stage.desk()))["alike"]}
    if first not in alike:  # only the newest five are told
        assert len(alike) == 5
    assert all(item["same"] == ["child_name", "born_on"] for item in alike.values())
    assert (await stage.read(first))["alike"] == []


async def test_a_confirmation_shows_what_was_submitted_at_that_instant(stage):
    draft = await stage.draft()
    await stage.attach(draft["id"], "giay-chung-sinh", name="lan dau.pdf")
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    pool = await stage.database.pool()
    await pool.execute("update attachment set replaced_at = now() where dossier_code = $1", code)
    await pool.execute(
        "update dossier set phone = '0900000000', check_due_at = check_due_at + '9 days' where code = $1",
        code,
    )
    async with stage.database.sessions() as session:
        before = (await session.scalars(select(Document).where(Document.dossier_code == code))).one().content
    text = await stage.paper(code, "confirmation")
    assert "lan dau.pdf" in text
    assert "0900000000" not in text
    assert before["components"]
