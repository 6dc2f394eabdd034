"""An agency answers by an instance of its own; its question is the province's before and after, and nowhere twice."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpx
import pytest
from common.database import Database
from common.handling import InboxHandler
from common.ids import uuid7
from common.inbox import Arrival, store
from fastapi import FastAPI
from qa.events import Asked, Standing
from qa.main import create_app, placed
from qa.models import Question
from qa.queries.handing import standing
from qa.settings import Settings
from qa.subscribers import subscriptions
from qa.usecases import lend_questions as lending
from qa.usecases.check_balance import check_balance
from qa.usecases.flag_clocks import flag_clocks
from qa.usecases.forget_lent import forget_lent
from qa_stage import AGENCY, ANSWER, CITATION, LEADER, MONDAY, OTHER, PERSON, TEXT, Stage, fill
from regulation.instances import turns_of
from sqlalchemy import text
from suite.testing import client, officer

NOW = datetime.fromisoformat(MONDAY)
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
TURNS = turns_of({AGENCY: SINCE})
_NEWS = "SELECT id, type, envelope::text FROM outbox WHERE type ~ 'question_hand' ORDER BY seq"
_AGAIN = "UPDATE inbox SET retry_at = clock_timestamp() WHERE retry_at IS NOT NULL"
THERE = f"/api/qa/agencies/{AGENCY}/questions"


@dataclass
class Two:
    """The province's instance and an agency's own, and what travels between them."""

    stage: Stage
    own: FastAPI
    database: Database
    people: dict[str, httpx.AsyncClient]

    @property
    def sides(self):
        return ((self.stage.app, self.stage.database), (self.own, self.database))

    async def rows(self, database, statement, **values):
        async with database.sessions.begin() as session:
            done = await session.execute(text(statement), values)
            return done.all() if done.returns_rows else []

    async def news(self, database):
        return [Arrival(*row) for row in await self.rows(database, _NEWS)]

    async def hear(self, app, database, arrivals):
        await store(await database.pool(), arrivals)
        handler = InboxHandler(database, subscriptions(app.state.built.rules), first_delay=0.01)
        while await handler.one_pass():
            pass

    async def carry(self):
        """Let each hear what the other told, until nobody has anything to say."""
        for _ in range(2):
            told = [await self.news(database) for _, database in self.sides]
            for (app, database), arrivals in zip(self.sides, reversed(told), strict=True):
                await self.hear(app, database, arrivals)

    async def does(self, who, number, action, **sent):
        """Take an action at the agency's instance that works there."""
        answer = await self.tries(who, number, action, **sent)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def tries(self, who, number, action, **sent):
        if "version" not in sent:
            sent["version"] = (await self.seen("centre", number)).json()["version"]
        method = "PUT" if action == "draft" else "POST"
        headers = {"Idempotency-Key": str(uuid7())}
        return await self.people[who].request(
            method, f"{THERE}/{number}/{action}", json=sent, headers=headers
        )

    async def seen(self, who, number):
        return await self.people[who].get(f"{THERE}/{number}")

    async def lent(self, **changes):
        """Ask and forward at the province; give the number once the agency has it."""
        asked = await self.stage.forwarded(**changes)
        await self.carry()
        return asked["number"]

    async def answered(self, number):
        await self.does("owner", number, "draft", text=ANSWER, citations=[CITATION], submit=True)
        await self.does("signer", number, "release", **LEADER)
        await self.carry()

    def at(self, instant):
        for app, _ in self.sides:
            app.state.now = lambda: datetime.fromisoformat(instant)


def at_place(app, **changes):
    """Let an application be another instance, or know of one."""
    built = app.state.built
    app.state.built = replace(built, rules=replace(built.rules, **changes))


@pytest.fixture
async def two(stage, fresh_database, tmp_path):
    database = await fresh_database("qa")
    await fill(database)
    own = create_app(Settings(profile="thai-nguyen", instance=AGENCY, files_url=tmp_path.as_uri()), database)
    own.state.now = stage.app.state.now
    at_place(stage.app, agreed=TURNS)
    people = {
        "centre": client(own, officer("coordinator", agency="H42", scope="province", subject="centre")),
        "owner": client(own, officer("qa_owner", agency=AGENCY, subject="owner")),
        "signer": client(own, officer("signer", agency=AGENCY, subject="signer")),
        "other": client(own, officer("qa_owner", agency=OTHER, subject="other-owner")),
        "nobody": client(own),
    }
    yield Two(stage, own, database, people)
    for web in people.values():
        await web.aclose()


