"""What Prometheus watches on one host: every container of every service, found by name, however many there are."""

from collections.abc import Iterator, Mapping
from typing import Final

from suite.run.manifest import Manifest

SCRAPE: Final = "deploy/observability/prometheus.yml"
WATCH: Final = 9464
"""The port on which whoever keeps copies tells how they stand."""
_HEAD: Final = """\
# Written from services/*/service.toml by `motcua contracts`; change it there.
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [rules.yaml, parts.yaml]
alerting: {alertmanagers: [{static_configs: [{targets: ["alertmanager:9093"]}]}]}
scrape_configs:
"""
_LABELS: Final = (
    "relabel_configs: [{target_label: namespace, replacement: motcua},"
    " {source_labels: [__address__], target_label: pod}]"
)
_BROKER: Final = """\
  - job_name: rabbitmq-queues
    metrics_path: /metrics/detailed
    params: {family: [queue_coarse_metrics, node_coarse_metrics]}
    dns_sd_configs: [{names: [rabbitmq], type: A, port: 15692, refresh_interval: 10s}]
"""


def scrape_file(told: Mapping[str, Manifest]) -> str:
    """Return Prometheus' configuration: a name stands for all replicas, which come and go."""
    return (
        _HEAD
        + "".join(line for name, one in told.items() if one.runs for line in _jobs(name, one))
        + _job("backup", WATCH)
        + _BROKER
    )


def parts_of(told: Mapping[str, Manifest]) -> list[str]:
    """Return the name of every part of every service, as what is watched of it is called here and on a cluster."""
    roles = {name: one.runs if one.database else ("api",) for name, one in told.items() if one.runs}
    return [f"{name}-{role}" for name, parts in roles.items() for role in parts]


def _jobs(name: str, one: Manifest) -> Iterator[str]:
    """Write one job per part, named and labelled as on a cluster, so that rules and dashboards hold on both."""
    for role in one.runs if one.database else ("api",):
        yield _job(f"{name}-{role}", one.probes.watch)


def _job(name: str, port: int) -> str:
    found = f'{{names: ["{name}"], type: A, port: {port}, refresh_interval: 10s}}'
    return f"  - {{job_name: {name}, honor_labels: true, dns_sd_configs: [{found}], {_LABELS}}}\n"
