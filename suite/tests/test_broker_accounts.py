"""What the broker holds each service of a province to: its own name when it speaks, its own queue when it hears."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aio_pika
import pytest
from aio_pika.abc import AbstractChannel
from aiormq.exceptions import ChannelAccessRefused
from common.topology import DEAD, DIRECT, EXCHANGE, UNHEARD, apply_topology, direct_key, queue_of
from suite.deploy.containers import installation
from suite.deploy.secret_files import broker_definitions, lay_secrets
from suite.run.layout import OWNERS, listens
from suite.run.manifest import manifests
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder

pytestmark = pytest.mark.broker
SPEAKERS = [name for name in OWNERS if manifests()[name].announces]
HEARERS = [name for name in OWNERS if listens(name)]
Call = Callable[[AbstractChannel], object]


def first_of(service: str) -> str:
    return f"{manifests()[service].announces[0]}.H42.15"


@pytest.fixture(scope="module")
async def urls(rabbit: RabbitServer) -> dict[str, str]:
    """Let a broker know the accounts as an installation in containers lays them down; give each one's address."""
    plan = installation(private_folder("broker-accounts"))
    await apply_topology(rabbit.url, {name: listens(name) for name in HEARERS})
    told = broker_definitions(plan)
    told["users"] = [
        one for one in told["users"] if one["name"] != "motcua"
    ]  # the fixture's own administrator
    place = private_folder("broker-definitions") / "definitions.json"
    place.parent.chmod(0o755)  # the broker's own user reads it
    place.write_text(json.dumps(told))
    place.chmod(0o644)
    rabbit.control("import_definitions", str(place))
    return {
        name: f"amqp://{name}:{plan.passwords[f'amqp-{name}']}@127.0.0.1:{rabbit.port}/" for name in OWNERS
    }


@pytest.fixture
async def emptied(rabbit: RabbitServer, urls: dict[str, str]) -> AsyncIterator[AbstractChannel]:
    """Give the administrator's channel, with nothing in any queue."""
    connection = await aio_pika.connect(rabbit.url)
    async with connection:
        channel = await connection.channel()
        for name in HEARERS:
            await (await channel.get_queue(queue_of(name))).purge()
        yield channel


async def held(channel: AbstractChannel) -> dict[str, int]:
    """Count what lies in each service's queue."""
    found = {name: await channel.declare_queue(queue_of(name), passive=True) for name in HEARERS}
    return {name: one.declaration_result.message_count or 0 for name, one in found.items()}


async def said(url: str, exchange: str, key: str) -> None:
    """Publish under a key and wait for the confirm; raises when the broker refuses."""
    connection = await aio_pika.connect(url)
    async with connection, asyncio.timeout(10):
        channel = await connection.channel(on_return_raises=True)
        to = await channel.get_exchange(exchange, ensure=False) if exchange else channel.default_exchange
        await to.publish(aio_pika.Message(b"x"), key)


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("service", SPEAKERS)
async def test_s40_a_service_speaks_in_its_own_name_and_in_no_others(
    urls: dict[str, str], service: str
) -> None:
    await said(urls[service], EXCHANGE, first_of(service))
    for other in SPEAKERS:
        if other != service:
            with pytest.raises(ChannelAccessRefused):
                await said(urls[service], EXCHANGE, first_of(other))


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("service", SPEAKERS)
async def test_s40_past_the_topics_a_service_reaches_nobodys_queue(
    urls: dict[str, str], emptied: AbstractChannel, service: str
) -> None:
    for hearer in HEARERS:
        with pytest.raises(ChannelAccessRefused):
            await said(urls[service], "", queue_of(hearer))
    forged = next(first_of(other) for other in SPEAKERS if other != service)
    with pytest.raises(ChannelAccessRefused):
        await said(urls[service], DIRECT, direct_key(forged, HEARERS[0]))
    assert set((await held(emptied)).values()) == {0}


@pytest.mark.parametrize("service", SPEAKERS)
async def test_what_is_told_to_one_alone_reaches_that_one_alone(
    urls: dict[str, str], emptied: AbstractChannel, service: str
) -> None:
    await said(urls[service], DIRECT, direct_key(first_of(service), HEARERS[-1]))
    assert await held(emptied) == {name: int(name == HEARERS[-1]) for name in HEARERS}


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("service", sorted(set(OWNERS) - set(SPEAKERS)))
async def test_s40_who_announces_nothing_says_nothing(urls: dict[str, str], service: str) -> None:
    for exchange, key in ((EXCHANGE, f"{service}.x_done.v1"), (EXCHANGE, first_of(SPEAKERS[0])), ("", DEAD)):
        with pytest.raises(ChannelAccessRefused):
            await said(urls[service], exchange, key)


async def refused(url: str, act: Call) -> None:
    connection = await aio_pika.connect(url)
    async with connection:
        with pytest.raises(ChannelAccessRefused):
            await act(await connection.channel())


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("service", OWNERS)
async def test_s40_a_service_reads_its_own_queue_and_no_other(urls: dict[str, str], service: str) -> None:
    if service in HEARERS:
        connection = await aio_pika.connect(urls[service])
        async with connection:
            own = await (await connection.channel()).get_queue(queue_of(service), ensure=False)
            await own.get(fail=False, no_ack=True)
    for other in (*(queue_of(one) for one in HEARERS if one != service), DEAD, UNHEARD):

        async def read(channel: AbstractChannel, name: str = other) -> None:
            await (await channel.get_queue(name, ensure=False)).get(fail=False)

        await refused(urls[service], read)


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize("service", HEARERS)
async def test_s40_a_service_makes_empties_and_binds_no_queue(urls: dict[str, str], service: str) -> None:
    async def make(channel: AbstractChannel) -> None:
        await channel.declare_queue("motcua.mine", durable=True)

    async def bind(channel: AbstractChannel) -> None:
        await (await channel.get_queue(queue_of(service), ensure=False)).bind(EXCHANGE, "#")

    async def delete(channel: AbstractChannel) -> None:
        await channel.queue_delete(queue_of(service))

    async def empty(channel: AbstractChannel) -> None:
        await (await channel.get_queue(DEAD, ensure=False)).purge()

    for act in (make, bind, delete, empty):
        await refused(urls[service], act)


def test_an_update_renews_the_rights_and_keeps_every_password(tmp_path: Path) -> None:
    lay_secrets(tmp_path)
    place = tmp_path / "rabbitmq_definitions.json"
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir() if one != place}
    place.write_text("{}")  # what an earlier version wrote
    lay_secrets(tmp_path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir() if one != place} == before
    rights = {one["user"]: one["write"] for one in json.loads(place.read_text())["permissions"]}
    assert "default" not in str({name: words for name, words in rights.items() if name != "motcua"})
