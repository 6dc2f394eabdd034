"""What Prometheus reads from the suite on a cluster, and the rules by which it wakes people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from suite.deploy.cluster.objects import NAME, NEIGHBOUR, OF, PART, ROLE, Object, labels_of, thing
from suite.deploy.cluster.plan import running
from suite.run.manifest import Manifest

API: Final = "monitoring.coreos.com/v1"
RULES: Final = "deploy/observability/rules.yaml"
BROKER_NUMBERS: Final = 15692
TRACES: Final = 4318


def monitors(root: Path, told: Mapping[str, Manifest]) -> list[Object]:
    """Return one monitor per service, one for the broker's queues, and the rules kept for every way of running."""
    rules: dict[str, Any] = yaml.safe_load((root / RULES).read_text("utf-8"))
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
        _read_queues(),
        _tell_traces(),
        thing(API, "PrometheusRule", "motcua", {}, spec={"groups": rules["groups"]}),
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
        "params": {"family": ["queue_coarse_metrics"]},
        "interval": "15s",
    }
    body = {"selector": {"matchLabels": {NAME: "rabbitmq"}}, "endpoints": [endpoint]}
    return thing(API, "ServiceMonitor", "rabbitmq-queues", {}, spec=body)


def _read_queues() -> Object:
    here = {"namespaceSelector": {"matchLabels": {ROLE: "monitoring"}}}
    rule = {"from": [here], "ports": [{"protocol": "TCP", "port": BROKER_NUMBERS}]}
    body = {
        "podSelector": {"matchLabels": {NEIGHBOUR: "rabbitmq"}},
        "policyTypes": ["Ingress"],
        "ingress": [rule],
    }
    return thing("networking.k8s.io/v1", "NetworkPolicy", "rabbitmq-numbers", {}, spec=body)


def _tell_traces() -> Object:
    """Let every pod of ours tell its traces to the collector of the namespace that watches."""
    there = {"namespaceSelector": {"matchLabels": {ROLE: "monitoring"}}}
    rule = {"to": [there], "ports": [{"protocol": "TCP", "port": TRACES}]}
    body = {"podSelector": {"matchLabels": {OF: "motcua"}}, "policyTypes": ["Egress"], "egress": [rule]}
    return thing("networking.k8s.io/v1", "NetworkPolicy", "traces", {}, spec=body)
