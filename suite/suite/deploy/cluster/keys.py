"""The variant where sealing keys and certificates are secrets that the province brings, not folders made here."""

from collections.abc import Mapping

import yaml

from suite.deploy.cluster.objects import Object
from suite.deploy.cluster.plan import parts_of
from suite.deploy.compose import kept_folder
from suite.run.manifest import Manifest


def brought_keys(told: Mapping[str, Manifest]) -> list[Object]:
    """Return the patches that put a secret where the base has a folder; no volume is left."""
    kept = {name: one for name, one in told.items() if kept_folder(name, one)}
    patches = [
        _patch("apps/v1", "Deployment", f"{name}-{part}", [_brought("keys", f"motcua-{name}-keys")])
        for name, one in kept.items()
        for part in parts_of(one)
    ]
    nowhere: list[Object] = [
        {"name": volume, "persistentVolumeClaim": None, "emptyDir": {}} for volume in _of_migrate(kept)
    ]
    patches.append(_patch("batch/v1", "Job", "migrate", nowhere))
    gone = {
        "$patch": "delete",
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "any"},
    }
    return [
        *patches,
        {"target": {"kind": "PersistentVolumeClaim"}, "patch": yaml.safe_dump(gone, sort_keys=False)},
    ]


def _of_migrate(kept: Mapping[str, Manifest]) -> list[str]:
    return ["authority", *(f"{name}-keys" for name in kept)]


def _brought(volume: str, secret: str) -> Object:
    body = {"secretName": secret, "defaultMode": 0o440}
    return {"name": volume, "persistentVolumeClaim": None, "secret": body}


def _patch(api: str, kind: str, name: str, volumes: list[Object]) -> Object:
    body = {"volumes": volumes}
    spec = {"template": {"spec": body}}
    text = yaml.safe_dump(
        {"apiVersion": api, "kind": kind, "metadata": {"name": name}, "spec": spec}, sort_keys=False
    )
    return {"target": {"kind": kind, "name": name}, "patch": text}
