"""Headers the edge takes away from requests, and gives to answers."""

from collections.abc import Mapping
from typing import Any

# What only the edge may say about a request: whoever sends these from outside is lying.
FORGEABLE_PREFIXES = ("x-user", "x-forwarded-", "x-envoy-", "x-jwt-", "x-internal", "x-real-", "x-original-")
FORGEABLE = (
    "forwarded",
    "x-client-ip",
    "x-cluster-client-ip",
    "true-client-ip",
    "x-http-method-override",
    "traceparent",
    "tracestate",
    "baggage",
)
# The edge alone decides about other origins, and nobody needs to know what runs behind it.
TOLD_BY_SERVICES = (
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
    "x-powered-by",
)

_EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "strict-transport-security": "max-age=31536000; includeSubDomains",  # believed over TLS only
}
API_HEADERS = {**_EVERYWHERE, "content-security-policy": "default-src 'none'; frame-ancestors 'none'"}
PAGE_HEADERS = {
    **_EVERYWHERE,
    "content-security-policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
}
NO_STORE = {"cache-control": "no-store"}


def added(headers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Write headers that are added where the service did not set them itself."""
    return [
        {"header": {"key": key, "value": value}, "append_action": "ADD_IF_ABSENT"}
        for key, value in headers.items()
    ]


def stripped(trusted_hops: int) -> list[dict[str, Any]]:
    """Write the removal of forgeable headers; behind trusted proxies theirs are kept."""
    prefixes = [prefix for prefix in FORGEABLE_PREFIXES if not (trusted_hops and prefix == "x-forwarded-")]
    by_prefix = [
        {"remove_on_match": {"key_matcher": {"prefix": prefix, "ignore_case": True}}} for prefix in prefixes
    ]
    return [*({"remove": name} for name in FORGEABLE), *by_prefix]
