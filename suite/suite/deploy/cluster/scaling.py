"""How many pods there are: by requests and slowness at the front, by what waits and how long at the back."""

from collections.abc import Mapping
from typing import Final

from common.topology import queue_of

from suite.deploy.cluster.objects import Object, labels_of, thing
from suite.deploy.cluster.plan import parts_of, running
from suite.run.manifest import Manifest, Scale

API: Final = "keda.sh/v1alpha1"
PROMETHEUS: Final = "http://prometheus.motcua:9090"
"""A name inside the namespace; what stands behind it, the overlay says."""
SLOW_SECONDS: Final = "0.5"
WAITING_EVENTS: Final = "500"
OLDEST_SECONDS: Final = "15"
BUSY: Final = "70"
"""Share of the promised processor time, in percent."""


def scalers(told: Mapping[str, Manifest]) -> list[Object]:
    """Return one scaler for every part of every service, and one for the edge."""
    made = [
        _scaler(
            f"{name}-{part}", name, part, one.api if part == "api" else one.worker, _triggers(name, part, one)
        )
        for name, one in running(told).items()
        for part in parts_of(one)
    ]
    return [*made, _scaler("gateway", "gateway", "edge", told["gateway"].api, [_busy()])]


_BLIND: Object = {"failureThreshold": 4, "behavior": "currentReplicasIfHigher"}


def _scaler(target: str, name: str, part: str, scale: Scale, triggers: list[Object]) -> Object:
    """Return one scaler: up at once, down slowly, and never down when nobody can measure."""
    behavior = {
        "scaleUp": {
            "stabilizationWindowSeconds": 0,
            "policies": [_policy("Percent", 100, 30), _policy("Pods", 2, 30)],
        },
        "scaleDown": {"stabilizationWindowSeconds": 300, "policies": [_policy("Pods", 1, 60)]},
    }
    watched = any(trigger["type"] == "prometheus" for trigger in triggers)
    body = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": target},
        "minReplicaCount": scale.least,
        "maxReplicaCount": scale.most,
        "pollingInterval": 15,
        **({"fallback": _BLIND | {"replicas": scale.least}} if watched else {}),
        "advanced": {"horizontalPodAutoscalerConfig": {"behavior": behavior}},
        "triggers": triggers,
    }
    return thing(API, "ScaledObject", target, labels_of(name, part), spec=body)


def _policy(kind: str, value: int, seconds: int) -> Object:
    return {"type": kind, "value": value, "periodSeconds": seconds}


def _triggers(name: str, part: str, one: Manifest) -> list[Object]:
    if part == "worker":
        return _behind(name, one)
    if not one.api.requests:
        return [_busy()]
    rate = f'sum(rate(motcua_http_request_seconds_count{{service="{name}"}}[1m]))'
    buckets = f'sum by (le) (rate(motcua_http_request_seconds_bucket{{service="{name}"}}[2m]))'
    return [
        _measured(rate, str(one.api.requests)),
        _measured(f"(histogram_quantile(0.95, {buckets}) >= 0) or vector(0)", SLOW_SECONDS, whole=True),
    ]


def _behind(name: str, one: Manifest) -> list[Object]:
    """Scale a worker by its queue, its inbox and the oldest fact it has not told yet; each where there is one."""
    waiting = f'max(motcua_inbox_waiting{{service="{name}"}})'
    queue = f'sum(rabbitmq_detailed_queue_messages_ready{{queue="{queue_of(name)}"}})'
    oldest = f'max(motcua_outbox_oldest_unpublished_seconds{{service="{name}"}})'
    found = [_measured(queue, WAITING_EVENTS), _measured(waiting, WAITING_EVENTS)] if one.listens else []
    found += [_measured(oldest, OLDEST_SECONDS, whole=True)] if one.announces else []
    return found or [_busy()]


def _measured(query: str, threshold: str, *, whole: bool = False) -> Object:
    """Return a trigger on a number; shared out among replicas, or with `whole` as it is."""
    return {
        "type": "prometheus",
        "metricType": "Value" if whole else "AverageValue",
        "metadata": {
            "serverAddress": PROMETHEUS,
            "query": query,
            "threshold": threshold,
            "ignoreNullValues": "false",
        },
    }


def _busy() -> Object:
    return {"type": "cpu", "metricType": "Utilization", "metadata": {"value": BUSY}}
