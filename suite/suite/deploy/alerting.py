"""Alerts that follow from the manifests: each part that should be there and of which nothing is heard any more."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from suite.deploy.scrape import parts_of
from suite.run.manifest import Manifest

PARTS: Final = "deploy/observability/parts.yaml"
_HEAD: Final = """\
# Written from services/*/service.toml by `motcua contracts`; change it there. A part that is gone tells nothing, so no
# other alert about it can fire: this one goes by its absence, and lasts until it is back.
groups:
  - name: motcua.parts
    rules:
      - alert: PartGone
        expr: |
%(expression)s
        for: 2m
        labels: {severity: page}
        annotations:
          summary: "no replica of {{ $labels.job }} is left"
          runbook: docs/operations/alerts.md#partgone
"""


def parts_file(told: Mapping[str, Manifest]) -> str:
    """Return the rules about the parts of one host, whoever keeps its copies among them."""
    lines = [f"{' ' * 10}{line}" for line in _gone([*parts_of(told), "backup"])]
    return _HEAD % {"expression": "\n".join(lines)}


def parts_group(told: Mapping[str, Manifest]) -> dict[str, Any]:
    """Return the same for a cluster, where the databases' operator keeps the copies."""
    rule = {
        "alert": "PartGone",
        "expr": "\n".join(_gone(parts_of(told))),
        "for": "2m",
        "labels": {"severity": "page"},
        "annotations": {
            "summary": "no replica of {{ $labels.job }} is left",
            "runbook": "docs/operations/alerts.md#partgone",
        },
    }
    return {"name": "motcua.parts", "rules": [rule]}


def _gone(parts: Iterable[str]) -> list[str]:
    first, *others = (f'absent(up{{namespace="motcua", job="{name}"}})' for name in parts)
    return [first, *(f"  or {one}" for one in others)]
