"""An agency's own instances on a cluster: an overlay of its own, made of the same objects as the province's."""

import json
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from suite.deploy.cluster.files import namespace
from suite.deploy.cluster.jobs import jobs
from suite.deploy.cluster.network import policies, policy
from suite.deploy.cluster.objects import NAME, OF, PART, Object, thing, written
from suite.deploy.cluster.pods import SETTINGS, WAYS_MAP, pods
from suite.deploy.cluster.secret_objects import secret_of
from suite.deploy.compose import WAYS_FILE
from suite.deploy.containers import ContainerPlan, told_and_secret
from suite.deploy.secret_files import VAULT, secret_name
from suite.run.manifest import Manifest, manifests

KEPT: Final = ("default-deny", "names", "numbers", "migrate-out", "postgres-in")
"""Rules of the network that an agency has as the province has them."""
PORTS: Final = {"amqp": 5672, "amqps": 5671, "http": 80, "https": 443}


def agency_cluster(
    plan: ContainerPlan, space: str, outside: Sequence[str], services: Sequence[str]
) -> dict[str, str]:
    """Return (name, content) of the overlay; `outside` are the addresses of the province that its pods speak to.

    Its database is a host (`neighbours.yaml`); secrets stand in a file of their own, which no overlay holds.
    """
    told = {name: manifests()[name] for name in services}
    settings = [told_and_secret(plan, name)[0] for name in services]
    common = {key: value for one in settings for key, value in one.items()}
    bodies: dict[str, list[Object]] = {
        "namespace.yaml": [namespace(space)],
        **{
            f"{name}.yaml": [*pods(name, one, common), _way_in(name, one, number)]
            for number, (name, one) in enumerate(told.items())
        },
        "jobs.yaml": _jobs(told),
        "network.yaml": _network(told, outside),
        "neighbours.yaml": [_database(space)],
    }
    literals = [f"{name}={value}" for name, value in sorted(common.items())]
    whole = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "namespace": space,
        "resources": list(bodies),
        "configMapGenerator": [{"name": SETTINGS, "literals": literals}],
    }
    return {
        "kustomization.yaml": written(whole),
        **{name: "---\n".join(written(one) for one in objects) for name, objects in bodies.items()},
    }


def way_there(overrides: Sequence[Mapping[str, str]]) -> str:
    """Return what the province's own cluster takes in: the rows gateway and portal follow, and leave to go there."""
    rows = json.dumps({"gateway_overrides": list(overrides)}, indent=1)
    ports = sorted({int(one["upstream"].rpartition(":")[2]) for one in overrides})
    allowed = [{"ports": [{"protocol": "TCP", "port": port} for port in ports]}]
    asking = {"matchExpressions": [{"key": NAME, "operator": "In", "values": ["gateway", "portal"]}]}
    ways = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": WAYS_MAP},
        "data": {WAYS_FILE: rows},
    }
    return "---\n".join(written(one) for one in (ways, policy("ways-out", asking, egress=allowed)))


def _way_in(name: str, one: Manifest, number: int) -> Object:
    """Return the door at which the province's gateway and portal ask; the cluster gives it an address."""
    port = {"name": "api", "protocol": "TCP", "port": one.probes.port + number, "targetPort": "http"}
    selector = {OF: "motcua", NAME: name, PART: "api"}
    body = {"type": "LoadBalancer", "selector": selector, "ports": [port]}
    return thing("v1", "Service", f"{name}-way-in", {NAME: name}, spec=body)


def agency_secrets(space: str, files: Mapping[str, str]) -> str:
    """Return the Secrets of the overlay as one file, from what lies in the folder of secrets; for no repository."""
    own: dict[str, dict[str, bytes]] = {"vault": {VAULT: files[VAULT].encode()}}
    for name in manifests():
        start = secret_name(f"MOTCUA_{name.upper()}_")
        if mine := {file: text.encode() for file, text in files.items() if file.startswith(start)}:
            own[name] = mine
    items = [secret_of(name, told, space) for name, told in own.items()]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=1)


def _jobs(told: Mapping[str, Manifest]) -> list[Object]:
    """Return the job that makes the tables of these services, and the folder of the authority it may make."""
    kept = [one for one in jobs(told) if one["metadata"]["name"] in ("authority", "migrate")]
    job = next(one for one in kept if one["kind"] == "Job")
    only = [word for name in told for word in ("--only", name)]
    job["spec"]["template"]["spec"]["containers"][0]["args"] += only
    return kept


def _network(told: Mapping[str, Manifest], outside: Sequence[str]) -> list[Object]:
    """Return who may speak to whom: the database near by, the province by its ports, its gateway to our APIs."""
    reached = sorted({parts.port or PORTS[parts.scheme] for parts in map(urlsplit, outside)})
    away = [{"ports": [{"protocol": "TCP", "port": port} for port in (*reached, 5432)]}]
    rules = [one for one in policies(told) if one["metadata"]["name"] in KEPT]
    for name, one in told.items():
        ours = {"matchLabels": {OF: "motcua", NAME: name}}
        inside = [{"ports": [{"protocol": "TCP", "port": one.probes.port}]}]
        rules += [policy(f"{name}-out", ours, egress=away), policy(f"{name}-in", ours, ingress=inside)]
    return rules


def _database(space: str) -> Object:
    spec = {"type": "ExternalName", "externalName": f"postgres.{space}.internal"}
    return thing("v1", "Service", "postgres", {}, spec=spec)
