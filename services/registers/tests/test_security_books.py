"""Books of security: disclosures, checks with their cycle, risks; taken out whole by whoever audits."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from registers.domain.checking import next_check
from registers.main import check_months
from registers.settings import Settings
from registers_stage import BOOKS, END, enter
from sqlalchemy import text

INSIDE = "/api/registers/status/inside"
GIVEN: dict[str, Any] = {
    "happened_on": "2026-11-20",
    "happened_time": "09:00",
    "kind": "request",
    "receiver": "Công an tỉnh",
    "ground": "Công văn 12/CAT, Đ.19.3",
    "what": "Thời điểm đăng nhập của một tài khoản",
    "told": False,
}
CHECK: dict[str, Any] = {
    "checked_on": "2026-02-28",
    "kind": "security",
    "by_whom": "Sở Thông tin và Truyền thông",
    "subject": "Toàn hệ thống",
    "findings": "Hai máy chủ chậm vá.",
}
RISK: dict[str, Any] = {
    "seen_on": "2026-03-01",
    "risk": "Một nhà cung cấp tin nhắn duy nhất",
    "part": "Thông báo",
    "likelihood": "medium",
    "gravity": "low",
    "measure": "Ký thêm nhà cung cấp thứ hai",
    "responsible": "Đơn vị vận hành",
}


async def export(web: Any, book: str, role: str) -> list[list[str]]:
    async with web(role) as http:
        answer = await http.get(f"{BOOKS}/{book}/entries.csv")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))


async def test_r_sec_15_what_was_given_to_whom_on_which_ground_by_whom_and_when_is_kept_and_taken_out(web):
    async with web() as http:
        for missing in ("receiver", "ground", "what"):
            values = {key: said for key, said in GIVEN.items() if key != missing}
            refused = await http.post(
                f"{BOOKS}/disclosures/entries",
                json={"values": values},
                headers={"Idempotency-Key": f"no-{missing}"},
            )
            assert [one["field"] for one in refused.json()["errors"]] == [missing]
        entry = await enter(http, "disclosures", **GIVEN)
    [line] = entry["lines"]
    assert (entry["number"], entry["began_at"], bool(line["by"]), bool(line["at"])) == (
        "CC-2026-0001",
        "2026-11-20T02:00:00Z",
        True,
        True,
    )
    rows = await export(web, "disclosures", "auditor")
    told = " ".join(cell for row in rows for cell in row)
    assert all(said in told for said in (GIVEN["receiver"], GIVEN["ground"], GIVEN["what"], "CC-2026-0001"))


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (date(2026, 2, 28), 12, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
    ],
)
def test_r_sec_19_the_next_check_is_due_a_cycle_after_the_last(last, months, due):
    assert next_check(last, months) == due


@pytest.mark.parametrize("profile", ["ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam"])
def test_r_sec_19_no_province_waits_longer_than_a_year(profile):
    assert 3 <= check_months(profile) <= 12


async def test_r_sec_19_checks_and_risks_are_kept_with_findings_and_fixes_and_the_next_check_is_told(web):
    async with web() as http:
        assert (await http.get(INSIDE)).json()["check_due_on"] is None
        await enter(http, "checks", **{**CHECK, "kind": "use", "checked_on": "2026-11-01"})
        checked = await enter(http, "checks", **CHECK)
        told = (await http.get(INSIDE)).json()
        due = next_check(date(2026, 2, 28), check_months(Settings().profile)).isoformat()
        assert (told["checked_on"], told["check_due_on"]) == ("2026-02-28", due)
        mended = {"version": checked["version"], "values": {"mended": "Đã vá cả hai máy chủ."}}
        place = f"{BOOKS}/checks/entries/{checked['number']}/closing"
        assert (await http.post(place, json=mended)).status_code == 201
        risk = await enter(http, "risks", **RISK)
    for role in ("police", "auditor", "operator"):
        rows = await export(web, "checks", role)
        assert "Đã vá cả hai máy chủ." in " ".join(cell for row in rows for cell in row)
        assert risk["number"] in " ".join(cell for row in await export(web, "risks", role) for cell in row)


async def test_r_ops_07_no_incident_ends_without_saying_how_the_data_were_found_complete(web):
    async with web() as http:
        opened = await enter(http)
        values = {key: said for key, said in END.items() if key != "completeness"}
        place = f"{BOOKS}/incidents/entries/{opened['number']}/closing"
        refused = await http.post(place, json={"version": opened["version"], "values": values})
    assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (
        422,
        ["completeness"],
    )


async def test_r_ops_13_each_look_of_the_operator_at_the_system_is_written_down(web, database):
    async with web("operator") as http:
        for place in (INSIDE, BOOKS, f"{BOOKS}/incidents/entries"):
            assert (await http.get(place)).status_code == 200
    async with database.sessions() as session:
        routes = (await session.scalars(text("select route from audit_line where kind = 'officer'"))).all()
    assert {f"GET {INSIDE}", f"GET {BOOKS}", "GET /api/registers/books/{book}/entries"} <= set(routes)
