"""What the broker is to know of an agency's own instances, as definitions to import into a province that runs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import aio_pika
from aio_pika.exceptions import ChannelNotFoundEntity
from common.topology import DIRECT, EXCHANGE, QUORUM, direct_key, queue_of
from regulation.codes.agency import AgencyCode

from suite.deploy.secret_files import password_hash
from suite.run.manifest import manifests

Json = dict[str, Any]


def account(service: str, agency: str) -> str:
    """Name the account of an agency's instance."""
    return f"{service}.{agency}"


def agency_definitions(agency: str, services: Sequence[str], passwords: Mapping[str, str]) -> Json:
    """Return per service an account that speaks for the agency's sub-tree, and a queue that hears it.

    The account may make and bind nothing, and may not write to a queue directly, where no topic would hold it.
    """
    return {
        "users": [_user(one, agency, passwords[f"amqp-{one}"]) for one in services],
        "permissions": [_allowed(one, agency) for one in services],
        "topic_permissions": [_topics_allowed(one, agency) for one in services],
        "queues": [_queue(queue_of(one, agency)) for one in services],
        "bindings": [one for service in services for one in _bindings(service, agency)],
    }


def topics(service: str, agency: str) -> list[str]:
    """List what an agency's instance hears: its sub-tree, and what is told to the whole province."""
    one = manifests()[service]
    heard = one.apart.hears or one.listens
    return [f"{type_}.{end}" for type_ in heard for end in (f"{agency}.#", "province")]


def concerns(agency: str | None, instance: str) -> bool:
    """Tell whether what is said of an agency, or of the whole province (None), is for an instance; as `topics` bind."""
    return agency is None or AgencyCode.parse(agency).within(instance)


async def has_queue(amqp_url: str | None, service: str, agency: str) -> bool:
    """Tell whether the broker has a queue for an agency's instance, that is, whether its definitions were imported."""
    if amqp_url is None:
        return False
    connection = await aio_pika.connect(amqp_url, timeout=10)
    async with connection:
        channel = await connection.channel()
        with suppress(ChannelNotFoundEntity):
            await channel.declare_queue(queue_of(service, agency), passive=True)
            return True
    return False


def _user(service: str, agency: str, password: str) -> Json:
    return {
        "name": account(service, agency),
        "password_hash": password_hash(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": list[str](),
    }


def _allowed(service: str, agency: str) -> Json:
    return {
        "user": account(service, agency),
        "vhost": "/",
        "configure": "^$",
        "write": f"^{_literally(EXCHANGE)}$",
        "read": f"^{_literally(queue_of(service, agency))}$",
    }


def _topics_allowed(service: str, agency: str) -> Json:
    below = rf"\.{_literally(agency)}(\.|$)"
    return {
        "user": account(service, agency),
        "vhost": "/",
        "exchange": EXCHANGE,
        "write": rf"^{_said(service)}{below}",
        "read": "^$",
    }


def _said(service: str) -> str:
    """Return which types an agency's instance may announce."""
    only = manifests()[service].apart.says
    return f"({'|'.join(map(_literally, only))})" if only else rf"{service}\.[a-z_]+\.v[0-9]+"


def _queue(name: str) -> Json:
    return {"name": name, "vhost": "/", "durable": True, "auto_delete": False, "arguments": dict(QUORUM)}


def _bindings(service: str, agency: str) -> list[Json]:
    """Bind the queue of an instance to what it hears, and to what the province says to it alone."""
    keys = [(EXCHANGE, topic) for topic in topics(service, agency)]
    keys.append((DIRECT, direct_key("#", account(service, agency))))
    target = {"destination": queue_of(service, agency), "destination_type": "queue", "arguments": {}}
    return [{"source": source, "vhost": "/", "routing_key": key, **target} for source, key in keys]


def _literally(name: str) -> str:
    return name.replace(".", r"\.")
