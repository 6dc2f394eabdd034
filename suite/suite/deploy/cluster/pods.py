"""The pods of a service: Deployment, Service, account, budget of disruptions, and the folder it keeps."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from suite.deploy.cluster.objects import NAME, OF, Object, labels_of, thing
from suite.deploy.cluster.plan import parts_of, settings_of
from suite.deploy.compose import WAYS as WAYS_FOLDER
from suite.deploy.compose import WAYS_FILE, kept_folder
from suite.run.manifest import Manifest, Probes, Scale

IMAGE: Final = "motcua/suite:0.1"
SETTINGS: Final = "province"
"""ConfigMap of what every service is told alike; an overlay says the province's own."""
WAYS_MAP: Final = "ways"
"""ConfigMap whose file gateway and portal follow."""
DRAIN, GRACE = "15", 60  # seconds to answer on unready, and until a pod is ended
SAFE: Final = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}
POD: Final = {
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "runAsGroup": 10001,
    "fsGroup": 10001,
    "fsGroupChangePolicy": "OnRootMismatch",
    "seccompProfile": {"type": "RuntimeDefault"},
}


def pods(name: str, one: Manifest, common: Mapping[str, str]) -> list[Object]:
    """Return everything that one service consists of on the cluster, but for what lies around it."""
    folder = kept_folder(name, one)
    objects = [account(name)]
    if folder:
        objects.append(_claim(f"{name}-keys"))
    for part in parts_of(one):
        labels = labels_of(name, part)
        objects += [
            _deployment(name, part, one, common),
            service(f"{name}-{part}", labels, doors(part, one.probes), headless=True),
            budget(f"{name}-{part}", labels),
        ]
    return objects


def account(name: str) -> Object:
    """Return an account that may ask the cluster nothing."""
    return thing("v1", "ServiceAccount", name, {NAME: name}, automountServiceAccountToken=False)


def doors(part: str, one: Probes) -> dict[str, int]:
    """Return the ports of a pod by name: of an API those for people's requests, of every pod those for who watches."""
    return {**({"http": one.port} if part == "api" else {}), "watch": one.watch}


def service(
    name: str, labels: Mapping[str, str], ports: Mapping[str, int], *, headless: bool = False
) -> Object:
    """Return the name under which pods are found; `headless` tells of each pod, so that the edge shares work out."""
    body: Object = {
        **({"clusterIP": "None"} if headless else {}),
        "selector": {OF: "motcua", **labels},
        "ports": [
            {"name": one, "protocol": "TCP", "port": port, "targetPort": one} for one, port in ports.items()
        ],
    }
    return thing("v1", "Service", name, labels, spec=body)


def budget(name: str, labels: Mapping[str, str]) -> Object:
    """Return how many pods may be taken away at once: one."""
    body = {"maxUnavailable": 1, "selector": {"matchLabels": {OF: "motcua", **labels}}}
    return thing("policy/v1", "PodDisruptionBudget", name, labels, spec=body)


def workload(labels: Mapping[str, str], pod: Object) -> Object:
    """Return the body of a Deployment: how many there are is left to whoever scales, one pod leaves after one came."""
    wanted = {OF: "motcua", **labels}
    return {
        "revisionHistoryLimit": 5,
        "selector": {"matchLabels": wanted},
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
        "template": {"metadata": {"labels": wanted}, "spec": {**pod, **_spread(wanted)}},
    }


