"""Figures of questions and feedback on a real database: learnt, counted by who had what, and adding up."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from common.database import Database
from fastapi import FastAPI
from question_stage import BELOW, HERE, OTHER, Way, all_facts, learn, names
from sqlalchemy import text
from stats.api.question_shapes import QuestionRowOut
from stats.main import create_app
from stats.settings import Settings
from stats.usecases.check_identity import check_identity
from stats.usecases.rebuild import rebuild
from suite.testing import FreshDatabase, client, officer

PUBLIC, CENTRE = "/api/stats/public/questions", "centre"
NOW = datetime.fromisoformat("2026-11-27T02:00:00+00:00")
COORDINATOR = officer("coordinator", agency="H42", scope="province")


@pytest.fixture
async def database(fresh_database: FreshDatabase) -> Database:
    return await fresh_database("stats")


@pytest.fixture
def app(database: Database) -> FastAPI:
    made = create_app(Settings(database_url=database.dsn), database)
    made.state.now = lambda: NOW
    return made


@pytest.fixture
async def reader(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client(app) as opened:
        yield opened


async def rows_of(reader: httpx.AsyncClient, **query: str) -> dict[str, dict[str, Any]]:
    answer = await reader.get(PUBLIC, params=query)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    return {
        row["key"]: row for row in [*told["rows"], *told["totals"]] if row["period"] in ("2026-11", "2026")
    }


def counts(row: dict[str, Any], *names: str) -> tuple[int, ...]:
    return tuple(row[name] for name in names)


ENDS = ("received", "answered_in_time", "answered_late", "refused", "moved", "open")


async def test_r_sta_15_questions_received_refused_forwarded_returned_answered_in_time_and_late(
    database: Database, reader: httpx.AsyncClient
) -> None:
    await learn(database, [*names(), *all_facts()])
    found = await rows_of(reader)
    assert counts(found["province"], *ENDS) == (6, 1, 1, 1, 1, 2)
    assert counts(found["province"], "forwarded", "returned", "recalled", "late_open") == (4, 1, 0, 2)
    assert counts(found[HERE], "forwarded", "returned", "answered_in_time", "answered_late", "open") == (
        3,
        1,
        1,
        1,
        0,
    )
    assert counts(found[OTHER], "forwarded", "open", "late_open") == (1, 1, 1)
    assert counts(found[CENTRE], "received", "passed_on", "refused", "moved", "open", "late") == (
        7,
        4,
        1,
        1,
        1,
        1,
    )
    assert (found[CENTRE]["name"], found[HERE]["name"]) == ("Cơ quan đầu mối", f"Cơ quan {HERE}")
    assert (found[HERE]["in_time_percent"], found[OTHER]["in_time_percent"]) == (50.0, None)


async def test_r_sta_15_feedback_is_counted_by_the_same_rules(
    database: Database, reader: httpx.AsyncClient
) -> None:
    await learn(database, all_facts())
    found = await rows_of(reader, subject="feedback")
    assert counts(found["province"], *ENDS) == (3, 1, 0, 1, 0, 1)
    assert counts(found[HERE], "forwarded", "answered_in_time", "refused", "recalled", "came_late") == (
        3,
        1,
        1,
        1,
        1,
    )
    assert counts(found[OTHER], "forwarded", "open", "late_open") == (1, 1, 1)


async def test_r_sta_15_by_topic_and_of_one_agency(database: Database, reader: httpx.AsyncClient) -> None:
    await learn(database, all_facts())
    topics = await rows_of(reader, group="topic")
    assert (topics["policies"]["name"], topics["policies"]["refused"]) == ("Cơ chế, chính sách", 1)
    assert (
        topics["legal_rules"]["received"] + topics["policies"]["received"] == topics["province"]["received"]
    )
    one = await rows_of(reader, group="topic", agency=HERE)
    assert (one["legal_rules"]["received"], one["province"]["answered_late"]) == (3, 1)
    year = await rows_of(reader, period="year", topic="policies")
    assert (year["province"]["received"], year["province"]["refused"]) == (1, 1)


async def test_r_sta_15_what_is_carried_over_is_in_the_next_month(
    database: Database, app: FastAPI, reader: httpx.AsyncClient
) -> None:
    await learn(database, all_facts())
    app.state.now = lambda: NOW + timedelta(days=20)
    told = (await reader.get(PUBLIC, params={"group": "province"})).json()
    december = next(row for row in told["rows"] if row["period"] == "2026-12")
    assert counts(december, "carried_over", "received", "open") == (2, 0, 2)


async def test_r_sta_15_the_same_facts_in_any_order_and_twice_count_once(database: Database) -> None:
    facts = all_facts()
    await learn(database, [*reversed(facts), *facts])
    await learn(database, facts[3:] + facts[:3])
    async with database.sessions() as session:
        again = await rebuild(session)
        assert again.before == again.after
        assert again.fact_count == len(facts)
        await session.execute(text("UPDATE holding SET holder = 'H42.99' WHERE no = 2"))
        mended = await rebuild(session)
        assert mended.after == again.after != mended.before
        await session.rollback()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE question SET ending = 'vanished' WHERE number = 'HD-2026-000001'",
        "UPDATE question SET ending = 'refused' WHERE number = 'HD-2026-000001'",
        "UPDATE holding SET ending = 'vanished' WHERE number = 'PA-2026-000001' AND no = 2",
        "DELETE FROM holding WHERE number = 'HD-2026-000006'",
        "UPDATE holding SET topic = 'other' WHERE number = 'HD-2026-000004' AND no = 2",
    ],
)
async def test_r_sta_15_an_account_that_does_not_add_up_is_named(database: Database, harm: str) -> None:
    await learn(database, [*names(), *all_facts()])
    async with database.sessions() as session:
        assert (await check_identity(session, NOW)).breaches == []
        await session.execute(text(harm))
        found = await check_identity(session, NOW)
        assert found.breach_count > 0
        assert all(one["group"].partition(":")[0] in ("question", "feedback") for one in found.breaches)
        await session.rollback()


async def test_r_sta_15_the_table_opens_in_a_spreadsheet(
    database: Database, reader: httpx.AsyncClient
) -> None:
    await learn(database, [*names(), *all_facts()])
    for lang, sign, title in (("vi", ";", "Trả lời trễ hạn"), ("en", ",", "answered_late")):
        answer = await reader.get(f"{PUBLIC}.csv", headers={"Accept-Language": lang})
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=sign))
        assert all(len(row) == len(QuestionRowOut.model_fields) for row in rows)
        assert [row[title] for row in rows if HERE in row.values()] == ["1"]


async def reported(app: FastAPI, caller: Any, path: str = "questions/report", **query: str) -> Any:
    async with client(app, caller) as web:
        answer = await web.get(f"/api/stats/{path}", params=query)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    return told["items"] if path in ("questions", "feedback") else told


async def test_r_qna_21_the_report_of_a_month_tells_the_coordinator_how_each_agency_kept_its_deadlines(
    database: Database, app: FastAPI
) -> None:
    await learn(database, [*names(), *all_facts()])
    told = await reported(app, COORDINATOR, day="2026-11-01")
    assert (told["period"], told["first"], told["last"], told["over"]) == (
        "2026-11",
        "2026-11-01",
        "2026-11-30",
        False,
    )
    assert [row["key"] for row in told["rows"]] == [CENTRE, "H42", OTHER, HERE]
    centre, _, other, here = told["rows"]
    assert counts(here, "forwarded", "returned", "answered_in_time", "answered_late", "late") == (
        3,
        1,
        1,
        1,
        1,
    )
    assert counts(other, "open", "late_open") == (1, 1)
    assert counts(centre, "passed_on", "late", "late_open") == (4, 1, 1)
    assert counts(told["total"], *ENDS) == (6, 1, 1, 1, 1, 2)
    assert (told["identity"]["holds"], told["as_of"]) == (True, "2026-11-27T02:00:00Z")
    october = await reported(app, COORDINATOR, day="2026-10-31")
    assert (october["rows"], october["total"]["received"], october["over"]) == ([], 0, True)
    async with client(app, COORDINATOR) as web:
        file = await web.get("/api/stats/questions/report.csv", params={"day": "2026-11-30"})
    assert "motcua-question-report-2026-11" in file.headers["content-disposition"]
    assert len(file.text.splitlines()) == 1 + len(told["rows"]) + 1


async def test_r_qna_21_a_head_reads_the_report_of_the_own_agency_and_those_below(
    database: Database, app: FastAPI
) -> None:
    below = Way(9).forwarded(BELOW, 1, due=73)
    await learn(database, [*names(), *all_facts(), *below.facts])
    head = officer("agency_head", agency=HERE, scope="sub_tree")
    told = await reported(app, head, day="2026-11-27")
    assert ([row["key"] for row in told["rows"]], told["total"]) == ([HERE, BELOW], None)
    async with client(app, head) as web:
        for day, status in (("2012-01-01", 422), ("2027-01-01", 422), ("2026-01-01", 200)):
            assert (await web.get("/api/stats/questions/report", params={"day": day})).status_code == status
    async with client(app, officer("specialist", agency=HERE)) as web:
        assert (await web.get("/api/stats/questions/report")).status_code == 403
        assert (await web.get("/api/stats/feedback/report.csv")).status_code == 403


async def test_r_sta_15_a_parent_is_shown_with_all_that_stand_below_it(
    database: Database, app: FastAPI, reader: httpx.AsyncClient
) -> None:
    passed = Way(9).forwarded(BELOW, 1, due=73).returned(3, due=7).forwarded(HERE, 5, due=77)
    await learn(database, [*names(), *all_facts(), *passed.facts])
    found = await rows_of(reader)
    assert [found[key]["parent"] for key in ("H42", HERE, BELOW, CENTRE)] == [None, "H42", HERE, None]
    assert counts(found[BELOW], "received", "returned", "open") == (1, 1, 0)
    assert counts(found[HERE], "received", "returned", "open") == (5, 2, 1)
    assert counts(found["H42"], "received", "returned", "open") == (6, 2, 2)
    one = await rows_of(reader, agency=HERE)
    assert set(one) == {HERE, BELOW, "province"}
    assert counts(one[HERE], *ENDS) == counts(one["province"], *ENDS) == counts(found[HERE], *ENDS)
    head = officer("agency_head", agency=HERE, scope="sub_tree")
    rows = {row["key"]: row for row in (await reported(app, head))["rows"]}
    assert (rows[HERE]["received"], rows[BELOW]["received"]) == (5, 1)
    returned = await reported(app, head, "questions", figure="returned", agency=HERE)
    assert sorted(one["agency"] for one in returned) == [HERE, BELOW]
    alone = officer("qa_owner", agency=HERE, scope="agency")
    own = (await reported(app, alone))["rows"]
    assert [(row["key"], row["received"]) for row in own] == [(HERE, 4)], "who sees one agency sees that one"
    assert len(await reported(app, alone, "questions", figure="received", agency=HERE)) == 4


async def test_r_sta_15_facts_told_again_under_other_versions_count_once(database: Database) -> None:
    """A service that joined late holds the last facts, and is told all of them from the beginning."""
    way = Way(1).forwarded(HERE, 1, due=73)
    whole = Way(1).forwarded(HERE, 1, due=73)
    way.facts.append(way.facts[-1])  # a reminder that statistics do not hear of takes a version
    for one in (way, whole):
        one.returned(3, due=7).forwarded(OTHER, 5, due=77).answered(30, due=77)
    await learn(database, way.facts[3:])
    await learn(database, [*whole.facts, *whole.facts])
    await learn(database, way.facts)
    pool = await database.pool()
    held = await pool.fetch("SELECT holder, ending FROM holding ORDER BY no")
    assert [tuple(row) for row in held] == [
        ("", "forwarded"),
        (HERE, "returned"),
        ("", "forwarded"),
        (OTHER, "answered"),
    ]
    assert await pool.fetchval("SELECT count(*) FROM question_fact") == 5


async def test_r_sta_15_behind_each_figure_stands_the_list_the_viewer_may_see(
    database: Database, app: FastAPI
) -> None:
    await learn(database, [*names(), *all_facts()])
    told = await reported(app, COORDINATOR)
    for row in told["rows"]:
        for figure in (
            "received",
            "open",
            "answered_late",
            "late",
            "late_open",
            "returned",
            "passed_on",
            "moved",
        ):
            listed = await reported(app, COORDINATOR, "questions", agency=row["key"], figure=figure)
            assert len(listed) == row[figure], (row["key"], figure)
    late = await reported(app, COORDINATOR, "questions", figure="late")
    assert [(one["number"], one["agency"], one["days_late"]) for one in late] == [
        ("HD-2026-000002", CENTRE, 1),
        ("HD-2026-000002", HERE, 1),
    ]
    assert [one["ending_label"] for one in late] == ["Đã chuyển cơ quan", "Đã trả lời"]
    assert (late[1]["topic_label"], late[1]["agency_name"]) == ("Quy định của pháp luật", f"Cơ quan {HERE}")
    owner = officer("qa_owner", agency=HERE, scope="agency")
    assert [one["agency"] for one in await reported(app, owner, "questions", figure="late")] == [HERE]
    assert await reported(app, owner, "questions", figure="open", agency=OTHER) == []
    assert await reported(app, owner, "questions", figure="open", agency=CENTRE) == []
    focal = officer("feedback_owner", agency=OTHER, scope="agency")
    assert [one["number"] for one in await reported(app, focal, "feedback", figure="open")] == [
        "PA-2026-000003"
    ]


async def test_r_sta_15_the_list_behind_a_figure_goes_on_to_its_end(database: Database, app: FastAPI) -> None:
    await learn(database, [*names(), *all_facts()])
    seen: list[tuple[str, str]] = []
    async with client(app, COORDINATOR) as web:
        asked: dict[str, Any] = {"figure": "received", "limit": 4}
        while asked.get("cursor", "first"):
            page = (await web.get("/api/stats/questions", params=asked)).json()
            seen += [(one["number"], one["agency"]) for one in page["items"]]
            asked["cursor"] = page["next"]
            assert page["total"] == 11
    assert (len(seen), len(set(seen))) == (11, 10), "the coordinator had one of them twice"


async def test_r_fbk_14_how_many_came_to_each_theme_follows_from_what_was_received(
    database: Database, app: FastAPI
) -> None:
    conduct = Way(9, feedback=True, topic="conduct")
    await learn(database, [*names(), *all_facts(), *conduct.facts])
    told = await reported(app, COORDINATOR, "themes", day="2026-11-05")
    assert (told["first"], told["last"], told["over"]) == ("2026-11-01", "2026-11-30", False)
    found = {one["theme"]: (one["question_count"], one["feedback_count"]) for one in told["themes"]}
    assert found == {"procedure": (5, 0), "online": (0, 0), "conduct": (0, 1), "other": (1, 3)}
    whole = await reported(app, COORDINATOR, "questions/report", day="2026-11-05")
    assert sum(questions for questions, _ in found.values()) == whole["total"]["received"]
    names_ = ("carried_over", "received", "answered", "refused", "moved", "open")
    for part, path in (("questions", "questions/report"), ("feedback", "feedback/report")):
        account = {name: sum(one[part][name] for one in told["themes"]) for name in names_}
        came, gone = (account[name] for name in ("carried_over", "received")), account["answered"]
        assert sum(came) == gone + account["refused"] + account["moved"] + account["open"]
        total = (await reported(app, COORDINATOR, path, day="2026-11-05"))["total"]
        same = {**total, "answered": total["answered_in_time"] + total["answered_late"]}
        assert account == {name: same[name] for name in names_}, part
    before = await reported(app, COORDINATOR, "themes", day="2026-10-05")
    assert (before["over"], {one["question_count"] for one in before["themes"]}) == (True, {0})
