"""The incident log: complete, numbered without gaps, corrected by entries, never deleted."""

import asyncio
import csv
import io

import pytest
from common.ids import uuid7
from common.migrations import differences
from registers.models import Base
from registers_stage import BOOKS, END, INCIDENT, enter
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from suite.testing import outbox_events

LOG = f"{BOOKS}/incidents/entries"


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid7())}


async def test_the_tables_are_what_the_models_say(database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []


async def test_r_ops_04_an_incident_runs_from_its_entry_to_its_end(web, database):
    async with web() as http:
        opened = await enter(http)
        place = f"{LOG}/{opened['number']}"
        assert (opened["number"], opened["state"]) == ("SC-2026-0001", "open")
        assert opened["began_at"] == "2026-11-20T01:10:00Z"
        assert opened["actions"] == ["deeds", "corrections", "closing"]
        did = {"what": "Chuyển sang máy dự phòng", "done_at": "2026-11-20T08:30:00+07:00"}
        told = (await http.post(f"{place}/deeds", json=did, headers=key())).json()
        closed = await http.post(f"{place}/closing", json={"version": told["version"], "values": END})
        assert closed.status_code == 201, closed.text
        whole = (await http.get(place)).json()
    assert (whole["state"], whole["ended_at"]) == ("closed", "2026-11-20T02:40:00Z")
    assert [line["kind"] for line in whole["lines"]] == ["opened", "done", "closed"]
    assert whole["actions"] == ["corrections"]
    assert "Đĩa đầy." in [cell["told"] for cell in whole["cells"]]
    async with database.sessions() as session:
        events = await outbox_events(session)
    assert [type_ for type_, _ in events] == [
        "registers.entry_opened.v1",
        "registers.entry_changed.v1",
        "registers.entry_closed.v1",
    ]
    assert events[0][1]["notice"] == {"vi": INCIDENT["notice_vi"], "en": INCIDENT["notice_en"]}
    assert {"submission"} <= {*events[0][1]["touches"]}, INCIDENT["part"]


async def test_r_ops_04_a_correction_keeps_what_stood_there(web):
    async with web() as http:
        opened = await enter(http)
        body = {
            "version": opened["version"],
            "values": {"lead": "police", "data_affected": "Không"},
            "reason": "Bàn giao cho Công an tỉnh",
        }
        told = await http.post(f"{LOG}/{opened['number']}/corrections", json=body)
        stale = await http.post(f"{LOG}/{opened['number']}/corrections", json=body)
    line = told.json()["lines"][-1]
    assert (line["kind"], line["reason"]) == ("corrected", "Bàn giao cho Công an tỉnh")
    assert [(one["before"], one["after"]) for one in line["changes"]] == [
        ("Đơn vị vận hành", "Công an tỉnh (an toàn thông tin)"),
        ("", "Không"),
    ]
    assert (stale.status_code, stale.json()["code"]) == (409, "stale-version")


@pytest.mark.parametrize(
    ("values", "status", "code", "field"),
    [
        ({"part": "moon"}, 422, "invalid-input", "part"),
        ({"effect": ""}, 422, "invalid-input", "effect"),
        ({"colour": "red"}, 422, "invalid-input", "colour"),
        ({"notice_vi": ""}, 422, "invalid-input", "notice_vi"),
        ({"began_on": "2026-11-21", "began_time": "23:00"}, 422, "in-the-future", "began_on"),
        ({"expected_on": "2026-11-19"}, 422, "ends-before-it-began", "expected_on"),
    ],
)
async def test_what_makes_no_sense_is_not_entered(web, values, status, code, field):
    async with web() as http:
        body = {"values": {**INCIDENT, **values}}
        answer = await http.post(LOG, json=body, headers=key())
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert [one["field"] for one in answer.json()["errors"]] == [field]
        assert (await http.get(LOG)).json()["total"] == 0


async def test_numbers_have_no_gap_however_many_write_at_once(web):
    async with web() as http:
        await http.post(LOG, json={"values": {}}, headers=key())
        found = await asyncio.gather(*(enter(http) for _ in range(8)))
    assert sorted(one["number"] for one in found) == [f"SC-2026-{n:04}" for n in range(1, 9)]


async def test_the_same_request_twice_is_one_entry(web):
    again = key()
    async with web() as http:
        first = await http.post(LOG, json={"values": INCIDENT}, headers=again)
        second = await http.post(LOG, json={"values": INCIDENT}, headers=again)
        assert first.json() == second.json()
        assert (await http.get(LOG)).json()["total"] == 1


async def test_what_has_ended_takes_no_deed_and_no_second_end(web):
    async with web() as http:
        opened = await enter(http)
        place = f"{LOG}/{opened['number']}"
        body = {"version": opened["version"], "values": END}
        closed = (await http.post(f"{place}/closing", json=body)).json()
        again = await http.post(f"{place}/closing", json={**body, "version": closed["version"]})
        late = await http.post(f"{place}/deeds", json={"what": "Thêm một việc"}, headers=key())
        mended = await http.post(
            f"{place}/corrections",
            json={"version": closed["version"], "values": {"cause": "Nhật ký đầy."}, "reason": "Rà soát lại"},
        )
    assert (again.status_code, late.status_code, mended.status_code) == (409, 409, 201)
    assert again.json()["code"] == late.json()["code"] == "entry-closed"


@pytest.mark.parametrize(
    "statement",
    [
        "delete from entry",
        "truncate entry cascade",
        "update line set values = '{}'",
        "delete from line",
        "truncate line",
    ],
)
async def test_r_ops_04_nobody_deletes_an_entry_nor_changes_a_line(web, database, statement):
    async with web() as http:
        await enter(http)
    async with database.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="forbidden"):
            await connection.execute(text(statement))


