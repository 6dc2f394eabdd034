"""The files under `deploy/k8s` that are written from the manifests; components and overlays around them are not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from suite.deploy.cluster.edge import edge, routes
from suite.deploy.cluster.jobs import jobs, seed
from suite.deploy.cluster.keys import brought_keys
from suite.deploy.cluster.monitoring import monitors
from suite.deploy.cluster.network import policies
from suite.deploy.cluster.objects import BY_WHOM, NAMESPACE, Object, text_of, written
from suite.deploy.cluster.plan import pool_of, running, settings_of
from suite.deploy.cluster.pods import SETTINGS, pods
from suite.deploy.cluster.scaling import scalers
from suite.deploy.compose import told_alike
from suite.run.manifest import Manifest

PLACE: Final = "deploy/k8s"


def cluster_files(root: Path, told: Mapping[str, Manifest]) -> dict[str, str]:
    """Return (path from the root, content) of everything on the cluster that follows from the manifests."""
    common = {
        **told_alike(settings_of(name)[0] for name in running(told)),
        "MOTCUA_DATABASE_POOL": str(pool_of(told)),
    }
    base: dict[str, list[Object]] = {
        "namespace.yaml": [namespace(NAMESPACE)],
        **{f"{name}.yaml": pods(name, one, common) for name, one in running(told).items()},
        "gateway.yaml": edge(told),
        "jobs.yaml": jobs(told),
        "network.yaml": policies(told),
    }
    made = {f"base/{name}": text_of(objects) for name, objects in base.items()}
    made["base/kustomization.yaml"] = _base(list(base), common)
    for name, objects in {
        "routes": routes(told),
        "scaling": scalers(told),
        "monitoring": monitors(root, told),
        "demonstration": seed(),
    }.items():
        made[f"components/{name}/{name}.yaml"] = text_of(objects)
        made[f"components/{name}/kustomization.yaml"] = _component(resources=[f"{name}.yaml"])
    made["components/brought-keys/kustomization.yaml"] = _component(patches=brought_keys(told))
    return {f"{PLACE}/{name}": text for name, text in made.items()}


def namespace(name: str) -> Object:
    """Return a namespace that takes none but restricted pods."""
    profile = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": profile}}


def _base(names: list[str], common: Mapping[str, str]) -> str:
    literals = [f"{name}={value}" for name, value in sorted(common.items())]
    return _kustomization(
        "kustomize.config.k8s.io/v1beta1",
        "Kustomization",
        namespace=NAMESPACE,
        resources=names,
        configMapGenerator=[{"name": SETTINGS, "literals": literals}],
    )


def _component(**body: Any) -> str:
    return _kustomization("kustomize.config.k8s.io/v1alpha1", "Component", **body)


def _kustomization(api: str, kind: str, **body: Any) -> str:
    return BY_WHOM + written({"apiVersion": api, "kind": kind, **body})
