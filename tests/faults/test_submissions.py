"""Many people at one moment: one key makes one dossier, midnight splits the serials, one officer wins."""

import asyncio
import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from rig.desk import MONDAY_8, DeskService, clock
from rig.procedure import AGENCY, submission
from suite.testing import FreshDatabase, citizen, officer

pytestmark = pytest.mark.faults
PLACE = "/api/intake/dossiers"
MIDNIGHT = datetime(2026, 12, 8, 17, 0, tzinfo=UTC)  # 9 December begins in Hà Nội
numbers = itertools.count(1)


@pytest.fixture
async def desk(fresh_database: FreshDatabase, tmp_path: Path) -> DeskService:
    opened = DeskService(await fresh_database("intake"), tmp_path)
    clock.set(MONDAY_8)
    await opened.open()
    return opened


def somebody() -> str:
    return f"018f0000-0000-7000-8000-{next(numbers):012d}"


async def submit(
    desk: DeskService, subject: str, key: str, at: datetime = MONDAY_8, matter: str = "một việc"
) -> httpx.Response:
    """Submit as one person at one moment; each request carries a clock of its own."""
    clock.set(at)
    async with desk.client(citizen(subject)) as web:
        return await web.post(PLACE, json=submission(matter), headers={"Idempotency-Key": key})


async def test_fifty_parallel_submissions_with_one_key_make_one_dossier(desk: DeskService) -> None:
    who = somebody()
    answers = await asyncio.gather(*(submit(desk, who, "double-click") for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 50}, answers[0].text
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert await desk.count("dossier") == 1
    assert await desk.count("outbox") == 1
    changed = await submit(desk, who, "double-click", matter="việc khác")
    assert (changed.status_code, changed.json()["code"]) == (422, "idempotency-key-reused")
    assert (await submit(desk, who, "another key")).json()["code"].endswith("-0002")  # no serial was burnt


async def test_the_same_key_of_two_people_makes_two_dossiers(desk: DeskService) -> None:
    first, second = await asyncio.gather(*(submit(desk, somebody(), "one") for _ in range(2)))
    assert first.json()["code"] != second.json()["code"]


async def test_fifty_submitters_over_midnight_get_unique_codes_and_a_serial_per_day(
    desk: DeskService,
) -> None:
    moments = [MIDNIGHT + timedelta(milliseconds=40 * (number - 25) + 1) for number in range(50)]
    answers = await asyncio.gather(
        *(submit(desk, somebody(), f"k{number}", at) for number, at in enumerate(moments))
    )
    assert {answer.status_code for answer in answers} == {201}, answers[0].text
    codes = [answer.json()["code"] for answer in answers]
    assert len(set(codes)) == 50
    expected = {f"{AGENCY}-{day}-{serial:04d}" for day in ("261208", "261209") for serial in range(1, 26)}
    assert set(codes) == expected
    for code, at in zip(codes, moments, strict=True):
        assert code.split("-")[1] == ("261208" if at < MIDNIGHT else "261209")


async def decide(desk: DeskService, name: str, code: str, action: str, body: dict) -> httpx.Response:
    async with desk.client(officer("desk_officer", subject=name, unit="mot-cua")) as web:
        return await web.post(
            f"{PLACE}/{code}/{action}", json=body, headers={"Idempotency-Key": f"{name}-{code}"}
        )


async def checked(desk: DeskService, code: str) -> int:
    """Judge the only paper of a dossier and return the version both officers then look at."""
    async with desk.client(officer("desk_officer", subject="first", unit="mot-cua")) as web:
        seen = (await web.get(f"{PLACE}/{code}")).json()
        items = [{"component": part["id"], "verdict": "ok"} for part in seen["components"]]
        judged = await web.put(f"{PLACE}/{code}/checklist", json={"version": seen["version"], "items": items})
        assert judged.status_code == 200, judged.text
        return int((await web.get(f"{PLACE}/{code}")).json()["version"])


async def test_of_two_officers_deciding_at_once_one_wins_and_the_other_is_told(desk: DeskService) -> None:
    wins: Counter[str] = Counter()
    for number in range(20):
        code = (await submit(desk, somebody(), f"d{number}")).json()["code"]
        version = await checked(desk, code)
        refusal = {"version": version, "reason": "Không thuộc đối tượng", "legal_basis": "Điều 5"}
        decisions = [("acceptance", {"version": version}), ("refusal", refusal)]
        if number % 2:
            decisions.reverse()
        answers = await asyncio.gather(
            *(decide(desk, action, code, action, body) for action, body in decisions)
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409], answers[1].text[:300]
        wins[
            next(name for (name, _), answer in zip(decisions, answers, strict=True) if answer.is_success)
        ] += 1
        assert await announced(desk, code) == 2  # the submission and the one decision
    print(f"two officers at once: winners {dict(wins)} of 20 races, every loser got 409")


async def announced(desk: DeskService, code: str) -> int:
    pool = await desk.database.pool()
    return int(await pool.fetchval("select count(*) from outbox where envelope->>'subject' = $1", code))
