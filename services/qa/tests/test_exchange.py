"""The port to other feedback systems: each item once, the same process and clocks, states and replies to go back."""

import asyncio
from contextlib import asynccontextmanager

import httpx
import pytest
from common.ids import uuid7
from common.security import Caller
from feedback_stage import REPLY, does, filed, seen
from qa.domain.exchange import EXCHANGE, checked_origin, origin_of
from qa.models import Feedback
from qa_stage import AGENCY, QA
from sqlalchemy import func, select
from suite.testing import client

PLACE = f"{QA}/exchange/feedback"
ITEM = {
    "system": "national_portal",
    "their_number": "PAKN.2026/000123",
    "came_at": "2026-11-16T01:30:00Z",
    "category": "conduct",
    "title": "Chờ lâu tại một cửa",
    "text": "Tôi chờ hơn hai giờ tại bộ phận một cửa mà không ai gọi số.",
    "sender": {"name": "Nguyễn Thị Ánh", "email": "anh@motcua.example"},
}


@asynccontextmanager
async def connector(stage, *roles):
    """Speak as the service that connects the systems."""
    who = Caller("connectors", "service", frozenset(roles or (EXCHANGE,)), None, None, None, "test")
    async with client(stage.app, who) as web:
        yield web


async def hands_in(web: httpx.AsyncClient, **changes):
    """Hand one item in, each time as a request of its own."""
    return await web.post(PLACE, json={**ITEM, **changes}, headers={"Idempotency-Key": str(uuid7())})


async def test_feedback_of_another_system_goes_the_same_way_and_its_reply_goes_back(stage):
    async with connector(stage) as web:
        handed = await hands_in(web)
        assert handed.status_code == 201, handed.text
        number = handed.json()["number"]
        assert (handed.json()["state"], handed.json()["reply"]) == ("received", None)
        officers = await seen(stage, "centre", number)
        assert (officers["channel"], officers["came_at"]) == ("national_portal", ITEM["came_at"])
        assert {one["kind"] for one in officers["clocks"]} == {"triage", "response"}
        await does(stage, "centre", number, "triage", agency=AGENCY, category="conduct")
        await does(stage, "head", number, "reply", text=REPLY)
        told = (await web.get(f"{PLACE}/{number}")).json()
    assert (told["state"], told["reply"], told["agency_name"]) == ("replied", REPLY, "Sở Tư pháp")
    assert (told["system"], told["their_number"]) == (ITEM["system"], ITEM["their_number"])
    facts = await stage.events("feedback_received", "feedback_forwarded", "feedback_replied")
    assert [one["their_number"] for one in facts] == [ITEM["their_number"]] * 3
    assert [one["from_system"] for one in facts] == ["national_portal"] * 3
    assert not any(one["reachable"] for one in facts), "the other system tells its sender"


async def test_the_same_item_is_taken_once_also_from_two_at_a_time(stage):
    async with connector(stage) as web:
        answers = await asyncio.gather(*(hands_in(web) for _ in range(4)))
        again = await hands_in(web, text="Tôi chờ hơn hai giờ, xin trả lời sớm cho tôi được biết.")
        other = await hands_in(web, their_number="PAKN.2026/000124")
        elsewhere = await hands_in(web, system="government_portal")
    numbers = {one.json()["number"] for one in (*answers, again)}
    assert len(numbers) == 1
    assert {other.json()["number"], elsewhere.json()["number"]}.isdisjoint(numbers)
    async with stage.database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Feedback)) == 3
    assert len(await stage.events("feedback_received")) == 3


async def test_what_belongs_elsewhere_goes_back_with_its_channel(stage):
    async with connector(stage) as web:
        number = (await hands_in(web)).json()["number"]
        await does(stage, "centre", number, "closing", ground="complaint", reason="Đây là đơn khiếu nại.")
        told = (await web.get(f"{PLACE}/{number}")).json()
    assert (told["state"], told["closing_reason"]) == ("closed", "Đây là đơn khiếu nại.")
    assert told["closing_channel"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"system": "portal"}, "system"),
        ({"their_number": "a:b"}, "their_number"),
        ({"their_number": " "}, "their_number"),
        ({"came_at": "2027-01-01T00:00:00Z"}, "came_at"),
        ({"sender": {"phone": "12"}}, "sender.phone"),
    ],
)
async def test_what_is_wrong_with_an_item_is_named(stage, changes, field):
    async with connector(stage) as web:
        refused = await hands_in(web, **changes)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == [field]


async def test_a_sender_the_other_system_does_not_name_is_no_hindrance(stage):
    async with connector(stage) as web:
        assert (await hands_in(web, sender={})).status_code == 201


async def test_only_the_service_of_the_exchange_uses_the_port_and_sees_what_was_handed_in(stage):
    own = await filed(stage)
    async with connector(stage) as web:
        number = (await hands_in(web)).json()["number"]
        assert (await web.get(f"{PLACE}/{own['number']}")).status_code == 404
    async with connector(stage, "contacts:read") as web:
        assert (await hands_in(web)).status_code == 403
    for who, status in (("centre", 403), ("asker", 403), ("nobody", 401)):
        assert (await stage.send(who, "GET", f"/exchange/feedback/{number}")).status_code == status, who
    key = checked_origin(ITEM["system"], ITEM["their_number"]).key
    for guess in (key, ITEM["their_number"], ""):
        assert (await stage.send("nobody", "POST", "/follow-ups/feedback", {"key": guess})).status_code in (
            404,
            422,
        )


def test_what_people_sent_themselves_has_no_origin():
    assert origin_of("0" * 64) is None
    assert origin_of(checked_origin("national_portal", "A/1").key) == ("national_portal", "A/1")
