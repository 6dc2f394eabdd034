"""The rows of the table as Envoy's routes."""

from collections.abc import Sequence
from typing import Any

from gateway.domain.filters import BODY, JWT, RATE, body_limit, rate_limit
from gateway.domain.headers import API_HEADERS, NO_STORE, PAGE_HEADERS, TOLD_BY_SERVICES, added
from gateway.domain.table import Route, Token

Json = dict[str, Any]
T = "type.googleapis.com/envoy.extensions.filters.http."
# A request that never reached the service may be sent again, even one that creates something.
RETRY: Json = {"retry_on": "connect-failure,refused-stream,reset-before-request", "num_retries": 2}
USUAL_SECONDS, UPLOAD_SECONDS, SILENT_SECONDS = 30, 120, 60
UPLOAD_FROM = 2 * 1024 * 1024


def route_config(routes: Sequence[Route], rate_scale: float) -> Json:
    """Write the route configuration: foreign origins refused first, then the rows in their order."""
    return {
        "name": "suite",
        "virtual_hosts": [
            {
                "name": "suite",
                "domains": ["*"],
                "routes": [_preflight(), *(_route(row, rate_scale) for row in routes)],
            }
        ],
        "request_headers_to_remove": ["x-envoy-internal", "x-envoy-external-address"],
        "response_headers_to_remove": list(TOLD_BY_SERVICES),
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


def _route(row: Route, rate_scale: float) -> Json:
    if row.service is None:
        return {
            "match": _match(row),
            "direct_response": {"status": 404},
            "typed_per_filter_config": {JWT: _jwt(None)},
        }
    assert row.limit is not None, "a row with a service has a limit"
    written: Json = {
        "match": _match(row),
        "route": {"cluster": row.service, **_duration(row)},
        "typed_per_filter_config": {
            JWT: _jwt(row.token),
            RATE: rate_limit(row.limit, rate_scale),
            BODY: body_limit(row.body_bytes),
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
    upload = row.body_bytes > UPLOAD_FROM
    return {"timeout": f"{UPLOAD_SECONDS if upload else USUAL_SECONDS}s", "retry_policy": RETRY}


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
