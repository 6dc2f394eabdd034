"""Asking is one statement: whole or not at all, told as any other deed, with nothing in it that opens a question."""

import asyncio
import json

import pytest
from qa.domain.search import words_of, words_sought
from qa_stage import COMPANY, PERSON, QA, TEXT, body

ROWS = "select (select count(*) from question), (select count(*) from clock), (select count(*) from line),"
ROWS += " (select count(*) from outbox), (select count(*) from idempotency_key)"


async def rows(stage):
    pool = await stage.database.pool()
    return tuple(await pool.fetchrow(ROWS))


async def sent(stage, who, key, **changes):
    headers = {"Idempotency-Key": key}
    return await stage.people[who].post(f"{QA}/questions", json=body(**changes), headers=headers)


async def test_what_may_not_be_asked_writes_nothing_at_all(stage):
    await stage.asked()
    before = await rows(stage)
    for wrong in ({}, {"agency": "H42.900"}, {"procedure": "9.999999"}, {"topic": "x"}):
        assert (await sent(stage, "nobody", "one", **wrong)).status_code in (409, 422)
    assert await rows(stage) == before


async def test_a_key_used_again_for_another_text_is_refused_and_for_the_same_one_answered_as_before(stage):
    first = await sent(stage, "nobody", "one")
    again, other = (
        await sent(stage, "nobody", "one"),
        await sent(stage, "nobody", "one", text=TEXT + " Khác."),
    )
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert (await sent(stage, "stranger", "one")).status_code == 201
    assert (await rows(stage))[0] == 2


async def test_four_repeats_at_once_are_one_question_and_four_times_the_same_answer(stage):
    told = await asyncio.gather(*(sent(stage, "asker", "one") for _ in range(4)))
    assert {answer.status_code for answer in told} == {201}
    assert len({answer.text for answer in told}) <= 2, "with a zone written as one or as the other"
    assert len({(answer.json()["number"], answer.json()["key"]) for answer in told}) == 1
    assert (await rows(stage))[:4] == (1, 1, 1, 1)


async def test_a_repeat_is_answered_also_where_so_many_were_sent(stage, monkeypatch):
    monkeypatch.setattr("qa.api.patience.ACCOUNT", 1 / 1000)
    first = await sent(stage, "asker", "one")
    assert (await sent(stage, "asker", "two", text=TEXT + " Khác.")).status_code == 429
    assert (await sent(stage, "asker", "one")).json() == first.json()


async def test_who_asks_with_an_account_stands_in_the_access_log_once_and_nobody_else(stage):
    asked = await stage.asked("asker")
    await stage.asked("nobody", text=TEXT + " Xin cảm ơn.")
    pool = await stage.database.pool()
    lines = await pool.fetch("select actor, deed, route, subject, outcome, roles from audit_line")
    assert [tuple(line) for line in lines] == [
        ("asker", "change", "POST /api/qa/questions", asked["number"], 200, "citizen")
    ]


async def test_the_fact_says_number_due_time_and_whom_to_tell(stage):
    asked = await stage.asked()
    [fact] = await stage.events("question_asked")
    assert (fact["number"], fact["aggregate_id"], fact["aggregate_version"]) == (
        asked["number"],
        asked["number"],
        1,
    )
    assert (fact["tell"], fact["reachable"], fact["due_at"]) == (["centre"], True, asked["due_at"])
    pool = await stage.database.pool()
    row = await pool.fetchrow("select type, routing_key, envelope ->> 'subject' as subject from outbox")
    assert tuple(row) == ("qa.question_asked.v1", "qa.question_asked.v1.province", asked["number"])


@pytest.mark.parametrize("clear", [False, True], ids=["sealed", "in clear"])
async def test_an_address_nobody_proved_gets_three_first_mails_a_day(stage, clear):
    if clear:
        stage.database.ring = None
    for number in range(4):
        await stage.asked(text=f"{TEXT} Câu thứ {number}.")
    assert [fact["reachable"] for fact in await stage.events("question_asked")] == [True] * 3 + [False]
    await stage.asked("asker", text=TEXT + " Có tài khoản.")
    stage.at("2026-11-18T02:00:00+00:00")
    await stage.asked(text=f"{TEXT} Hôm sau.")
    assert [fact["reachable"] for fact in await stage.events("question_asked")][4:] == [False, True]


async def test_r_sec_16_the_answer_kept_for_a_repeat_holds_no_key_in_clear(stage):
    asked = await stage.asked()
    pool = await stage.database.pool()
    kept = await pool.fetchval("select body::text from idempotency_key")
    assert json.loads(kept).keys() == {"number", "sealed"}
    assert (asked["number"] in kept, asked["key"] in kept) == (True, False)


@pytest.mark.parametrize("asker", [PERSON, COMPANY, {"establishment_number": "12/GP-UBND 0102030405"}])
def test_an_asker_is_found_by_every_word_it_is_found_by_as_somebody_types_it(asker):
    known = set(words_of(asker))
    names = ("address", "nationality", "asker_position", "head_office_address")
    typed = [str(said) for name, said in asker.items() if name not in names]
    assert [said for said in typed if not set(words_sought(said)) <= known] == []
    assert known
