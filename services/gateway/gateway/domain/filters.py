"""What Envoy does to every request on its way: count it, check its token, measure its body, pass it on."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from gateway.domain.table import Limit

Json = dict[str, Any]
T = "type.googleapis.com/envoy.extensions.filters.http."
SOURCE, RATE, JWT, BODY = (
    "envoy.filters.http.rbac",
    "envoy.filters.http.local_ratelimit",
    "envoy.filters.http.jwt_authn",
    "envoy.filters.http.buffer",
)
ADDRESSES_REMEMBERED = 20_000
KEYS_CACHED = "60s"
CLOCK_SKEW_SECONDS = 5
WHY_REFUSED = "why_refused"  # where the check notes what was wrong with a token
NO_KEYS = "Jwks remote fetch is failed"  # Envoy's words for: no key has been read yet
ALWAYS: Json = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}


def filters(jwks_url: str, body_bytes: int) -> list[Json]:
    """Write the chain in its order; routes narrow each part."""
    return [
        {"name": SOURCE, "typed_config": {"@type": T + "rbac.v3.RBAC"}},
        {
            "name": RATE,
            "typed_config": {"@type": T + "local_ratelimit.v3.LocalRateLimit", "stat_prefix": "none"},
        },
        {"name": JWT, "typed_config": jwt_check(jwks_url)},
        {"name": BODY, "typed_config": {"@type": T + "buffer.v3.Buffer", "max_request_bytes": body_bytes}},
        {
            "name": "envoy.filters.http.router",
            "typed_config": {"@type": T + "router.v3.Router", "suppress_envoy_headers": True},
        },
    ]


def only_from(networks: Sequence[IPv4Network | IPv6Network]) -> Json:
    """Write that requests are answered to clients of these networks alone; trusted proxies say whose they are."""
    ranges = [{"address_prefix": str(one.network_address), "prefix_len": one.prefixlen} for one in networks]
    policy = {"permissions": [{"any": True}], "principals": [{"remote_ip": one} for one in ranges]}
    rules = {"action": "ALLOW", "policies": {"networks": policy}}
    return {"@type": T + "rbac.v3.RBACPerRoute", "rbac": {"rules": rules}}


def jwt_check(jwks_url: str) -> Json:
    """Write the check of access tokens against the keys of identity, fetched ahead every minute.

    Because they are fetched ahead, a failed fetch leaves the keys read before in force. Listening
    waits for the first fetch: keys a request had to fetch for itself would end with their minute.
    """
    provider: Json = {
        "issuer": "motcua",
        "audiences": ["motcua"],
        "forward": True,
        # Named, so that a token in the query string is not taken for one.
        "from_headers": [{"name": "Authorization", "value_prefix": "Bearer "}],
        "require_expiration": True,
        "max_lifetime": "3600s",
        "clock_skew_seconds": CLOCK_SKEW_SECONDS,
        "failed_status_in_metadata": WHY_REFUSED,
        "remote_jwks": {
            "http_uri": {"uri": jwks_url, "cluster": "identity", "timeout": "3s"},
            "cache_duration": KEYS_CACHED,
            "async_fetch": {"failed_refetch_duration": "1s"},
            "retry_policy": {
                "num_retries": 3,
                "retry_back_off": {"base_interval": "0.2s", "max_interval": "2s"},
            },
        },
    }
    required: Json = {"provider_name": "suite"}
    return {
        "@type": T + "jwt_authn.v3.JwtAuthentication",
        "providers": {"suite": provider},
        "requirement_map": {
            "required": required,
            "optional": {"requires_any": {"requirements": [required, {"allow_missing": {}}]}},
        },
        # Every route names its requirement; this catches one that would forget to.
        "rules": [{"match": {"prefix": "/api/"}, "requires": required}],
    }


def rate_limit(limit: Limit, scale: float) -> Json:
    """Write one limit: a bucket per client address, made when the address first shows up."""
    bucket: Json = {
        "max_tokens": max(1, round(limit.requests * scale)),
        "tokens_per_fill": max(1, round(limit.requests * scale)),
        "fill_interval": f"{limit.seconds}s",
    }
    # A household or an office has one IPv4 address, or one IPv6 network of 64 bits.
    address: Json = {"masked_remote_address": {"v4_prefix_mask_len": 32, "v6_prefix_mask_len": 64}}
    return {
        "@type": T + "local_ratelimit.v3.LocalRateLimit",
        "stat_prefix": limit.name,
        "filter_enabled": ALWAYS,
        "filter_enforced": ALWAYS,
        "max_dynamic_descriptors": ADDRESSES_REMEMBERED,
        "rate_limits": [{"actions": [address]}],
        "descriptors": [{"entries": [{"key": "masked_remote_address"}], "token_bucket": bucket}],
        # Envoy insists on a bucket for requests without an address; there are none, so it is never touched.
        "token_bucket": bucket,
        "always_consume_default_token_bucket": False,
        "response_headers_to_add": [
            {
                "header": {"key": "retry-after", "value": str(limit.seconds)},
                "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
            }
        ],
    }


def body_limit(most: int) -> Json:
    """Write the most bytes a body may have that is kept here until it is whole."""
    return {"@type": T + "buffer.v3.BufferPerRoute", "buffer": {"max_request_bytes": most}}


def passed_on() -> Json:
    """Write that a body is passed on as it comes: the edge holds a piece of it, and who gets it counts its bytes."""
    return {"@type": T + "buffer.v3.BufferPerRoute", "disabled": True}
