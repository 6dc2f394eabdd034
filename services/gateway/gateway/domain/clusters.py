"""Who answers, as Envoy's clusters: the addresses of a service, and how much may be asked of them at once."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from gateway.domain.table import Group, TableError

Json = dict[str, Any]
T = "type.googleapis.com/envoy.extensions."
CONNECTIONS, WAITING, STREAMS = 512, 512, 4_096
READY: Final = "/health/ready"
"""Where a process says whether requests may come, on a port of its own."""
LOOK_SECONDS, LOOKS = 1, 2
"""How often a replica is asked whether it is ready, and how many answers in a row decide: sooner than it leaves."""
PATIENCE_SECONDS = 5
"""How long an answer is waited for: on a machine with too much to do a slow replica is no absent one."""


@dataclass(frozen=True)
class Address:
    """A host and a port, and the port on which whoever listens there says that it is ready."""

    host: str
    port: int
    ready: int = 0

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read "host:port", with or without a scheme; "host:port?ready=9464" is asked there whether it is ready."""
        place, _, query = text.rpartition("://")[2].partition("?")
        host, _, port = place.rstrip("/").rpartition(":")
        ready = parse_qs(query).get("ready", ["0"])[-1]
        if not host or not port.isdigit() or not ready.isdigit():
            raise TableError(f"not host:port: {text}")
        return cls(host.strip("[]"), int(port), int(ready))

    def as_json(self) -> Json:
        """Write the address for Envoy."""
        return {"socket_address": {"address": self.host, "port_value": self.port}}


Places = Sequence[Address]
"""The replicas of one service."""


def addresses(text: str) -> Places:
    """Read the addresses of one service, separated by commas. Raises: TableError."""
    return tuple(Address.parse(one.strip()) for one in text.split(","))


def cluster(name: str, places: Places, group: Group | None = None) -> Json:
    """Write a service, or the share of it that a group of requests may take."""
    watched = any(place.ready for place in places)
    return {
        "name": name,
        "connect_timeout": "1s",
        "type": "STATIC" if all(_is_number(place.host) for place in places) else "STRICT_DNS",
        "circuit_breakers": {"thresholds": _thresholds(group)},
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": T + "upstreams.http.v3.HttpProtocolOptions",
                # Shorter than the five seconds after which a service closes an idle connection: a request must
                # never be written into one that is just being closed.
                "common_http_protocol_options": {"idle_timeout": "3s"},
                "explicit_http_config": {"http_protocol_options": {}},
            }
        },
        "load_assignment": {
            "cluster_name": name,
            "endpoints": [{"lb_endpoints": [_endpoint(place) for place in places]}],
        },
        **({"health_checks": [_look()], "ignore_health_on_host_removal": True} if watched else {}),
    }


def _thresholds(group: Group | None) -> list[Json]:
    if group is not None:
        return [
            {
                "max_connections": group.at_once,
                "max_pending_requests": group.waiting,
                "max_requests": group.at_once,
                "max_retries": group.at_once,
            }
        ]
    return [
        {
            "max_connections": CONNECTIONS,
            "max_pending_requests": WAITING,
            "max_requests": CONNECTIONS,
            "max_retries": CONNECTIONS,  # of the edge's own accord three at once; a lost replica's load is more
        },
        {"priority": "HIGH", "max_connections": STREAMS, "max_requests": STREAMS},
    ]


def _endpoint(place: Address) -> Json:
    endpoint: Json = {"address": place.as_json()}
    if place.ready:
        endpoint["health_check_config"] = {"port_value": place.ready}
    return {"endpoint": endpoint}


def _look() -> Json:
    """Write how a replica is asked whether it is ready; where most are not, all are tried all the same."""
    every = f"{LOOK_SECONDS}s"
    return {
        "timeout": f"{PATIENCE_SECONDS}s",
        "interval": every,
        "no_traffic_interval": every,
        "unhealthy_threshold": LOOKS,
        "healthy_threshold": 1,
        "http_health_check": {"path": READY},
    }


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
