"""Envoy's whole configuration, from the table and the addresses of the services."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import PurePath
from typing import Any

from gateway.domain.clusters import Address, Places, cluster
from gateway.domain.filters import filters
from gateway.domain.headers import stripped
from gateway.domain.replies import local_replies
from gateway.domain.routing import route_config
from gateway.domain.table import Administration, Override, Route, TableError, service_name, with_overrides
from gateway.domain.tracing import COLLECTOR, begun, collector

Json = dict[str, Any]
T = "type.googleapis.com/envoy.extensions."
JWKS_PATH = "/api/identity/jwks"
MANAGER = "envoy.filters.network.http_connection_manager"
HEADERS_KB = 32
MOST_CLIENTS = 10_000
NEW_CLIENTS = 2_000
"""New connections in a second, and at once, over all addresses: until the next look at who holds how many, one address
opens no more than these and those it may hold, half of what there is room for."""
LOOK = "1s"
MEMORY = 256 << 20
"""Bytes the edge may hold: half of what its container has, for more comes while it hurries. From half of it on nobody
may stand still as long as usual."""
STILL = "2s"
"""How long at least anybody may stand still: forms begun and never ended are what fills the memory of an edge."""
STUCK = "60s"
"""So long a thread may stand still before the edge ends itself, to be started again."""


def render(
    routes: Sequence[Route],
    upstreams: Mapping[str, Places],
    listen: Address,
    *,
    admin: Address | None = None,
    overrides: Sequence[Override] = (),
    administration: Administration | None = None,
    rate_scale: float = 1.0,
    trusted_hops: int = 0,
    otlp_endpoint: str = "",
    trace_ratio: float = 0.0,
) -> Json:
    """Write Envoy's bootstrap as JSON.

    `rate_scale` multiplies every rate limit (1 in production; a benchmark raises it); `trusted_hops` is the number
    of proxies of our own in front of this one, `trace_ratio` the share of requests whose trace begins here.

    Raises: TableError when a row names a service without an address.
    """
    places = {**upstreams, **{service_name(one): (Address.parse(one.upstream),) for one in overrides}}
    rows = with_overrides(routes, overrides)
    if missing := {row.service for row in rows if row.service} - set(places):
        raise TableError(f"no address for: {', '.join(sorted(map(str, missing)))}")
    if otlp_endpoint:
        places[COLLECTOR] = (Address(*collector(otlp_endpoint)),)
    routing = route_config(rows, rate_scale, administration)
    manager = _manager(routing, upstreams["identity"][0], max(row.body_bytes for row in rows), trusted_hops)
    bootstrap: Json = {
        "static_resources": {
            "listeners": [_listener(listen, {**manager, **begun(otlp_endpoint, trace_ratio)})],
            "clusters": _clusters(rows, places),
        },
        "overload_manager": _overload(),
        "watchdogs": {name: {"kill_timeout": STUCK} for name in ("main_thread_watchdog", "worker_watchdog")},
    }
    if admin is not None:
        bootstrap["admin"] = {"address": admin.as_json()}
    return bootstrap


def _clusters(rows: Sequence[Route], places: Mapping[str, Places]) -> list[Json]:
    groups = {row.upstream: row for row in rows if row.group}
    whole = [cluster(name, place) for name, place in places.items()]
    return whole + [cluster(name, places[str(row.service)], row.group) for name, row in groups.items()]


def watched(bootstrap: Json, folder: PurePath) -> dict[str, Json]:
    """Divide a bootstrap into files: the parts that may change while Envoy runs, and a bootstrap that watches them.

    Routes lie apart from their listener: a listener that changes goes on with its old routes on every connection that
    is open, for minutes; routes that change hold from the next request on. Returns (file name -> content), what is
    named by others before them; the files belong into `folder` and must be replaced whole.
    """
    still = {name: part for name, part in bootstrap.items() if name != "static_resources"}
    parts = bootstrap["static_resources"]

    def source(name: str) -> Json:
        place = {"path": str(folder / name), "watched_directory": {"path": str(folder)}}
        return {"path_config_source": place, "resource_api_version": "V3"}

    listeners, routes = _apart(parts["listeners"], source("routes.json"))
    return {
        "clusters.json": _resources(parts["clusters"], "cluster.v3.Cluster"),
        "routes.json": _resources(routes, "route.v3.RouteConfiguration"),
        "listeners.json": _resources(listeners, "listener.v3.Listener"),
        "bootstrap.json": {
            **still,
            "node": {"id": "edge", "cluster": "motcua"},
            "dynamic_resources": {
                "lds_config": source("listeners.json"),
                "cds_config": source("clusters.json"),
            },
        },
    }


def _apart(listeners: Sequence[Json], source: Json) -> tuple[list[Json], list[Json]]:
    """Return listeners that read their routes from `source`, and the routes."""
    reading, routes = deepcopy(list(listeners)), []
    for listener in reading:
        manager = listener["filter_chains"][0]["filters"][-1]["typed_config"]
        routes.append(manager.pop("route_config"))
        manager["rds"] = {"route_config_name": routes[-1]["name"], "config_source": source}
    return reading, routes


def _resources(parts: Sequence[Json], kind: str) -> Json:
    return {"resources": [{"@type": f"type.googleapis.com/envoy.config.{kind}", **part} for part in parts]}


def _manager(routing: Json, identity: Address, largest: int, trusted_hops: int) -> Json:
    return {
        "@type": T + "filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "edge",
        "route_config": routing,
        "http_filters": filters(f"http://{identity.host}:{identity.port}{JWKS_PATH}", largest),
        "local_reply_config": local_replies(),
        **_caution(trusted_hops),
    }


def _listener(listen: Address, manager: Json) -> Json:
    return {
        "name": "edge",
        "address": listen.as_json(),
        "per_connection_buffer_limit_bytes": 1 << 20,
        "filter_chains": [{"filters": [_at_a_rate(), {"name": MANAGER, "typed_config": manager}]}],
    }


def _at_a_rate() -> Json:
    """Write how many connections may be opened in a second; what comes beyond is closed."""
    return {
        "name": "envoy.filters.network.local_ratelimit",
        "typed_config": {
            "@type": T + "filters.network.local_ratelimit.v3.LocalRateLimit",
            "stat_prefix": "opened",
            "token_bucket": {
                "max_tokens": NEW_CLIENTS,
                "tokens_per_fill": NEW_CLIENTS,
                "fill_interval": LOOK,
            },
        },
    }


def _caution(trusted_hops: int) -> Json:
    """Write what an edge does that trusts nobody."""
    return {
        "use_remote_address": True,
        "xff_num_trusted_hops": trusted_hops,
        "early_header_mutation_extensions": [
            {
                "name": "strip",
                "typed_config": {
                    "@type": T + "http.early_header_mutation.header_mutation.v3.HeaderMutation",
                    "mutations": stripped(trusted_hops),
                },
            }
        ],
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "REJECT_REQUEST",
        "server_name": "motcua",
        "max_request_headers_kb": HEADERS_KB,
        "request_headers_timeout": "10s",
        "request_timeout": "120s",
        "stream_idle_timeout": "60s",
        "delayed_close_timeout": "1s",
        "common_http_protocol_options": {
            "idle_timeout": "30s",
            "max_headers_count": 100,
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        "stream_error_on_invalid_http_message": False,
    }


def _overload() -> Json:
    """Write what the edge gives up first when clients or memory become too many: new clients, then who holds most."""
    heap = "envoy.resource_monitors.fixed_heap"
    monitors = {
        "envoy.resource_monitors.global_downstream_max_connections": {
            "@type": T + "resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig",
            "max_active_downstream_connections": MOST_CLIENTS,
        },
        heap: {
            "@type": T + "resource_monitors.fixed_heap.v3.FixedHeapConfig",
            "max_heap_size_bytes": MEMORY,
        },
    }
    timers = [
        {"timer": f"HTTP_DOWNSTREAM_{timer}_IDLE", "min_timeout": STILL} for timer in ("STREAM", "CONNECTION")
    ]
    hurry: Json = {
        "triggers": [
            {"name": heap, "scaled": {"scaling_threshold": 0.5, "saturation_threshold": 0.8}},
        ],
        "typed_config": {
            "@type": "type.googleapis.com/envoy.config.overload.v3.ScaleTimersOverloadActionConfig",
            "timer_scale_factors": timers,
        },
    }
    full: Json = {"triggers": [{"name": heap, "threshold": {"value": 0.95}}]}
    actions = {"reduce_timeouts": hurry, "shrink_heap": full, "stop_accepting_requests": full}
    return {
        "refresh_interval": "0.25s",
        "resource_monitors": [{"name": name, "typed_config": config} for name, config in monitors.items()],
        "actions": [{"name": f"envoy.overload_actions.{name}", **how} for name, how in actions.items()],
    }
