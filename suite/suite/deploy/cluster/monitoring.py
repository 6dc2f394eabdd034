"""What Prometheus reads from the suite on a cluster, and the rules by which it wakes people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from suite.deploy.alerting import parts_group
from suite.deploy.cluster.objects import NAME, NEIGHBOUR, OF, PART, ROLE, Object, labels_of, thing
from suite.deploy.cluster.plan import running
from suite.run.manifest import Manifest

API: Final = "monitoring.coreos.com/v1"
RULES: Final = "deploy/observability/rules.yaml"
OPERATOR: Final = "deploy/observability/operator.yaml"
KEEPER: Final = "motcua.copies"
"""The rules about our own keeper of copies, which a cluster does not have: its databases' operator has its own."""
DATABASE_NUMBERS: Final = 9187
BROKER_NUMBERS: Final = 15692
TRACES: Final = 4318


def monitors(root: Path, told: Mapping[str, Manifest]) -> list[Object]:
    """Return one monitor per service, one for the broker's queues, and the rules kept for every way of running."""
    kept, own = (yaml.safe_load((root / name).read_text("utf-8"))["groups"] for name in (RULES, OPERATOR))
    groups = [*(group for group in kept if group["name"] != KEEPER), *own, parts_group(told)]
    return [
        thing(
            "v1",
            "Service",
            "prometheus",
            {},
            spec=_elsewhere("prometheus-operated.monitoring.svc.cluster.local"),
        ),
        *(_monitor(name, one) for name, one in running(told).items()),
        _queues(),
        _read_numbers("rabbitmq-numbers", {NEIGHBOUR: "rabbitmq"}, BROKER_NUMBERS),
        _read_numbers("postgres-numbers", {NEIGHBOUR: "postgres"}, DATABASE_NUMBERS),
        _tell_traces(),
        thing(API, "PrometheusRule", "motcua", {}, spec={"groups": groups}),
    ]


def _elsewhere(host: str) -> Object:
    return {"type": "ExternalName", "externalName": host}


def _monitor(name: str, one: Manifest) -> Object:
    body = {
        "selector": {"matchLabels": {OF: "motcua", NAME: name}},
        "targetLabels": [PART],
        "endpoints": [
            {
                "port": "watch",
                "path": one.probes.metrics,
                "interval": "15s",
                "scrapeTimeout": "5s",
                "honorLabels": True,  # a job of ours is called `job`: it is not the name of the scrape
            }
        ],
    }
    return thing(API, "ServiceMonitor", name, labels_of(name, "numbers"), spec=body)


def _queues() -> Object:
    """Read the length of every queue, which the broker's plain page adds up to one number."""
    endpoint = {
        "port": "prometheus",
        "path": "/metrics/detailed",
        "params": {"family": ["queue_coarse_metrics", "node_coarse_metrics"]},
        "interval": "15s",
    }
    body = {"selector": {"matchLabels": {NAME: "rabbitmq"}}, "endpoints": [endpoint]}
    return thing(API, "ServiceMonitor", "rabbitmq-queues", {}, spec=body)


def _read_numbers(name: str, of: dict[str, str], port: int) -> Object:
    here = {"namespaceSelector": {"matchLabels": {ROLE: "monitoring"}}}
    rule = {"from": [here], "ports": [{"protocol": "TCP", "port": port}]}
    body = {
        "podSelector": {"matchLabels": of},
        "policyTypes": ["Ingress"],
        "ingress": [rule],
    }
    return thing("networking.k8s.io/v1", "NetworkPolicy", name, {}, spec=body)


def _tell_traces() -> Object:
    """Let every pod of ours tell its traces to the collector of the namespace that watches."""
    there = {"namespaceSelector": {"matchLabels": {ROLE: "monitoring"}}}
    rule = {"to": [there], "ports": [{"protocol": "TCP", "port": TRACES}]}
    body = {"podSelector": {"matchLabels": {OF: "motcua"}}, "policyTypes": ["Egress"], "egress": [rule]}
    return thing("networking.k8s.io/v1", "NetworkPolicy", "traces", {}, spec=body)
