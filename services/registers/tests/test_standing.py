"""How the suite stands, and how long it was up: read from numbers, measured from looks."""

import dataclasses
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from registers.adapters.book_files import declared_books
from registers.adapters.http_watch import HttpWatch
from registers.domain.standing import PartFacts, Touch, availability, facts_of, said_to_work, works
from registers.jobs import jobs
from registers.ports import BackupFacts
from registers_stage import BOOKS, END, enter
from suite.testing import client

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
NUMBERS = """# HELP motcua_job_due_timestamp_seconds When a job is due
# TYPE motcua_job_due_timestamp_seconds gauge
motcua_job_due_timestamp_seconds{job="sweep",service="intake"} 1000.0
motcua_job_due_timestamp_seconds{job="scan",service="intake"} 1900.0
# TYPE motcua_outbox_oldest_unpublished_seconds gauge
motcua_outbox_oldest_unpublished_seconds{service="intake"} 400.5
# TYPE motcua_inbox_waiting gauge
motcua_inbox_waiting{service="intake"} 7.0
# TYPE motcua_inbox_dead gauge
motcua_inbox_dead{service="intake"} 2.0
# TYPE motcua_files_free_bytes gauge
motcua_files_free_bytes{area="clean"} 5e+09
motcua_files_free_bytes{area="quarantine"} 1e+08
"""


def test_what_a_process_tells_is_read_from_its_numbers():
    facts = facts_of("intake", NUMBERS, ready=True, now=2000.0)
    assert facts == PartFacts("intake", True, ("sweep",), 400.5, 7, 2, 100_000_000)
    assert facts.problems() == ("late_jobs", "not_told", "dead", "disk")


def test_a_job_whose_last_run_failed_is_named():
    told = """# TYPE motcua_job_failed gauge
motcua_job_failed{job="erase-accounts",service="identity"} 1.0
motcua_job_failed{job="retention",service="identity"} 0.0
"""
    facts = facts_of("identity-worker", told, ready=True, now=2000.0)
    assert (facts.failed_jobs, facts.problems()) == (("erase-accounts",), ("failed_jobs",))


def test_a_certificate_is_seen_to_a_fortnight_before_it_ends():
    told = """# TYPE motcua_certificate_ends_timestamp_seconds gauge
motcua_certificate_ends_timestamp_seconds{certificate="signers",service="intake"} 1.30e+06
motcua_certificate_ends_timestamp_seconds{certificate="edge",service="registers"} 9e+09
"""
    facts = facts_of("intake", told, ready=True, now=1_300_000 - 14 * 86_400)
    assert (facts.days_left["signers"], facts.problems()) == (14, ())
    later = facts_of("intake", told, ready=True, now=1_300_000 - 14 * 86_400 + 1)
    assert (later.days_left["signers"], later.problems()) == (13, ("certificate",))


def test_a_process_that_tells_little_has_no_problems_made_up():
    assert facts_of("portal", "", ready=True, now=2000.0) == PartFacts("portal", True)
    assert PartFacts("portal", ready=True).problems() == ()
    assert PartFacts("portal", ready=False).problems() == ("away",)


@pytest.mark.parametrize(
    ("down", "capability", "it_works"),
    [
        ([], "submission", True),
        (["intake"], "submission", False),
        (["intake"], "sign_in", True),
        (["notify"], "notices", False),
        (["notify"], "submission", True),
        (["portal"], "information", False),
    ],
)
def test_what_people_can_do_follows_from_what_answers(down, capability, it_works):
    assert works(capability, down) is it_works


def minutes(*told: tuple[int, list[str]]) -> list[tuple[datetime, list[str]]]:
    return [(NOW + timedelta(minutes=at), down) for at, down in told]


@pytest.mark.parametrize(
    ("looks", "up", "seen"),
    [
        ([], 0, 0),
        ([(0, []), (1, []), (2, []), (3, [])], 300, 300),
        ([(0, []), (1, ["intake"]), (2, ["intake"]), (3, [])], 180, 300),
        ([(0, []), (1, ["stats"]), (2, []), (3, [])], 300, 300),
        ([(0, []), (4, [])], 210, 210),
        ([(-1, []), (1, []), (2, [])], 270, 270),
    ],
)
def test_r_ops_01_availability_is_what_was_seen_and_nothing_else(looks, up, seen):
    told = availability(minutes(*looks), NOW, NOW + timedelta(minutes=5))
    assert (told.up, told.seen, told.whole) == (up, seen, 300)
    assert told.percent == round(100 * up / 300, 3)


class FakeWatch:
    """Tells what it is told to tell."""

    def __init__(self, *found: PartFacts) -> None:
        self.found: Sequence[PartFacts] = found

    async def look(self, _now: datetime) -> Sequence[PartFacts]:
        return self.found

    def backup(self) -> BackupFacts | None:
        return BackupFacts(NOW, NOW, NOW, drill_passed=True)


ALL_WELL = tuple(
    PartFacts(name, ready=True) for name in ("portal", "catalog", "identity", "intake", "notify")
)


