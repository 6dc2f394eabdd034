"""The edge on a cluster: our Envoy behind the cluster's Gateway, and routes rendered from the gateway's own table."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.domain.table import covers

from suite.deploy.cluster.network import EDGE_PORT
from suite.deploy.cluster.objects import Object, labels_of, thing
from suite.deploy.cluster.plan import cluster_plan, running
from suite.deploy.cluster.pods import (
    DRAIN,
    SETTINGS,
    WAYS,
    account,
    budget,
    pod_spec,
    resources,
    service,
    workload,
)
from suite.run.manifest import Manifest

IMAGE: Final = "motcua/gateway:0.1"
LABELS: Final = labels_of("gateway", "edge")
HOST: Final = "motcua.example"
ADMINISTRATION: Final = f"quan-tri.{HOST}"
"""The host of the administration; where the edge is told of none, it is one host more."""
API: Final = "gateway.networking.k8s.io/v1"


def edge(told: Mapping[str, Manifest]) -> list[Object]:
    """Return the pods that check tokens, limits and sizes, as on one host."""
    plan = cluster_plan()
    environment = {
        "MOTCUA_DRAIN": DRAIN,
        "MOTCUA_GATEWAY_HOST": "0.0.0.0",  # noqa: S104
        "MOTCUA_GATEWAY_PORT": str(EDGE_PORT),
        "MOTCUA_GATEWAY_TRUSTED_HOPS": "1",  # the cluster's Gateway, which ends TLS
        "MOTCUA_SERVICES": json.dumps({name: plan.url(name) for name in running(told)}),
        **WAYS.told,
    }
    asked = {"tcpSocket": {"port": "http"}, "timeoutSeconds": 3}
    container: dict[str, Any] = {
        "name": "edge",
        "image": IMAGE,
        "args": ["gateway", "run"],
        "envFrom": [{"configMapRef": {"name": SETTINGS}}],
        "env": [{"name": name, "value": value} for name, value in environment.items()],
        "ports": [{"name": "http", "protocol": "TCP", "containerPort": EDGE_PORT}],
        "volumeMounts": [WAYS.mount],
        "resources": resources(told["gateway"].api),
        "startupProbe": {**asked, "periodSeconds": 2, "failureThreshold": 60},
        "livenessProbe": {**asked, "periodSeconds": 10, "failureThreshold": 6},
        "readinessProbe": {
            "exec": {"command": ["healthy", str(EDGE_PORT), "/health", "404"]},
            "periodSeconds": 5,
            "timeoutSeconds": 3,
        },
    }
    body = workload(LABELS, pod_spec("gateway", container, [WAYS.volume]))
    return [
        account("gateway"),
        thing("apps/v1", "Deployment", "gateway", LABELS, spec=body),
        service("gateway", LABELS, {"http": EDGE_PORT}),
        budget("gateway", LABELS),
    ]


def routes(told: Mapping[str, Manifest]) -> list[Object]:
    """Return the cluster's Gateway and one route per service: what the table opens, and nothing else below /api.

    The edge decides row by row; here an address below another of the same service says nothing new. Closed rows need
    no route: their addresses fall to a wider one, and the edge refuses them.
    """
    return [_gateway(), *(_route(name, one) for name, one in running(told).items() if one.routes)]


def _gateway() -> Object:
    listeners = [
        {
            "name": name,
            "protocol": "HTTPS",
            "port": 443,
            "hostname": host,
            "tls": {"mode": "Terminate", "certificateRefs": [{"name": "motcua-tls"}]},
            "allowedRoutes": {"namespaces": {"from": "Same"}},
        }
        for name, host in (("https", HOST), ("administration", ADMINISTRATION))
    ]
    return thing(API, "Gateway", "motcua", {}, spec={"gatewayClassName": "motcua", "listeners": listeners})


def _route(name: str, one: Manifest) -> Object:
    matches: list[Object] = []
    for row in widest(one.routes):
        if (found := {"path": _path(row)}) not in matches:
            matches.append(found)
    # The edge behind it has a time for each row, streams of ten minutes among them.
    rule = {
        "matches": matches,
        "timeouts": {"request": "0s"},
        "backendRefs": [{"name": "gateway", "port": EDGE_PORT}],
    }
    body = {"parentRefs": [{"name": "motcua"}], "hostnames": [HOST, ADMINISTRATION], "rules": [rule]}
    return thing(API, "HTTPRoute", name, labels_of(name, "route"), spec=body)


def widest(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the open rows that lie below no other row of the same service."""
    opened = [row for row in rows if not row.get("closed")]
    prefixes = {str(row["prefix"]) for row in opened if "prefix" in row}
    return [row for row in opened if not any(_below(prefix, row) for prefix in prefixes)]


def _below(prefix: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a row lies below a prefix; a pattern does when its first letters, which are plain, already do."""
    if "regex" in row:
        plain = re.split(r"[^\w/-]", str(row["regex"]), maxsplit=1)[0]
        return prefix == "/" or covers(prefix, plain)
    address = str(row.get("prefix") or row.get("path"))
    return address != prefix and covers(prefix, address)


def _path(row: Mapping[str, Any]) -> Object:
    """Return an address of the table as the Gateway API says it; both read prefixes by whole segments."""
    kinds = (("prefix", "PathPrefix"), ("path", "Exact"), ("regex", "RegularExpression"))
    return next({"type": kind, "value": row[word]} for word, kind in kinds if word in row)
