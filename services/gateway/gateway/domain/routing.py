"""The rows of the table as Envoy's routes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gateway.domain.filters import BODY, JWT, RATE, SOURCE, body_limit, only_from, passed_on, rate_limit
from gateway.domain.headers import API_HEADERS, NO_STORE, PAGE_HEADERS, TOLD_BY_SERVICES, added
from gateway.domain.table import Administration, Route, Token

Json = dict[str, Any]
T = "type.googleapis.com/envoy.extensions.filters.http."
# A request that never reached the service may be sent again, even one that creates something.
# It goes to another replica where there is one.
RETRY: Json = {
    "retry_on": "connect-failure,refused-stream,reset-before-request",
    "num_retries": 2,
    "retry_host_predicate": [
        {
            "name": "envoy.retry_host_predicates.previous_hosts",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"
            },
        }
    ],
    "host_selection_retry_max_attempts": 3,
}
USUAL_SECONDS, UPLOAD_SECONDS, SILENT_SECONDS = 30, 120, 60
NO_SIZE = 2**63 - 1


def route_config(
    routes: Sequence[Route], rate_scale: float, administration: Administration | None = None
) -> Json:
    """Write the route configuration: foreign origins refused first, then the rows in their order.

    The administration's host has all of them, for its networks alone; every other host then has none of its rows.
    """
    everywhere = [replace(row, service=None) if row.administration else row for row in routes]
    hosts = [_host("suite", ["*"], everywhere if administration else routes, rate_scale)]
    if administration is not None:
        own = _host("administration", [administration.host], routes, rate_scale)
        hosts.insert(0, {**own, "typed_per_filter_config": {SOURCE: only_from(administration.networks)}})
    return {
        "name": "suite",
        "virtual_hosts": hosts,
        "ignore_port_in_host_matching": True,
        # One address and no chain: behind proxies of ours the last hop would be the proxy's.
        "request_headers_to_add": [
            {
                "header": {"key": "x-forwarded-for", "value": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"},
                "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
            }
        ],
        "request_headers_to_remove": ["x-envoy-internal", "x-envoy-external-address"],
        "response_headers_to_remove": list(TOLD_BY_SERVICES),
    }


def _host(name: str, domains: Sequence[str], routes: Sequence[Route], rate_scale: float) -> Json:
    written = [route for row in routes for route in _routes(row, rate_scale)]
    rows = [_many_hosts(), _preflight(), *written]
    return {"name": name, "domains": list(domains), "routes": rows}


def _many_hosts() -> Json:
    """Refuse a request that names several hosts, or somebody at a host: who answers would choose one of them."""
    several = {"name": ":authority", "string_match": {"safe_regex": {"regex": ".*[,@].*"}}}
    return {
        "match": {"prefix": "/", "headers": [several]},
        "direct_response": {"status": 400},
        "typed_per_filter_config": {JWT: _jwt(None)},
    }


def _preflight() -> Json:
    """Refuse what a browser asks before it lets another site's page call us."""
    present = {"present_match": True}
    return {
        "match": {
            "prefix": "/",
            "headers": [
                {"name": ":method", "string_match": {"exact": "OPTIONS"}},
                {"name": "origin", **present},
                {"name": "access-control-request-method", **present},
            ],
        },
        "direct_response": {"status": 403},
        "typed_per_filter_config": {JWT: _jwt(None)},
    }


def _routes(row: Route, rate_scale: float) -> list[Json]:
    """Write a row; uploads are passed on as they come, those that say they are too large are refused before it."""
    if row.service is None:
        closed = {"direct_response": {"status": 404}, "typed_per_filter_config": {JWT: _jwt(None)}}
        return [{"match": _match(row), **closed}]
    written = _route(row, rate_scale)
    if not row.multipart:
        return [written]
    size = {"name": "content-length", "range_match": {"start": row.body_bytes + 1, "end": NO_SIZE}}
    match = {**written["match"], "headers": [*written["match"]["headers"], size]}
    refused = {**written, "match": match, "direct_response": {"status": 413}}
    del refused["route"]
    return [refused, written]


def _route(row: Route, rate_scale: float) -> Json:
    assert row.limit is not None, "a row with a service has a limit"
    written: Json = {
        "match": _match(row),
        "route": {"cluster": row.upstream, **_duration(row)},
        "typed_per_filter_config": {
            JWT: _jwt(row.token),
            RATE: rate_limit(row.limit, rate_scale),
            BODY: passed_on() if row.multipart else body_limit(row.body_bytes),
        },
        "response_headers_to_add": added(PAGE_HEADERS if row.service == "portal" else API_HEADERS),
    }
    if row.token is Token.NONE:
        written["request_headers_to_remove"] = ["authorization"]
    if row.token is Token.REQUIRED:
        written["response_headers_to_add"] += added(NO_STORE)
    return written


def _duration(row: Route) -> Json:
    """Write how long an answer may take; a stream has connections and a budget of its own, and is sent once."""
    if row.stream:
        return {"timeout": "0s", "idle_timeout": f"{SILENT_SECONDS}s", "priority": "HIGH"}
    return {"timeout": f"{UPLOAD_SECONDS if row.multipart else USUAL_SECONDS}s", "retry_policy": RETRY}


def _match(row: Route) -> Json:
    match: Json
    if row.regex:
        match = {"safe_regex": {"regex": row.regex}}
    elif row.path:
        match = {"path": row.path}
    else:
        match = {"prefix": "/"} if row.prefix == "/" else {"path_separated_prefix": row.prefix}
    headers: list[Json] = []
    if row.methods:
        headers.append({"name": ":method", "string_match": {"safe_regex": {"regex": "|".join(row.methods)}}})
    if row.multipart:
        headers.append(
            {"name": "content-type", "string_match": {"prefix": "multipart/form-data", "ignore_case": True}}
        )
    return {**match, **({"headers": headers} if headers else {})}


def _jwt(token: Token | None) -> Json:
    config: Json = {"@type": T + "jwt_authn.v3.PerRouteConfig"}
    if token in {None, Token.NONE}:
        return {**config, "disabled": True}
    return {**config, "requirement_name": str(token)}
