"""The route table: rows of addresses, read from data and checked before Envoy ever sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from regulation.codes import is_way


class TableError(ValueError):
    """The route table contradicts itself; the message names the row."""


class Token(StrEnum):
    """What a row asks of the access token."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True)
class Limit:
    """So many requests in so many seconds, per client address."""

    name: str
    requests: int
    seconds: int
    shared: int = 0
    """What the services let one address or account do, whichever edge it comes through; 0 where they do not count."""


@dataclass(frozen=True)
class Group:
    """What is shed together: so many of its requests are with one service at once, so many wait, the rest is refused.

    The smaller its share, the sooner a group is shed; what is in no group goes last.
    """

    name: str
    at_once: int
    waiting: int


@dataclass(frozen=True)
class Route:
    """One row: which requests, who answers, for whom, how large and how often. Without a service it is closed."""

    prefix: str | None = None
    path: str | None = None
    regex: str | None = None
    methods: tuple[str, ...] = ()
    multipart: bool = False
    service: str | None = None
    token: Token = Token.REQUIRED
    limit: Limit | None = None
    body_bytes: int = 0
    stream: bool = False
    """Whether the answer goes on for minutes, as news for an open page do; such ones take no room from the others."""
    group: Group | None = None
    """With which others it is shed when too much is asked; none is shed last."""
    administration: bool = False
    """Whether it belongs to the administration, which may have a host of its own."""

    @property
    def upstream(self) -> str:
        """Name who answers, as a share of it where the row is in a group."""
        return f"{self.service} {self.group.name}" if self.group else str(self.service)

    @property
    def address(self) -> str:
        """Give the address this row was written with."""
        return self.prefix or self.path or self.regex or ""


@dataclass(frozen=True)
class Override:
    """One agency's own instance: addresses under `prefix` go to `upstream` ("host:port")."""

    prefix: str
    upstream: str


@dataclass(frozen=True)
class Administration:
    """The host of the administration, and the networks it is answered to; on every other host it does not exist."""

    host: str
    networks: tuple[IPv4Network | IPv6Network, ...]

    def __post_init__(self) -> None:
        """Refuse a host that would be open to everybody. Raises: TableError."""
        if not self.networks:
            raise TableError(f"{self.host}: say which networks may reach the administration")


def read_table(data: Mapping[str, Any]) -> tuple[Route, ...]:
    """Read the rows of a route table in their order.

    Raises: TableError naming the row.
    """
    limits = {name: Limit(name, **value) for name, value in data["limits"].items()}
    groups = {name: Group(name, **value) for name, value in data.get("groups", {}).items()}
    return tuple(_route(row, limits, groups, data["bodies"]) for row in data["routes"])


def _route(
    row: Mapping[str, Any],
    limits: Mapping[str, Limit],
    groups: Mapping[str, Group],
    bodies: Mapping[str, int],
) -> Route:
    match = {key: row[key] for key in ("prefix", "path", "regex") if key in row}
    if len(match) != 1:
        raise TableError(f"a row needs exactly one of prefix, path and regex: {dict(row)}")
    if row.get("closed"):
        return Route(**match)
    try:
        return Route(
            **match,
            methods=tuple(row.get("methods", ())),
            multipart=bool(row.get("multipart", False)),
            service=row["service"],
            token=Token(row["token"]),
            limit=limits[row["limit"]],
            body_bytes=bodies[row.get("body", "usual")],
            stream=bool(row.get("stream", False)),
            group=groups[row["group"]] if "group" in row else None,
            administration=bool(row.get("administration", False)),
        )
    except (KeyError, ValueError) as error:
        raise TableError(f"{row.get('prefix') or row}: {error}") from error


def with_overrides(routes: Sequence[Route], overrides: Sequence[Override]) -> tuple[Route, ...]:
    """Put each agency's own addresses before all rows of their service, everything else of their own row kept.

    The addresses of its subordinate agencies (`H42.15.03` under `H42.15`) go with it; of two that fit, the nearer
    agency's comes first.

    Raises: TableError when an override is not one agency's work, or lies under no single row of the table.
    """
    rows = list(routes)
    for override in sorted(overrides, key=lambda one: len(one.prefix), reverse=True):
        if not is_way(override.prefix):
            raise TableError(f"{override.prefix}: an override is /api/SERVICE/agencies/CODE of one agency")
        covering = [
            row for row in routes if row.prefix and covers(row.prefix, override.prefix) and row.prefix != "/"
        ]
        service_rows = [row for row in covering if row.service]
        if not service_rows or any(row.methods or row.multipart for row in service_rows):
            raise TableError(f"{override.prefix}: an override must lie under one row for all methods")
        row = max(service_rows, key=lambda found: len(found.prefix or ""))
        place = next(number for number, one in enumerate(rows) if one.service == row.service)
        below = f"{_literal(override.prefix)}\\.[^/]+(/.*)?"
        service = service_name(override)
        rows[place:place] = [
            replace(row, prefix=override.prefix, service=service),
            replace(row, prefix=None, regex=below, service=service),
        ]
    return tuple(rows)


def service_name(override: Override) -> str:
    """Name the upstream of an override."""
    return f"override {override.prefix}"


def covers(prefix: str, address: str) -> bool:
    """Say whether an address lies under a prefix, by whole segments."""
    return address == prefix or address.startswith(prefix.rstrip("/") + "/")


def _literal(text: str) -> str:
    return "".join(
        character if character.isalnum() or character in "/-_" else f"\\{character}" for character in text
    )