async def test_a_question_asked_at_the_province_is_answered_there_and_read_by_everybody_here(two):
    asked = await two.stage.forwarded()
    number = asked["number"]
    await two.carry()
    await two.answered(number)
    followed = (await two.stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()
    assert (followed["state"], followed["answer"]["text"]) == ("answered", ANSWER)
    [fact] = await two.stage.events("question_answered")
    assert (fact["number"], fact["reachable"], fact["in_time"], fact["agency"]) == (
        number,
        True,
        True,
        AGENCY,
    )
    texts = {"title": "Khai sinh cho con", "question": TEXT, "answer": ANSWER}
    await two.stage.does("owner", number, "publication", **texts)
    await two.stage.does("controller", number, "publication/confirmation")
    public = (await two.stage.send("nobody", "GET", "/answers")).json()
    assert [one["number"] for one in public["items"]] == [number]
    async with two.stage.database.sessions() as session:
        assert await check_balance(session, NOW) == []


async def test_everything_is_announced_by_the_province_and_only_once(two):
    number = await two.lent()
    await two.answered(number)
    told = await two.rows(two.database, "SELECT DISTINCT type FROM outbox")
    assert told == [("qa.question_handled.v1",)]
    types = [row[0] for row in await two.rows(two.stage.database, "SELECT type FROM outbox ORDER BY seq")]
    assert types.count("qa.draft_submitted.v1") == types.count("qa.question_answered.v1") == 1
    versions = [fact["aggregate_version"] for fact in await two.stage.events() if "owner" in fact]
    assert versions == sorted(set(versions))


BODIES = {
    "draft": ("owner", {"text": ANSWER}),
    "return": ("owner", {"reason": "Thuộc thẩm quyền khác."}),
    "kind": ("owner", {"kind": "cross_sector", "reason": "Nhiều ngành."}),
    "reminder": ("centre", {}),
    "triage": ("centre", {"agency": OTHER, "topic": "legal_rules", "note": "Gửi nhầm cơ quan."}),
}


@pytest.mark.parametrize("action", BODIES)
async def test_the_province_refuses_what_is_the_instances_and_says_where_it_is(two, action):
    number = await two.lent()
    who, sent = BODIES[action]
    refused = await two.stage.tries(who, number, action, **sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "question-elsewhere")
    assert AGENCY in refused.json()["detail"]
    kept = await two.stage.seen(who, number)
    assert (kept["held_by"], kept["actions"]) == (AGENCY, [])
    [row] = (await two.stage.send("centre", "GET", "/questions")).json()["items"]
    assert (row["number"], row["actions"]) == (number, [])
    assert (await two.stage.send("other", "GET", f"/questions/{number}")).status_code == 404


async def test_the_instance_answers_for_its_sub_tree_and_nothing_else(two):
    number = await two.lent()
    foreign = (await two.stage.forwarded(agency=OTHER, text=TEXT + " Xin hỏi thêm về hộ khẩu."))["number"]
    await two.carry()
    assert (await two.seen("centre", number)).status_code == 200
    assert (await two.seen("other", number)).status_code == 404
    assert (await two.seen("nobody", number)).status_code == 401
    assert (await two.seen("centre", foreign)).status_code == 404
    assert (await two.people["owner"].get(f"/api/qa/agencies/{OTHER}/questions/{number}")).status_code == 404
    refused = await two.tries("other", number, "draft", text=ANSWER, version=1)
    assert refused.status_code == 404
    listed = (await two.people["centre"].get(THERE)).json()["items"]
    assert [one["number"] for one in listed] == [number]
    assert (await two.people["centre"].get(f"/api/qa/agencies/{OTHER}/questions")).json()["items"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/questions"),
        ("GET", "/questions"),
        ("GET", "/answers"),
        ("GET", "/terms"),
        ("POST", "/follow-ups"),
        ("POST", "/feedback"),
        ("GET", "/bars"),
        ("POST", "/uploads"),
        ("POST", "/contacts"),
    ],
)
async def test_asking_following_and_public_lists_are_the_provinces(two, method, path):
    assert (await two.people["centre"].request(method, f"/api/qa{path}", json={})).status_code == 404


