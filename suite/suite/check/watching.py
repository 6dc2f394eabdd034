"""Whether those who watch look at numbers that exist, and know what to do when they are woken."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import yaml
from common.metrics import registry

from suite.backup.figures import NUMBERS
from suite.check.programs import RULE_FILES, program, said
from suite.deploy.cluster.scaling import scalers
from suite.deploy.dashboards import Shown, dashboards, shown
from suite.run.layout import SERVICES, module_if_any
from suite.run.manifest import manifests

BY_PROMETHEUS: Final = frozenset({"up"})
BY_THE_BROKER: Final = frozenset(
    {
        "rabbitmq_detailed_disk_space_available_bytes",
        "rabbitmq_detailed_queue_messages_ready",
        "rabbitmq_detailed_queue_messages_unacked",
    }
)
"""Of `/metrics/detailed?family=queue_coarse_metrics&family=node_coarse_metrics`."""
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
}
_NAME: Final = re.compile(r"\b(?:up|(?:motcua|process|rabbitmq)_\w+)\b")
_QUOTED: Final = re.compile(r'"[^"]*"')


def told_names() -> frozenset[str]:
    """Return the name of every number that some process of the suite tells."""
    for service in SERVICES:
        for part in ("main", "jobs"):
            module_if_any(service, part)  # imported, so that its own numbers are registered
    import_module("suite.run.certificates")
    told = chain(registry.collect(), *(number.collect() for number in NUMBERS))
    own = {f"{one.name}{end}" for one in told for end in _KINDS.get(one.type, ())}
    return frozenset(own) | BY_PROMETHEUS | BY_THE_BROKER


def named(expression: str) -> set[str]:
    """Return the numbers an expression names."""
    return set(_NAME.findall(_QUOTED.sub('""', expression)))


def looked_at(root: Path) -> Iterator[Shown]:
    """Yield every expression somebody or something acts on: dashboards, alerts, and what scales."""
    yield from shown(dashboards())
    for rule in alerts(root):
        yield Shown(f"alert: {rule['alert']}", rule["expr"], rare=True)
    for one in scalers(manifests()):
        for trigger in one["spec"]["triggers"]:
            if query := trigger["metadata"].get("query"):
                yield Shown(f"scaling: {one['metadata']['name']}", query, rare=True)


def blind(root: Path) -> list[str]:
    """Return where somebody looks at a number that nobody tells, or in words that Prometheus does not understand."""
    known, looks = told_names(), list(looked_at(root))
    missing = [
        f"{one.where} looks at {name}, which nobody tells"
        for one in looks
        for name in sorted(named(one.expression) - known)
    ]
    return missing + understood(root, [one.expression for one in looks])


def understood(root: Path, expressions: list[str]) -> list[str]:
    """Return what promtool finds in expressions."""
    rules = [{"record": f"look:{number}", "expr": one} for number, one in enumerate(expressions)]
    with NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump({"groups": [{"name": "looks", "rules": rules}]}, file)
        file.flush()
        return said([program("promtool"), "check", "rules", file.name], root)


def alerts(root: Path) -> list[Any]:
    """Return every rule by which people are woken, here or on a cluster."""
    files = [
        yaml.safe_load((root / name).read_text("utf-8")) for name in RULE_FILES if (root / name).exists()
    ]
    return [rule for told in files for group in told["groups"] for rule in group["rules"]]


def without_runbook(root: Path) -> list[str]:
    """Return the alerts that do not say what to do, or say it where nothing stands."""
    return [
        f"{rule['alert']}: there is no runbook at {place or 'any place'}"
        for rule in alerts(root)
        if not _stands(root, place := rule.get("annotations", {}).get("runbook", ""))
    ]


def _stands(root: Path, place: str) -> bool:
    name, _, anchor = place.partition("#")
    if not name or not (root / name).is_file():
        return False
    headings = re.findall(r"(?m)^#+ (.+)$", (root / name).read_text("utf-8"))
    return not anchor or anchor in {heading.lower().replace(" ", "-") for heading in headings}
