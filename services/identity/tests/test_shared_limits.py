"""Guessing a password or a code is slow however many replicas there are, and nobody else is slowed by it."""

from pathlib import Path

import httpx
import pytest
from identity.main import create_app
from identity.settings import Settings
from suite.testing import FreshDatabase, citizen, client, token
from suite.testing.redis import RedisServer


@pytest.fixture
async def replicas(
    fresh_database: FreshDatabase, redis: RedisServer, tmp_path: Path
) -> list[httpx.AsyncClient]:
    """Give two replicas: together four resets and twenty-four passwords of one address, or account, in a minute."""
    database = await fresh_database("identity")
    settings = Settings(
        key_folder=tmp_path, jwks_url="http://nowhere.invalid", redis_url=redis.url, rate_scale=0.2
    )
    return [client(create_app(settings, database)) for _ in range(2)]


async def tries(web: httpx.AsyncClient, count: int, address: str = "203.0.113.7") -> list[int]:
    """Ask for a reset so many times; which name is asked for makes no difference."""
    headers = {"X-Forwarded-For": f"6.6.6.6, {address}"}
    place, body = "/api/identity/password-resets", {"login": "nobody@example.org"}
    return [(await web.post(place, json=body, headers=headers)).status_code for _ in range(count)]


def within(statuses: list[int], most: int) -> bool:
    """Tell whether so many were let through, then none; where a minute begins meanwhile, one more may be."""
    through = statuses.count(202)
    return through in (most, most + 1) and statuses == [202] * through + [429] * (len(statuses) - through)


async def test_replicas_count_one_address_together_and_say_when_to_come_back(
    replicas: list[httpx.AsyncClient],
) -> None:
    here, there = replicas
    assert await tries(here, 2) == [202] * 2
    assert within(await tries(there, 4), 2)
    headers = {"X-Forwarded-For": "203.0.113.7"}
    refused = await there.post("/api/identity/password-resets", json={"login": "a"}, headers=headers)
    assert (refused.headers["retry-after"], refused.json()["code"]) == ("60", "too-many-requests")
    assert await tries(there, 1, "203.0.113.8") == [202]


async def test_one_network_of_ipv6_is_one_address(replicas: list[httpx.AsyncClient]) -> None:
    here, there = replicas
    assert await tries(here, 4, "2001:db8:1:2::a") == [202] * 4
    assert within(await tries(there, 2, "2001:db8:1:2:ffff::b"), 0)
    assert await tries(there, 1, "2001:db8:1:3::a") == [202]


async def test_an_account_is_counted_wherever_it_comes_from(replicas: list[httpx.AsyncClient]) -> None:
    statuses, change = [], {"current": "x", "new": "y"}
    for number in range(30):
        web = replicas[number % 2]
        headers = {
            "Authorization": f"Bearer {token(citizen())}",
            "X-Forwarded-For": f"198.51.100.{number}",
        }
        statuses.append(
            (await web.put("/api/identity/me/password", json=change, headers=headers)).status_code
        )
    assert 429 not in statuses[:24]
    assert statuses[-1] == 429


@pytest.mark.parametrize("fault", ["stop", "freeze"])
async def test_without_redis_each_replica_holds_its_own_limit_and_locks_nobody_out(
    replicas: list[httpx.AsyncClient], redis: RedisServer, fault: str
) -> None:
    here, there = replicas
    getattr(redis, fault)()
    for web in (here, there):
        assert within(await tries(web, 6), 4)
        assert await tries(web, 1, "203.0.113.8") == [202]
