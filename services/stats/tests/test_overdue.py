"""Overdue dossiers of some days: summarised, printed, and what the Chairman instructed kept beside them."""

import asyncio
import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from regulation.zone import local_day
from stats.domain import story
from stats.main import create_app
from stats.queries import overdue as reads
from stats.settings import Settings
from suite.testing import client, officer
from test_figures import NOW, dossier, learn, names

DAY = timedelta(days=1)
TODAY, DUE = local_day(NOW), NOW - 3 * DAY + timedelta(hours=1)
COORDINATOR = officer("coordinator", agency="H42", scope="province", subject="centre")
WORD = {
    "given_by": "Chủ tịch UBND tỉnh",
    "words": "Giải quyết dứt điểm trong tuần.",
    "reported_on": str(TODAY),
    "received_on": str(TODAY),
}


def handled(number, agency="H42.101", due=DUE, **more):
    """Return the facts of a dossier that was accepted, and perhaps finished or paused."""
    came = due - DAY
    own = {"agency": agency}
    facts = [dossier(number, story.RECEIVED, 1, submitted_at=came, check_due_at=due, **own)]
    facts.append(dossier(number, story.ACCEPTED, 2, accepted_at=came, due_at=due, **own))
    if "paused" in more:
        facts.append(dossier(number, story.PAUSED, 3, requested_at=more["paused"], **own))
    if "ready" in more:
        facts.append(dossier(number, story.READY, 4, ready_at=more["ready"], **own))
    return facts


@pytest.fixture
async def app(fresh_database):
    database = await fresh_database("stats")
    told = [
        *handled(1),
        *handled(2, "H42.15", ready=NOW - DAY),  # settled, late
        *handled(3, ready=DUE - timedelta(hours=1)),  # in time
        *handled(4, paused=DUE - timedelta(hours=1)),  # waits for its applicant
        *handled(5, paused=DUE + timedelta(hours=1)),  # late before it waited
        *handled(6, due=NOW + DAY),  # not due yet
    ]
    await learn(database, [*names(), *told])
    return create_app(Settings(database_url=database.dsn), database)


async def listed(app, caller=COORDINATOR, first=TODAY - 7 * DAY, last=TODAY):
    async with client(app, caller) as http:
        return await http.get("/api/stats/overdue", params={"first": str(first), "last": str(last)})


def numbers(answer):
    return sorted(int(one["code"][-4:]) for one in answer.json()["items"])


async def test_r_prc_15_overdue_dossiers_are_summarised_by_day_and_period(app):
    answer = await listed(app)
    assert answer.status_code == 200, answer.text
    assert (numbers(answer), answer.json()["total"]) == ([1, 2, 5], 3)
    counts = [(one["agency"], one["count"]) for one in answer.json()["agencies"]]
    assert counts == [("H42.101", 2), ("H42.15", 1)]
    late = {int(one["code"][-4:]): one["days_late"] for one in answer.json()["items"]}
    assert late == {1: 3, 2: 2, 5: 3}
    assert numbers(await listed(app, first=TODAY)) == [1, 5]  # the second was settled yesterday
    before = local_day(DUE) - DAY
    assert numbers(await listed(app, first=before, last=before)) == []
    for first, last in ((TODAY, TODAY - DAY), (TODAY, TODAY + DAY), (TODAY - 400 * DAY, TODAY)):
        assert (await listed(app, first=first, last=last)).json()["code"] == "days-unusable"
    head = officer("agency_head", agency="H42.15", scope="agency", subject="head")
    assert numbers(await listed(app, head)) == [2]  # nobody sees more than behind other figures


async def test_r_prc_15_the_list_is_printed_with_the_instruction_that_was_received(app):
    days = {"first": str(TODAY - 7 * DAY), "last": str(TODAY)}
    async with client(app, COORDINATOR) as http:
        for changes, fields in (
            ({"words": " ", "given_by": ""}, ["given_by", "words"]),
            ({"received_on": str(TODAY - DAY)}, ["received_on"]),
            ({"received_on": str(TODAY + DAY)}, ["received_on"]),
        ):
            refused = await http.post("/api/stats/instructions", json=days | WORD | changes)
            assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (422, fields)
        kept = await http.post("/api/stats/instructions", json=days | WORD)
        assert kept.status_code == 201, kept.text
        assert (kept.json()["overdue_count"], kept.json()["words"]) == (3, WORD["words"])
        printed = await http.get("/api/stats/overdue.pdf", params=days)
    assert printed.headers["content-type"] == "application/pdf"
    said = " ".join(PdfReader(io.BytesIO(printed.content)).pages[0].extract_text().split())
    for words in ("DANH SÁCH HỒ SƠ QUÁ HẠN", "H42.101-261121-0001", "Cơ quan H42.15", WORD["words"]):
        assert words in said, said
    [one] = (await listed(app, first=TODAY)).json()["instructions"]
    assert one["given_by"] == WORD["given_by"]
    long_ago = TODAY - 30 * DAY
    assert (await listed(app, first=long_ago, last=long_ago)).json()["instructions"] == []


async def test_only_who_urges_agencies_records_an_instruction(app):
    head = officer("agency_head", agency="H42.15", scope="agency", subject="head")
    body = {"first": str(TODAY), "last": str(TODAY)} | WORD
    async with client(app, head) as http:
        assert (await http.post("/api/stats/instructions", json=body)).status_code == 403


async def test_r_prc_15_of_very_many_some_are_named_and_all_are_counted(app, monkeypatch):
    monkeypatch.setattr(reads, "MOST", 2)
    answer = await listed(app)
    assert (numbers(answer), answer.json()["total"]) == ([1, 5], 3)
    counts = [(one["agency"], one["count"]) for one in answer.json()["agencies"]]
    assert counts == [("H42.101", 2), ("H42.15", 1)]
    days = {"first": str(TODAY - 7 * DAY), "last": str(TODAY)}
    async with client(app, COORDINATOR) as http:
        kept = await http.post("/api/stats/instructions", json=WORD | days)
        pdf = await http.get("/api/stats/overdue.pdf", params=days)
    assert kept.json()["overdue_count"] == 3
    printed = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
    assert "Tổng số: 3 hồ sơ" in printed
    assert "Danh sách nêu 2 hồ sơ quá hạn lâu nhất." in printed


async def test_r_prc_15_an_instruction_sent_twice_is_kept_once(app):
    body = WORD | {"first": str(TODAY), "last": str(TODAY)}
    async with client(app, COORDINATOR) as http:
        sent = await asyncio.gather(*(http.post("/api/stats/instructions", json=body) for _ in range(4)))
        other = await http.post("/api/stats/instructions", json=body | {"words": "Báo cáo lại thứ Sáu."})
    assert {one.status_code for one in sent} == {201}
    assert len({one.json()["id"] for one in sent}) == 1
    assert other.json()["id"] != sent[0].json()["id"]
