"""Who holds more connections than one address may, and how the edge holds him to it."""

import ipaddress
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

Json = dict[str, Any]
LIMIT = "envoy.filters.network.connection_limit"
KIND = "type.googleapis.com/envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit"


def crowds(held: Mapping[str, int], most: int, before: frozenset[str]) -> frozenset[str]:
    """Return the addresses that hold `most` connections, and those of before that still hold half as many."""
    return frozenset(
        address for address, count in held.items() if count >= (most // 2 if address in before else most)
    )


def narrowed(listener: Json, addresses: Iterable[str], most: int) -> Json:
    """Give each of the addresses a chain of its own that takes so many connections and closes what comes beyond.

    Nobody else's chain changes, so nobody else's connections are touched.
    """
    told = deepcopy(listener)
    (usual,) = told["filter_chains"]
    own = [_chain(usual, address, most) for address in sorted(addresses)]
    return {**told, "filter_chains": [*own, usual]}


def _chain(usual: Json, address: str, most: int) -> Json:
    network = ipaddress.ip_network(address)
    limit = {"@type": KIND, "stat_prefix": "crowd", "max_connections": most}
    return {
        "name": address,
        "filter_chain_match": {
            "source_prefix_ranges": [
                {"address_prefix": str(network.network_address), "prefix_len": network.prefixlen}
            ]
        },
        "filters": [{"name": LIMIT, "typed_config": limit}, *deepcopy(usual["filters"])],
    }
