"""Where a trace begins: the edge marks a share of the requests, and tells its part of them without a person in it."""

from typing import Any, Final
from urllib.parse import urlsplit

from gateway.domain.table import TableError

Json = dict[str, Any]
COLLECTOR: Final = "traces"
"""The upstream that takes traces."""
_PERSONAL: Final = ("http.url", "user_agent", "peer.address")
"""What Envoy would tell of every request: addresses and queries may name a person, and the others are one's own."""


def begun(endpoint: str, ratio: float) -> Json:
    """Write how much is traced, from 0 to 1, and the OTLP endpoint that hears of it; nothing without one."""
    if not endpoint:
        return {}
    config = {
        "@type": "type.googleapis.com/envoy.config.trace.v3.OpenTelemetryConfig",
        "service_name": "motcua-gateway",
        "http_service": {"http_uri": {"uri": endpoint, "cluster": COLLECTOR, "timeout": "2s"}},
    }
    return {
        "tracing": {
            "provider": {"name": "envoy.tracers.opentelemetry", "typed_config": config},
            "random_sampling": {"value": ratio * 100},
            "client_sampling": {"value": 0},
            "custom_tags": [{"tag": name, "literal": {"value": "-"}} for name in _PERSONAL],
        }
    }


def collector(endpoint: str) -> tuple[str, int]:
    """Return host and port of the OTLP endpoint. Raises: TableError when it is none inside our own network."""
    parts = urlsplit(endpoint)
    if parts.scheme != "http" or not parts.hostname:
        raise TableError(f"traces go to http://host:port/v1/traces inside our own network, not to {endpoint}")
    return parts.hostname, parts.port or 4318
