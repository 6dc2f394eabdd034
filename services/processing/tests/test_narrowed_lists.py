"""The work lists narrowed, ordered and counted: what is counted is what is shown."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from regulation.queues import HANDLING, WorkFilter

FIRST, SECOND, THIRD = (f"H42.101-261207-000{serial}" for serial in (1, 2, 3))


def at(day: int, hour: int) -> datetime:
    """Return a local time of December 2026 in UTC."""
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=7)


async def shown(stage, caller, **query) -> tuple[list[str], int]:
    """Read a list to its last row, one row at a time."""
    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = await stage.get(caller, "/dossiers", limit=1, **query, **more)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [row["code"] for row in page["items"]]
        if (cursor := page["next"]) is None:
            return found, page["total"]


@pytest.fixture
async def lists(staging):
    stage = await staging()
    await stage.accept(FIRST)
    await stage.accept(SECOND, accepted_at=at(8, 8).isoformat(), due_at=at(8, 17).isoformat())
    await stage.accept(THIRD, accepted_at=at(9, 8).isoformat(), due_at=at(8, 12).isoformat())
    await stage.act("an", "claim", SECOND)
    stage.now = at(8, 9)
    return stage


@pytest.mark.parametrize("caller", ["an", "lan"])
async def test_r_prc_16_a_count_is_the_length_of_its_list_however_it_is_narrowed(lists, caller):
    for narrowed in (
        {},
        {"officer": "an"},
        {"procedure": "1.001193"},
        {"procedure": "9"},
        {"since": "2026-12-08"},
    ):
        counted = (await lists.get(caller, "/dossiers/counts", **narrowed)).json()["lists"]
        assert counted.keys() == set(HANDLING)
        for name in WorkFilter:
            rows, total = await shown(lists, caller, filter=name, **narrowed)
            assert (len(rows), total) == (counted[name], counted[name]), (name, narrowed)


async def test_r_prc_16_what_ends_today_what_is_over_and_what_waits_for_an_opinion_have_lists(lists):
    assert (await shown(lists, "lan", filter="due_today"))[0] == [FIRST, THIRD, SECOND]
    assert (await shown(lists, "lan", filter="overdue"))[0] == [FIRST]
    assert (await shown(lists, "lan", filter="waiting"))[0] == []
    told = await lists.act(
        "an",
        "consultation",
        SECOND,
        agency="H42.101",
        unit="mot-cua",
        question="Đã đăng ký chưa?",
        within="2 wh",
    )
    assert told.status_code == 200, told.text
    assert (await shown(lists, "lan", filter="waiting"))[0] == [SECOND]
    assert (await lists.get("lan", "/dossiers/counts")).json()["lists"]["waiting"] == 1


async def test_the_lists_are_narrowed_by_officer_days_channel_and_state_and_ordered(lists):
    async def found(**query) -> list[str]:
        return (await shown(lists, "lan", **query))[0]

    assert await found(officer="an") == [SECOND]
    assert await found(since="2026-12-08", until="2026-12-08") == [SECOND]
    assert await found(until="2026-12-07") == [FIRST]
    assert await found(channel="post") == []
    assert await found(sort="newest") == [THIRD, SECOND, FIRST]
    assert await found(sort="oldest") == [FIRST, SECOND, THIRD]
    assert await found(sort="due") == [FIRST, THIRD, SECOND]
    assert await found(state="in_process") == [SECOND]
    assert await found(state="forwarded") == [FIRST, THIRD]
    assert await found(state="returned") == []
    wrong = await lists.get("lan", "/dossiers", since="2026-12-08", until="2026-12-07")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "until")


async def test_only_what_occurs_is_offered(lists):
    offered = (await lists.get("lan", "/dossiers/choices")).json()
    assert [one["id"] for one in offered["procedures"]] == ["1.001193"]
    assert [(one["id"], one["name"]) for one in offered["officers"]] == [("an", "Lê Văn An")]
    stranger = lists.who("lan", agency="H42.102", subject="z")
    assert (await lists.get(stranger, "/dossiers/choices")).json()["procedures"] == []


async def test_r_prc_16_the_file_holds_the_narrowed_list_to_its_last_row(lists, monkeypatch):
    monkeypatch.setattr("processing.api.work_lists._AT_ONCE", 1)
    for narrowed in ({}, {"officer": "an"}, {"filter": "due_today"}):
        async with lists.api("lan") as http:
            answer = await http.get("/api/processing/agencies/H42.101/dossiers.csv", params=narrowed)
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
        assert [row[0] for row in rows[1:]] == (await shown(lists, "lan", **narrowed))[0], narrowed
    assert rows[0][:2] == ["Mã hồ sơ", "Mã thủ tục"]


async def test_r_prc_16_a_file_that_cannot_be_made_is_refused_in_words_and_not_cut_off(lists):
    async with lists.api("lan") as http:
        answer = await http.get("/api/processing/agencies/H42.101/dossiers.csv", params={"procedure": "\x00"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unwritable")