async def test_who_asked_does_not_travel(two):
    asked = await two.stage.forwarded()
    [lent] = await two.news(two.stage.database)
    for secret in (*PERSON.values(), asked["key"]):
        assert secret == "Việt Nam" or secret not in str(json.loads(lent.envelope_json))
    await two.carry()
    seen = (await two.seen("owner", asked["number"])).json()
    assert (seen["asker"], seen["files"], seen["text"]) == (None, [], TEXT)


def test_every_column_of_a_question_travels_or_is_known_to_stay():
    column_names = Question.__table__.c.keys()
    stays = {"number", "announced", "key_hash", "owner", "account_gone", "sameness", "title_key"}
    stays |= {"refusal", "publication", "published_no", "version"}
    asker = {name for name in column_names if name.startswith("asker") and name != "asker_kind"}
    travels = set(Asked.model_fields) | set(Standing.model_fields)
    assert set(column_names) - travels == stays | asker


async def test_given_back_it_goes_to_another_agency_and_comes_again(two):
    number = await two.lent()
    sent = {"reason": "Thuộc thẩm quyền của Sở Xây dựng.", "better_agency": OTHER}
    gone = await two.does("owner", number, "return", **sent)
    assert gone["state"] == "returned"
    await two.carry()
    kept = await two.stage.seen("centre", number)
    assert (kept["state"], kept["held_by"], kept["better_agency"]) == ("returned", "", OTHER)
    [returned] = await two.stage.events("question_returned")
    assert (returned["returned_by"], returned["agency"]) == (AGENCY, None)
    await two.stage.does("centre", number, "triage", agency=OTHER, topic="legal_rules")
    await two.stage.does("other", number, "return", reason="Thuộc thẩm quyền của Sở Tư pháp.")
    await two.stage.does("centre", number, "triage", agency=AGENCY, topic="legal_rules")
    await two.carry()
    await two.answered(number)
    seen = await two.stage.seen("centre", number)
    deeds = [line["deed"] for line in seen["history"]]
    assert (seen["state"], deeds.count("returned"), deeds.count("forwarded")) == ("answered", 2, 3)
    answers = [one["outcome"] for one in seen["clocks"] if one["kind"] == "answer"]
    assert sorted(answers) == ["done", "returned", "returned"]


async def test_the_coordinator_consents_and_takes_back_at_the_instance(two):
    first = await two.lent()
    two.at("2026-11-18T02:00:00+00:00")
    late = await two.does("owner", first, "return", reason="Thuộc thẩm quyền của Sở Xây dựng.")
    assert late["return_asked"]
    await two.does("centre", first, "return-consent", granted=True)
    second = await two.lent(text=TEXT + " Xin hỏi thêm về hộ khẩu.")
    taken = await two.does("centre", second, "triage", agency=OTHER, topic="legal_rules", note="Gửi nhầm.")
    assert (taken["state"], taken["better_agency"]) == ("returned", OTHER)
    await two.carry()
    for number in (first, second):
        assert (await two.stage.seen("centre", number))["state"] == "returned"
        await two.stage.does("centre", number, "triage", agency=OTHER, topic="legal_rules")
    assert [fact["number"] for fact in await two.stage.events("question_recalled")] == [second]


async def test_while_the_instance_is_away_everything_goes_on_and_nothing_is_lost(two):
    numbers = [(await two.stage.forwarded(text=f"{TEXT} Việc thứ {count}."))["number"] for count in range(3)]
    two.at("2026-12-10T02:00:00+00:00")
    assert await flag_clocks(two.stage.database, two.own.state.now()) == 3
    followed = await two.stage.seen("centre", numbers[0])
    late = [one["kind"] for one in followed["clocks"] if one["overdue"]]
    assert (followed["held_by"], late) == (AGENCY, ["answer"])
    await two.carry()
    assert [one["number"] for one in (await two.people["owner"].get(THERE)).json()["items"]] == numbers
    for number in numbers:
        await two.answered(number)
    answered = await two.stage.events("question_answered")
    assert [(fact["number"], fact["in_time"]) for fact in answered] == [(one, False) for one in numbers]


