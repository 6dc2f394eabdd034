"""What askers, senders and barred people say of themselves stands sealed: a copy tells nothing, and all is found."""

import time

import pytest
from common import resealing
from common.resealing import CLEAR, values_by_key
from common.sealing import FILE, FIRST, Ring, SealBrokenError, add_key
from common.security import Caller
from feedback_stage import entered
from qa import queries
from qa.models import Question
from qa.queries import Board, Queue
from qa.usecases.seal_columns import KINDS, sealing
from qa_stage import COMPANY, PERSON, QA, TEXT, body
from suite.testing import client, officer
from test_forgetting import left_of
from test_public_lists import plan_of

BAR = {
    "id_number": "001190000029",
    "phone": "0988777666",
    "decision": "12/QĐ-UBND",
    "ground": "Nhiều lần gửi nội dung xúc phạm",
    "appeal": "Thanh tra tỉnh",
    "until": "2026-12-31",
}
SAID = (
    *(said for name, said in PERSON.items() if name != "nationality"),
    *(said for name, said in COMPANY.items() if name != "asker_position"),
    *("2083855555", "912345678", "988777666", "001190000029"),
)
"""What people said of themselves, telephones as far as they are written alike everywhere."""


async def furnished(stage):
    """Let a person and a company ask, somebody send feedback, and somebody be barred; give the numbers and keys."""
    asked = await stage.asked()
    company = await stage.asked(asker_kind="organisation", values=COMPANY, text=TEXT + " Cho công ty.")
    receipt = await entered(stage)
    assert (await stage.send("office", "POST", "/bars", BAR)).status_code == 201
    return asked, company, receipt


async def in_clear(stage, deed):
    """Do something as a version does that knows nothing of seals."""
    ring, stage.database.ring = stage.database.ring, None
    try:
        return await deed
    finally:
        stage.database.ring = ring


async def sealed_all(stage, batch=200):
    seal, total, count = sealing(batch), 0, 1
    while count:
        async with stage.database.sessions.begin() as session:
            count = await seal(session)
        total += count
    return total


async def counted(stage):
    async with stage.database.sessions() as session:
        return {key: count for key, count in (await values_by_key(session, KINDS)).items() if count}


async def seen(stage, asked, company, receipt):
    """Give everything that shows what people said of themselves."""
    shown = [
        (await stage.send("centre", "GET", f"/questions/{one['number']}")).json() for one in (asked, company)
    ]
    shown.append((await stage.send("centre", "GET", f"/feedback/{receipt['number']}")).json())
    shown.append((await stage.send("office", "GET", "/bars")).json())
    service = Caller("notify", "service", frozenset({"contacts:read"}), None, None, None, "test")
    numbers = {"numbers": [one["number"] for one in (asked, company, receipt)]}
    async with client(stage.app, service) as web:
        told = (await web.post(f"{QA}/contacts/readings", json=numbers)).json()
    assert [asked["key"] in str(told), company["key"] in str(told), receipt["key"] in str(told)] == [True] * 3
    return [*shown, told]


async def found(stage, words):
    path = f"/questions?q={words.replace('+', '%2B')}&people=true"
    return [one["number"] for one in (await stage.send("centre", "GET", path)).json()["items"]]


@pytest.mark.asvs("11.3.3", "14.2.4")
async def test_r_sec_16_a_copy_of_the_database_holds_nothing_that_people_said_of_themselves(stage):
    sealed = await furnished(stage)
    assert await left_of(stage, *SAID, *(one["key"] for one in sealed)) == set()
    assert CLEAR not in await counted(stage)
    assert await stage.send("nobody", "POST", "/questions", body()), "and it is asked again"
    assert (await stage.send("nobody", "POST", "/questions", body())).json()[
        "code"
    ] == "question-already-asked"


