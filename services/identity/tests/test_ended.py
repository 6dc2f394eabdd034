"""What is over is over everywhere within a second: sign-out, switching off, lost roles, changed passwords."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio
from common import ended as rules
from common.ended import Ended
from common.errors import UnauthenticatedError
from common.security import Verifier
from identity.usecases.seed_accounts import seed_accounts
from sqlalchemy import text
from suite.testing import officer

PASSWORD = "Mot mat ma dai"
ADMIN = officer("agency_admin", agency="H42.101", subject="018f0000-0000-7000-8000-0000000000ab")
Hit = Callable[[Any, dict[str, Any]], Awaitable[httpx.Response]]


@pytest_asyncio.fixture(name="town", loop_scope="session")
async def own_town(make_town: Callable[[], Awaitable[Any]]) -> Any:
    """Give a service of one's own: officers change here without being announced."""
    return await make_town()


class Neighbour:
    """Another service: it checks tokens with what identity tells, and has nothing else of it."""

    def __init__(self, town: Any) -> None:
        self.asked, self.away = 0, False
        self.inner = httpx.ASGITransport(app=town.app)
        client = httpx.AsyncClient(transport=httpx.MockTransport(self.answer), base_url="http://identity")
        self.ended = Ended("http://identity/api/identity/ended-sessions", client)
        self.verifier = Verifier.from_jwks({"keys": town.own_keys}, self.ended)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.away:
            raise httpx.ConnectError("away")
        return await self.inner.handle_async_request(request)

    async def lets_in(self, token: str) -> bool:
        try:
            await self.verifier.verify(token)
        except UnauthenticatedError:
            return False
        return True

    async def shuts_out(self, token: str, within: float = 1.0) -> bool:
        """Tell whether a token falls in time, asking as often as a busy page does."""
        deadline = time.monotonic() + within
        while await self.lets_in(token):
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True


async def an_officer(town: Any, number: int) -> dict[str, Any]:
    entry = {
        "kind": "officer",
        "login": f"het{number}.hoalu",
        "full_name": "Lê Thị Mai",
        "id_number": f"0371966{number:05d}",
        "email": f"het{number}@motcua.example",
        "agency": "H42.101",
        "unit": "mot-cua",
        "roles": ["specialist", "desk_officer"],
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return entry


async def sign_out(town: Any, tokens: dict[str, Any]) -> httpx.Response:
    return await (await town.with_token(tokens)).delete("/api/identity/sessions/current")


async def change_password(town: Any, tokens: dict[str, Any]) -> httpx.Response:
    body = {"current": PASSWORD, "new": "Mot cau that la dai"}
    return await (await town.with_token(tokens)).put("/api/identity/me/password", json=body)


def changed(**values: Any) -> Hit:
    async def change(town: Any, tokens: dict[str, Any]) -> httpx.Response:
        path = f"/api/identity/officers/{tokens['account']['id']}"
        async with town.as_(ADMIN) as web:
            return await web.patch(path, json={"version": 1, **values})

    return change


async def first_password(town: Any, tokens: dict[str, Any]) -> httpx.Response:
    path = f"/api/identity/officers/{tokens['account']['id']}/first-password"
    async with town.as_(ADMIN) as web:
        return await web.post(path, json={"version": 1, "reason": "Quên mật khẩu"})


HITS = {
    "sign-out": sign_out,
    "password": change_password,
    "switched off": changed(active=False),
    "role lost": changed(roles=["specialist"]),
    "reset by the administrator": first_password,
}


@pytest.mark.parametrize("hit", HITS)
async def test_s16_s10_what_is_over_is_over_at_every_service_within_a_second(town: Any, hit: str) -> None:
    entry = await an_officer(town, list(HITS).index(hit))
    tokens = (await town.sign_in(entry["login"], PASSWORD)).json()
    other = (await town.sign_in(entry["login"], PASSWORD)).json()
    await town.with_token(tokens)
    neighbour = Neighbour(town)
    assert await neighbour.lets_in(tokens["access_token"])
    answer = await HITS[hit](town, tokens)
    assert answer.is_success, answer.text
    assert await neighbour.shuts_out(tokens["access_token"])
    # Signing out ends one sign-in, everything else ends all of them.
    assert await neighbour.lets_in(other["access_token"]) is (hit == "sign-out")


async def test_s16_a_verifier_that_starts_later_knows_what_ended_before(town: Any) -> None:
    entry = await an_officer(town, 50)
    tokens = (await town.sign_in(entry["login"], PASSWORD)).json()
    await sign_out(town, tokens)
    assert not await Neighbour(town).lets_in(tokens["access_token"])


async def test_nobody_is_asked_at_every_request(town: Any) -> None:
    entry = await an_officer(town, 51)
    tokens = (await town.sign_in(entry["login"], PASSWORD)).json()
    await town.with_token(tokens)
    neighbour = Neighbour(town)
    for _ in range(500):
        assert await neighbour.lets_in(tokens["access_token"])
    assert neighbour.asked == 1


async def test_while_identity_is_away_what_is_known_holds_and_nobody_waits(town: Any) -> None:
    entry = await an_officer(town, 52)
    gone, stays = [(await town.sign_in(entry["login"], PASSWORD)).json() for _ in range(2)]
    await town.with_token(gone)
    neighbour = Neighbour(town)
    assert await neighbour.lets_in(stays["access_token"])
    await sign_out(town, gone)
    assert await neighbour.shuts_out(gone["access_token"])
    neighbour.away = True
    started = time.monotonic()
    neighbour.ended._read_at -= rules.OLD + 1  # as if nothing had been read for a while
    for _ in range(100):
        assert await neighbour.lets_in(stays["access_token"])
        assert not await neighbour.lets_in(gone["access_token"])
    assert time.monotonic() - started < rules.PATIENCE + 1
    assert neighbour.asked < 10


async def test_s16_an_end_that_was_half_a_minute_in_being_written_is_told(town: Any) -> None:
    """The instant of an end is that of the request; the lock of somebody else may hold its commit up."""
    tokens = (await town.sign_in((await an_officer(town, 54))["login"], PASSWORD)).json()
    begun = town.clock.now
    town.clock.pass_(seconds=31)
    async with town.as_() as web:
        before = (await web.get("/api/identity/ended-sessions")).json()
        async with town.database.sessions.begin() as session:
            ended = text("update sign_in_session set ended_at = :at where id = :id")
            await session.execute(ended, {"at": begun, "id": tokens["session_id"]})
        after = await web.get("/api/identity/ended-sessions", params={"after": before["until"]})
    assert tokens["session_id"] in after.json()["ended"]


async def test_an_ended_sign_in_is_told_for_as_long_as_a_token_lives_and_no_longer(town: Any) -> None:
    entry = await an_officer(town, 53)
    tokens = (await town.sign_in(entry["login"], PASSWORD)).json()
    await sign_out(town, tokens)
    async with town.as_() as web:
        first = (await web.get("/api/identity/ended-sessions")).json()
        assert tokens["session_id"] in first["ended"]
        town.clock.pass_(minutes=14)
        later = (await web.get("/api/identity/ended-sessions")).json()
        assert tokens["session_id"] in later["ended"]
        since = await web.get("/api/identity/ended-sessions", params={"after": later["until"]})
        assert tokens["session_id"] not in since.json()["ended"]
        town.clock.pass_(minutes=3)
        assert tokens["session_id"] not in (await web.get("/api/identity/ended-sessions")).json()["ended"]
