"""The one-shot jobs: tables before the services, queues before the first event, and a demonstration's data."""

from collections.abc import Mapping, Sequence

from suite.deploy.cluster.objects import NAME, OF, Object, labels_of, thing
from suite.deploy.cluster.pods import IMAGE, SETTINGS, account, pod_spec, resources
from suite.deploy.compose import kept_folder
from suite.deploy.containers import HOME
from suite.run.manifest import Manifest, Scale


def jobs(told: Mapping[str, Manifest]) -> list[Object]:
    """Return the jobs that every installation runs at every update."""
    kept = {name: kept_folder(name, one) for name, one in told.items() if kept_folder(name, one)}
    mounts: list[Object] = [{"name": "authority", "mountPath": f"{HOME}/signing"}]
    volumes: list[Object] = [{"name": "authority", "persistentVolumeClaim": {"claimName": "authority"}}]
    for name, folder in kept.items():
        mounts.append({"name": f"{name}-keys", "mountPath": folder})
        volumes.append({"name": f"{name}-keys", "persistentVolumeClaim": {"claimName": f"{name}-keys"}})
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "64Mi"}}}
    return [
        thing("v1", "PersistentVolumeClaim", "authority", {}, spec=claim),
        *_job("migrate", ["province", "migrate"], "motcua-vault", mounts, volumes),
        *_job("topology", ["topology", "apply", "--file", "/run/secrets/amqp_admin"], "motcua-topology"),
    ]


def seed() -> list[Object]:
    """Return the job that fills a new demonstration."""
    mounts: list[Object] = [{"name": "seeded", "mountPath": str(HOME)}]
    return _job("seed", ["province", "seed"], "motcua-vault", mounts, [{"name": "seeded", "emptyDir": {}}])


def _job(
    name: str, command: list[str], secret: str, mounts: Sequence[Object] = (), volumes: Sequence[Object] = ()
) -> list[Object]:
    container = {
        "name": name,
        "image": IMAGE,
        "args": command,
        "envFrom": [{"configMapRef": {"name": SETTINGS}}],
        "resources": resources(Scale(cpu="100m", most_memory="512Mi")),
        "volumeMounts": [{"name": "secrets", "mountPath": "/run/secrets", "readOnly": True}, *mounts],
    }
    kept = [{"name": "secrets", "secret": {"secretName": secret, "defaultMode": 0o440}}, *volumes]
    labels = labels_of(name, "job")
    body = {
        "backoffLimit": 10,
        "ttlSecondsAfterFinished": 86400,
        "template": {
            "metadata": {"labels": {OF: "motcua", **labels}},
            "spec": {**pod_spec(name, container, kept), "restartPolicy": "OnFailure"},
        },
    }
    return [account(name), thing("batch/v1", "Job", name, {NAME: name}, spec=body)]