async def test_what_an_older_version_wrote_is_read_in_clear_found_and_sealed_once(stage, monkeypatch):
    monkeypatch.setattr(resealing, "WINDOW", 1)
    told = await in_clear(stage, furnished(stage))
    pool = await stage.database.pool()
    await pool.execute("update question set asker_marks = null")  # as before there were any
    assert {"question", "feedback", "bar"} <= await left_of(stage, *SAID)
    before = await seen(stage, *told)
    for times in range(2):
        assert await found(stage, "nguyễn thị ánh") == [told[0]["number"]], times
        assert await found(stage, "0912 345 678") == [told[1]["number"]], times
        again = await stage.send("nobody", "POST", "/questions", body())
        assert (again.status_code, told[0]["number"] in again.text) == (409, True), times
        barred = body(values={**PERSON, "id_number": BAR["id_number"]}, text=TEXT + " Tôi hỏi.")
        assert (await stage.send("nobody", "POST", "/questions", barred)).status_code == 403, times
        if not times:
            assert (await sealed_all(stage, 1), await sealed_all(stage)) == (4, 0)
    await pool.execute("truncate idempotency_key")  # kept before there were seals, for seven days
    assert await left_of(stage, *SAID, *(one["key"] for one in told)) == set()
    assert await seen(stage, *told) == before, "and nobody edited anything"


async def test_values_moved_to_another_question_open_for_nobody(stage):
    asked, company, _ = await furnished(stage)
    pool = await stage.database.pool()
    move = "update question set asker_sealed = (select asker_sealed from question where number = $1) where number = $2"
    await pool.execute(move, asked["number"], company["number"])
    async with stage.database.sessions() as session:
        with pytest.raises(SealBrokenError):
            _ = (await session.get_one(Question, company["number"])).asker


async def test_s42_the_key_changes_and_everything_is_found_as_before(stage, tmp_path):
    clock, file = [time.time()], tmp_path / FILE
    stage.database.ring = ring = Ring(b"the key of the tests", file, now=lambda: clock[0])
    told = await furnished(stage)
    before = await seen(stage, *told)
    assert set(await counted(stage)) == {FIRST}
    add_key(file, clock[0])
    clock[0] += 121
    ring._look(0)
    assert await sealed_all(stage, 1) == 4
    assert set(await counted(stage)) == {"k1"}
    assert await seen(stage, *told) == before
    assert await found(stage, "+84912345678") == [told[1]["number"]]
    assert (await stage.send("nobody", "POST", "/questions", body())).status_code == 409


async def test_a_version_without_seals_beside_this_one_reads_everything(stage):
    stage.database.ring.beside = True
    asked, company, receipt = await furnished(stage)
    assert {"question", "feedback", "bar"} <= await left_of(stage, *SAID)
    assert await sealed_all(stage) == 0
    before = await seen(stage, asked, company, receipt)
    stage.database.ring.beside = False
    assert await sealed_all(stage) == 4
    assert await seen(stage, asked, company, receipt) == before


async def test_who_asked_is_found_by_an_index_among_many(stage):
    asked = await stage.asked()
    pool = await stage.database.pool()
    await pool.execute(MANY, 20_000)
    await pool.execute("analyze")
    centre = officer("coordinator", agency="H42", scope="province", subject="centre")
    now = stage.app.state.now()
    for words in ("Nguyễn Thị Ánh", PERSON["id_number"], PERSON["email"]):
        for queue in (Queue.OPEN, Queue.ANSWERED):
            asking = Board(queue, q=words, people=True)
            plan = await plan_of(
                stage, lambda session, it=asking: queries.board(session, centre, it, now, limit=50)
            )
            assert "ix_question_who" in plan, (words, queue, plan)
            assert "Seq Scan on question" not in plan, (words, queue, plan)
        assert await found(stage, words) == [asked["number"]]
    asking = Board(q="Nguyễn Thị Ánh", people=True)
    plan = await plan_of(stage, lambda session: queries.found_counts(session, centre, asking, now))
    assert ("ix_question_who" in plan, "Seq Scan on question" in plan) == (True, False), plan


MANY = """insert into question (number, announced, state, key_hash, asker_kind, asker_sealed, asker_marks,
    consent_name, topic, title, title_key, text, doubts, asked_at, returned_count, interim, clock, clock_from, due_at,
    soon_at, closed_at, line_count, version)
select 'HD-2025-' || lpad(g::text, 6, '0'), 1, case when g % 2 = 0 then 'answered' else 'asked' end, 'k' || g,
    'individual', 'k0.x', array[md5('a' || g % 40), md5('b' || g % 300), md5('c' || g), md5('d' || g)],
    false, 'legal_rules', 'Khai sinh', 'x', 'x', '[]', now(), 0, '[]', 'triage', now(),
    now() + g * interval '1 minute', now(), case when g % 2 = 0 then now() - g * interval '1 minute' end, 1, 1
from generate_series(1, $1::int) g"""