def pod_spec(account_name: str, container: Object, volumes: list[Object]) -> Object:
    """Return a pod under the restricted profile that writes only where it is given a place."""
    tmp = {"name": "tmp", "emptyDir": {"sizeLimit": "256Mi"}}
    mounts = [*container.get("volumeMounts", []), {"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108
    return {
        "serviceAccountName": account_name,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": GRACE,
        "securityContext": POD,
        "containers": [{**container, "securityContext": SAFE, "volumeMounts": mounts}],
        "volumes": [*volumes, tmp],
    }


class _Ways(NamedTuple):
    """A file that gateway and portal follow: which agencies have an instance of their own. Most provinces have none."""

    told: dict[str, str]
    mount: Object
    volume: Object


WAYS: Final = _Ways(
    {"MOTCUA_GATEWAY_FILE": f"{WAYS_FOLDER}/{WAYS_FILE}"},
    {"name": WAYS_MAP, "mountPath": WAYS_FOLDER, "readOnly": True},
    {"name": WAYS_MAP, "configMap": {"name": WAYS_MAP, "optional": True}},
)


def resources(scale: Scale) -> Object:
    """Return what one process is promised and what it may take at most."""
    return {
        "requests": {"cpu": scale.cpu, "memory": scale.memory},
        "limits": {"cpu": scale.most_cpu, "memory": scale.most_memory},
    }


def probes(one: Probes) -> Object:
    """Return what the platform asks: has it begun, does it live, may it be sent work."""
    live = {"httpGet": {"path": one.live, "port": "watch"}, "periodSeconds": 10, "timeoutSeconds": 3}
    ready = {"httpGet": {"path": one.ready, "port": "watch"}, "periodSeconds": 5, "timeoutSeconds": 3}
    return {
        "startupProbe": {**live, "periodSeconds": 2, "failureThreshold": 60},
        "livenessProbe": {**live, "failureThreshold": 6},
        "readinessProbe": {**ready, "failureThreshold": 2},
    }


def _deployment(name: str, part: str, one: Manifest, common: Mapping[str, str]) -> Object:
    told, hidden = settings_of(name)
    own = {key: value for key, value in told.items() if key not in common} | {"MOTCUA_DRAIN": DRAIN}
    folder = kept_folder(name, one)
    mounts = [{"name": "secrets", "mountPath": "/run/secrets", "readOnly": True}] if hidden else []
    mounts += [{"name": "keys", "mountPath": folder}] if folder else []
    volumes: list[Object] = []
    if "gateway_file" in one.settings:
        own |= WAYS.told
        mounts.append(WAYS.mount)
        volumes.append(WAYS.volume)
    if hidden:
        volumes.append({"name": "secrets", "secret": {"secretName": f"motcua-{name}", "defaultMode": 0o440}})
    if folder:
        volumes.append({"name": "keys", "persistentVolumeClaim": {"claimName": f"{name}-keys"}})
    container = {
        "name": part,
        "image": IMAGE,
        "args": ["service", name, part, "--host", "0.0.0.0", *_listening(part, one.probes)],  # noqa: S104
        "envFrom": [{"configMapRef": {"name": SETTINGS}}],
        "env": [{"name": key, "value": value} for key, value in sorted(own.items())],
        "ports": [
            {"name": door, "protocol": "TCP", "containerPort": port}
            for door, port in doors(part, one.probes).items()
        ],
        "resources": resources(one.api if part == "api" else one.worker),
        **probes(one.probes),
        "volumeMounts": mounts,
    }
    labels = labels_of(name, part)
    return thing(
        "apps/v1",
        "Deployment",
        f"{name}-{part}",
        labels,
        spec=workload(labels, pod_spec(name, container, volumes)),
    )


def _listening(part: str, one: Probes) -> list[str]:
    words = {"http": "--port", "watch": "--watch"}
    return [word for door, port in doors(part, one).items() for word in (words[door], str(port))]


def _claim(name: str) -> Object:
    body = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "64Mi"}}}
    return thing("v1", "PersistentVolumeClaim", name, {}, spec=body)


def _spread(labels: Mapping[str, str]) -> Object:
    """Keep replicas apart, first by zone, then by node; a small cluster may still run them together."""
    return {
        "topologySpreadConstraints": [
            {
                "maxSkew": 1,
                "topologyKey": key,
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": dict(labels)},
            }
            for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
        ]
    }