async def test_what_is_told_twice_or_too_late_changes_nothing(two):
    number = await two.lent()
    await two.answered(number)
    kept = await two.stage.seen("centre", number)
    facts = len(await two.stage.events())
    for _, database in two.sides:
        await two.rows(database, "DELETE FROM inbox")
    await two.carry()
    assert await two.stage.seen("centre", number) == kept
    two.at("2026-11-16T03:00:00+00:00")
    async with two.database.sessions.begin() as session:
        assert await forget_lent(session, two.own.state.now()) == 1
    [(words,)] = await two.rows(two.database, "SELECT text || coalesce(answer ->> 'text', '') FROM question")
    assert words == ""
    await two.rows(two.database, "DELETE FROM inbox")
    await two.carry()  # the first hand-over is told again, after the question left
    assert (await two.seen("centre", number)).status_code == 404
    assert len(await two.stage.events()) == facts


async def test_a_deed_that_overtakes_another_waits_for_it(two):
    number = await two.lent()
    await two.does("owner", number, "kind", kind="cross_sector", reason="Liên quan nhiều ngành.")
    await two.does("owner", number, "draft", text=ANSWER, citations=[CITATION], submit=True)
    *known, kind, draft = await two.news(two.database)
    await two.hear(two.stage.app, two.stage.database, [*known, draft])
    assert (await two.stage.seen("centre", number))["state"] == "forwarded"
    await two.rows(two.stage.database, _AGAIN)
    await two.hear(two.stage.app, two.stage.database, [kind])
    await two.rows(two.stage.database, _AGAIN)
    await two.hear(two.stage.app, two.stage.database, [])
    seen = await two.stage.seen("centre", number)
    assert (seen["state"], seen["kind"]) == ("drafted", "cross_sector")


class FallenError(Exception):
    """The process ended here."""


async def test_a_take_over_that_falls_in_the_middle_goes_on_and_doubles_nothing(two, monkeypatch):
    at_place(two.stage.app, agreed=())
    numbers = [(await two.stage.forwarded(text=f"{TEXT} Việc thứ {count}."))["number"] for count in range(5)]
    assert await two.news(two.stage.database) == []
    monkeypatch.setattr(lending, "BATCH", 2)
    whole, calls = lending.lend, []

    async def falls(*arguments):
        calls.append(arguments)
        if len(calls) == 4:
            raise FallenError
        await whole(*arguments)

    monkeypatch.setattr(lending, "lend", falls)
    with pytest.raises(FallenError):
        await lending.lend_questions(two.stage.database, TURNS, NOW)
    await two.carry()
    assert len((await two.people["owner"].get(THERE)).json()["items"]) == 2
    assert await lending.lend_questions(two.stage.database, TURNS, NOW) == 3
    assert await lending.lend_questions(two.stage.database, TURNS, NOW) == 0
    assert not (await stands(two)).done
    await two.carry()
    told = await stands(two)
    assert (told.here, told.handed_over, told.taken_over, told.done) == ({}, {"forwarded": 5}, 5, True)
    assert [one["number"] for one in (await two.people["owner"].get(THERE)).json()["items"]] == numbers


async def stands(two):
    async with two.stage.database.sessions() as session:
        return await standing(session, AGENCY, "", TURNS, NOW)


async def test_given_back_as_it_is_the_province_goes_on_with_the_draft(two):
    number = await two.lent()
    await two.does("owner", number, "draft", text=ANSWER, citations=[CITATION], submit=True)
    assert await lending.give_back(two.database, AGENCY, NOW) == 1
    assert await lending.give_back(two.database, AGENCY, NOW) == 0
    refused = await two.tries("signer", number, "release", **LEADER)
    assert (refused.status_code, refused.json()["code"]) == (409, "question-elsewhere")
    await two.carry()
    kept = await two.stage.seen("centre", number)
    assert (kept["held_by"], kept["state"], kept["draft"]["text"]) == ("", "drafted", ANSWER)
    await two.stage.does("signer", number, "release", **LEADER)


async def test_before_its_instant_the_province_answers_itself(two):
    at_place(two.stage.app, agreed=turns_of({AGENCY: datetime(2027, 1, 1, tzinfo=UTC)}))
    await two.stage.answered()
    assert await two.news(two.stage.database) == []


def test_the_settings_name_the_instance_and_the_others():
    told = placed(Settings(profile="thai-nguyen", instance=AGENCY, apart={AGENCY: SINCE}))
    assert (told.instance, told.agreed) == (AGENCY, TURNS)
    assert (told.beyond(OTHER), told.beyond(f"{AGENCY}.03"), told.beyond(AGENCY)) == (True, False, False)
