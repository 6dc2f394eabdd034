"""What Prometheus watches on one host: every container of every service, found by name, however many there are."""

import json
from collections.abc import Mapping
from typing import Final

from suite.run.manifest import Manifest

SCRAPE: Final = "deploy/observability/prometheus.yml"
_HEAD: Final = """\
# Written from services/*/service.toml by `motcua contracts`; change it there.
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [rules.yaml]
alerting: {alertmanagers: [{static_configs: [{targets: ["alertmanager:9093"]}]}]}
scrape_configs:
"""


def scrape_file(told: Mapping[str, Manifest]) -> str:
    """Return Prometheus' configuration: a name stands for all replicas, which come and go."""
    return _HEAD + "".join(_job(name, one) for name, one in told.items() if one.runs)


def _job(name: str, one: Manifest) -> str:
    roles = one.runs if one.database else ("api",)
    names = json.dumps([f"{name}-{role}" for role in roles])
    found = f"{{names: {names}, type: A, port: {one.probes.watch}, refresh_interval: 10s}}"
    return f"  - {{job_name: {name}, honor_labels: true, dns_sd_configs: [{found}]}}\n"