async def test_r_ops_01_the_month_is_measured_from_looks_that_are_kept(app, database, web):
    [job] = jobs(FakeWatch(*ALL_WELL))
    now = app.state.now()
    for at in range(-3, 0):
        await job.run(database, now + timedelta(minutes=at))
    away = dataclasses.replace(ALL_WELL[3], ready=False)
    [job] = jobs(FakeWatch(*ALL_WELL[:3], away))
    await job.run(database, now)
    app.state.now = lambda: now + timedelta(minutes=1)
    async with client(app) as http:
        told = (await http.get("/api/registers/status")).json()
    assert [month["percent"] for month in told["months"]] == [75.0]
    assert {one["key"]: one["works"] for one in told["capabilities"]}["submission"] is False
    assert "parts" not in told
    async with web("operator") as http:
        inside = (await http.get("/api/registers/status/inside")).json()
    assert [(part["name"], part["problems"]) for part in inside["parts"]] == [
        ("catalog", []),
        ("identity", []),
        ("intake", ["away"]),
        ("portal", []),
    ]
    assert inside["backup"]["drill_passed"] is True


async def test_what_was_seen_long_ago_is_no_longer_said_to_be_so(app, database):
    [job] = jobs(FakeWatch(*ALL_WELL))
    await job.run(database, app.state.now() - timedelta(minutes=6))
    async with client(app) as http:
        told = (await http.get("/api/registers/status")).json()
    assert {one["works"] for one in told["capabilities"]} == {None}


async def test_where_no_process_is_named_nothing_is_kept(app, database):
    [job] = jobs(HttpWatch({}))
    await job.run(database, app.state.now())
    async with client(app) as http:
        assert (await http.get("/api/registers/status")).json()["as_of"] is None


async def test_a_process_that_does_not_answer_is_away_and_the_keepers_note_is_read(tmp_path):
    watch = HttpWatch({"intake": "http://127.0.0.1:9"}, tmp_path)
    assert list(await watch.look(NOW)) == [PartFacts("intake", ready=False)]
    assert watch.backup() is None
    (tmp_path / "standing.json").write_text(
        '{"at": "2026-11-21T01:00:00Z", "last_at": "2026-11-21T01:00:00Z"}'
    )
    told = watch.backup()
    assert told is not None
    assert (told.drill_passed, told.shipped_at) == (None, None)


@pytest.mark.parametrize(
    ("outcomes", "passed"),
    [
        (["PASS", "PASS"], True),
        (["PASS", "FAIL"], False),
        (["PASS", "COULD-NOT-VERIFY"], False),
        (["PASS", None], False),
        ([], False),
    ],
)
async def test_a_drill_passed_only_when_every_question_was_answered_well(tmp_path, outcomes, passed):
    checks = [{"outcome": one} for one in outcomes]
    (tmp_path / "standing.json").write_text('{"at": "2026-11-21T01:00:00Z"}')
    (tmp_path / "drill.json").write_text(json.dumps({"at": "2026-11-20T01:00:00Z", "checks": checks}))
    told = HttpWatch({}, tmp_path).backup()
    assert told is not None
    assert told.drill_passed is passed


async def test_r_ops_02_what_an_open_incident_touches_is_not_said_to_work(app, database, web):
    [job] = jobs(FakeWatch(*ALL_WELL))
    await job.run(database, app.state.now())
    async with web() as http:

        async def told(place: str = "") -> dict[str, tuple[bool | None, list[str]]]:
            answer = (await http.get(f"/api/registers/status{place}")).json()
            return {one["key"]: (one["works"], one["incidents"]) for one in answer["capabilities"]}

        assert all(one == (True, []) for one in (await told()).values())
        opened = await enter(http, part="intake")
        number = opened["number"]
        assert (await told())["submission"] == (None, [number])
        assert (await told())["sign_in"] == (True, [])
        quiet = await enter(http, part="sign_in", announced=False, notice_vi="", notice_en="")
        assert (await told())["sign_in"] == (True, [])
        assert (await told("/inside"))["sign_in"] == (None, [quiet["number"]])
        body = {"version": opened["version"], "values": END}
        assert (await http.post(f"{BOOKS}/incidents/entries/{number}/closing", json=body)).status_code == 201
        assert (await told())["submission"] == (True, [])


async def test_r_ops_02_an_inconvenience_and_a_planned_stop_are_told_as_what_they_are(app, database, web):
    [job] = jobs(FakeWatch(*ALL_WELL))
    await job.run(database, app.state.now())
    async with web() as http:

        async def told() -> dict[str, str | None]:
            answer = (await http.get("/api/registers/status")).json()
            return {one["key"]: one["because"] for one in answer["capabilities"]}

        assert set((await told()).values()) == {None}
        await enter(http, part="notices", severity="minor")
        assert (await told())["notices"] == "slight"
        await enter(http, part="notices", severity="major")
        assert (await told())["notices"] == "incident"
        assert (await told())["submission"] is None
        stop = declared_books()["maintenance"]
        assert stop.touch({"part": "handling"}) is Touch.PLANNED
        assert (stop.touched({"part": "handling"}), stop.touched({})) == ({"handling"}, frozenset())


@pytest.mark.parametrize(
    ("works_", "incidents", "told"),
    [
        (True, [], True),
        (True, ["SC-1"], None),
        (False, ["SC-1"], False),
        (None, ["SC-1"], None),
        (False, [], False),
    ],
)
def test_r_ops_02_nobody_says_that_it_works_while_an_incident_touches_it(works_, incidents, told):
    assert said_to_work(works_, incidents) is told