async def test_the_list_is_filtered_and_goes_on_where_it_stopped(web):
    async with web() as http:
        for part in ("portal", "intake", "portal"):
            await enter(http, part=part)
        first = (await http.get(LOG, params={"chosen": "portal", "limit": 1})).json()
        rest = (await http.get(LOG, params={"chosen": "portal", "limit": 1, "cursor": first["next"]})).json()
        none = (await http.get(LOG, params={"state": "closed"})).json()
    assert (first["total"], none["total"], rest["next"]) == (2, 0, None)
    assert [page["items"][0]["number"] for page in (first, rest)] == ["SC-2026-0003", "SC-2026-0001"]


async def test_r_ops_04_the_log_is_taken_out_whole(web):
    async with web() as http:
        opened = await enter(http, effect="=1+1")
        await http.post(f"{LOG}/{opened['number']}/deeds", json={"what": "Khởi động lại"}, headers=key())
        answer = await http.get(f"{LOG}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert (rows[0]["Số"], rows[0]["Ảnh hưởng"]) == ("SC-2026-0001", "'=1+1")
    assert "Khởi động lại" in rows[0]["Các việc đã làm và đã sửa"]


async def test_what_is_read_and_written_leaves_a_line(web, database):
    async with web("operator", subject="an") as http:
        await enter(http)
        await http.get(LOG)
        await http.get(f"{LOG}.csv")
        await http.get("/api/registers/notices")
    async with database.engine.connect() as connection:
        told = await connection.execute(
            text("select deed, subject from audit_line where actor = 'an' order by seq")
        )
        lines = [tuple(line) for line in told]
    assert lines == [("change", "incidents"), ("view", "incidents"), ("export", "incidents")]


async def test_r_ntf_11_everybody_is_told_while_it_lasts_and_that_it_is_over(web, app):
    async with web() as http:
        quiet = await enter(http, announced=False, notice_vi="", notice_en="")
        opened = await enter(http)
        told = (await http.get("/api/registers/notices")).json()["items"]
        assert [one["number"] for one in told] == [opened["number"]] != [quiet["number"]]
        assert (told[0]["text_en"], told[0]["over"]) == (INCIDENT["notice_en"], False)
        end = {**END, "ended_on": "2026-11-21", "ended_time": "08:30"}
        body = {"version": opened["version"], "values": end}
        closed = await http.post(f"{LOG}/{opened['number']}/closing", json=body)
        assert closed.status_code == 201, closed.text
        told = (await http.get("/api/registers/notices")).json()["items"]
        assert [(one["number"], one["over"]) for one in told] == [(opened["number"], True)]
        later = app.state.now().replace(hour=6)
        app.state.now = lambda: later
        assert (await http.get("/api/registers/notices")).json()["items"] == []


async def test_r_ntf_11_a_planned_stop_is_told_three_days_before(web, app):
    plan = {
        "began_on": "2026-11-28",
        "began_time": "22:00",
        "expected_on": "2026-11-28",
        "expected_time": "23:00",
        "work": "Nâng cấp cơ sở dữ liệu",
        "way_back": "Khôi phục bản sao trước khi nâng cấp",
        "announced": True,
        "notice_vi": "Cổng tạm dừng để nâng cấp.",
    }
    async with web() as http:
        await enter(http, "maintenance", **plan)
        assert (await http.get("/api/registers/notices")).json()["items"] == []
        nearer = app.state.now().replace(day=26)
        app.state.now = lambda: nearer
        [told] = (await http.get("/api/registers/notices")).json()["items"]
    assert (told["planned"], told["text"], told["text_en"]) == (True, plan["notice_vi"], plan["notice_vi"])


async def test_r_sec_22_who_looked_at_an_entry_that_names_somebody_is_found_by_the_name(web):
    async with web() as http:
        number = (await enter(http, reporter="Nguyễn Thị Ánh"))["number"]
        assert (await http.get(f"{BOOKS}/incidents/entries/{number}")).status_code == 200
    for person, seen in (("nguyễn thị ánh", True), ("Trần Văn Không", False)):
        async with web("auditor") as http:
            told = {"purpose": "Kiểm tra theo QĐ 12", "person": person}
            items = (await http.get("/api/registers/access-lines", params=told)).json()["items"]
        assert (f"incidents/{number}" in {one["subject"] for one in items}) is seen
