"""Difficulties with the regulation, and themes of feedback with what is improved: two books of the centre."""

import csv
import io

import pytest
from common.ids import uuid7
from registers.adapters.book_files import declared_books
from registers.api.shapes import book_out
from registers_stage import BOOKS, enter
from regulation.roles import Role, who_may
from regulation.topics import THEMES

DIFFICULTY = {
    "about": "HD-2026-000123",
    "reported_on": "2026-11-20",
    "reported_by": "citizen",
    "article": "Điều 18 khoản 5",
    "difficulty": "Câu hỏi của nhiều ngành không kịp trả lời trong 5 ngày.",
    "proposal": "Cho phép 7 ngày.",
}
THEME = {
    "period_first": "2026-07-01",
    "period_last": "2026-09-30",
    "theme": "online",
    "question_count": "12",
    "feedback_count": "7",
    "proposal_count": "2",
    "summary": "Ảnh chụp bằng điện thoại không tải lên được.",
    "action": "Nhận tệp HEIC.",
    "responsible": "Sở Khoa học và Công nghệ",
    "due_on": "2026-12-31",
}


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid7())}


@pytest.mark.parametrize("book", ["difficulties", "improvements"])
def test_r_org_05_the_centre_and_the_office_of_the_province_receive_them(book):
    declared = declared_books()[book]
    assert who_may(declared.keeps) == {Role.COORDINATOR, Role.PROVINCE_OFFICE}
    assert who_may(declared.keeps) < who_may(declared.reads)
    assert {"NB Đ.28", "TN Đ.25.4", "BD Đ.20", "QT Đ.31.3", "HN Đ.15"} <= {
        one.strip() for one in declared_books()["difficulties"].source.split(";")
    }


async def test_r_org_05_a_difficulty_is_kept_with_its_question_and_what_came_of_it(web):
    async with web("coordinator") as http:
        opened = await enter(http, "difficulties", **DIFFICULTY)
        place = f"{BOOKS}/difficulties/entries/{opened['number']}"
        assert (opened["number"], opened["state"]) == ("KK-2026-0001", "open")
        end = {"outcome": "proposed", "decision": "Đưa vào tờ trình năm 2027."}
        closed = await http.post(f"{place}/closing", json={"version": opened["version"], "values": end})
        assert closed.status_code == 201, closed.text
        told = [cell["told"] for cell in (await http.get(place)).json()["cells"]]
        chosen = (await http.get(f"{BOOKS}/difficulties/entries?chosen=agency")).json()
    assert {"HD-2026-000123", "Điều 18 khoản 5", "Đưa vào đề nghị sửa đổi quy chế"} <= set(told)
    assert chosen["items"] == []


async def test_r_fbk_14_a_theme_stands_with_its_counts_its_action_and_how_far_that_is(web):
    async with web("coordinator") as http:
        opened = await enter(http, "improvements", **THEME)
        place = f"{BOOKS}/improvements/entries/{opened['number']}"
        did = {"what": "Đã thử trên máy thử", "done_at": "2026-11-20T08:30:00+07:00"}
        told = (await http.post(f"{place}/deeds", json=did, headers=key())).json()
        assert [line["kind"] for line in told["lines"]] == ["opened", "done"]
        other = await enter(http, "improvements", **{**THEME, "theme": "delay"})
        chosen = (await http.get(f"{BOOKS}/improvements/entries?chosen=online&state=open")).json()
        assert [one["number"] for one in chosen["items"]] == [opened["number"]]
        table = (await http.get(f"{BOOKS}/improvements/entries.csv")).text
        end = {"outcome": "done", "result": "Nhận HEIC từ 01/12/2026; đã báo cáo UBND tỉnh."}
        closed = await http.post(f"{place}/closing", json={"version": told["version"], "values": end})
        assert closed.json()["state"] == "closed", closed.text
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";"))
    assert {"12", "7", "2"} <= set(rows[-1])
    assert {opened["number"], other["number"]} <= {row[0] for row in rows}


async def test_r_fbk_14_a_theme_without_counts_or_action_is_not_entered(web):
    async with web("coordinator") as http:
        for missing in ("question_count", "feedback_count", "action"):
            values = {name: said for name, said in THEME.items() if name != missing}
            answer = await http.post(f"{BOOKS}/improvements/entries", json={"values": values}, headers=key())
            assert answer.status_code == 422, missing
            assert [one["field"].split(".")[-1] for one in answer.json()["errors"]] == [missing]


def test_r_fbk_14_the_themes_that_are_counted_are_themes_of_the_book():
    opening = book_out(declared_books()["improvements"], "vi", can_keep=True).opening
    [page] = opening["pages"]
    asked = next(one for one in page["fields"] if one["name"] == "theme")
    said = {one["value"]: {"vi": one["vi"], "en": one["en"]} for one in asked["options"]}
    assert {key: theme.words for key, theme in THEMES.items()}.items() <= said.items()
