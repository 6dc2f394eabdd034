"""The folder of secrets as objects of a cluster: one Secret for each who may read it."""

import base64
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from common.sealing import FILE

from suite.deploy.cluster.objects import NAMESPACE, Object
from suite.deploy.cluster.plan import running, settings_of
from suite.deploy.secret_files import VAULT, secret_name
from suite.run.manifest import manifests

SEAL: Final = "identity.secret"
"""The file by which identity seals its signing keys; it must outlive every pod."""
SEAL_BYTES: Final = 32


def secret_objects(folder: Path, *, keys: bool) -> Iterator[Object]:
    """Return the Secrets of an installation, from the files `motcua secrets init` made; they are for no repository.

    With `keys`, the sealing secret of identity is among them, made in the folder when it is missing, and with it the
    later keys that `motcua keys rotate --folder` made there, those of qa in a folder `qa` of it; certificates of
    those who sign are the province's own and never made here.
    """
    shared = {"vault": (VAULT,), "topology": ("amqp_admin",), "rabbitmq": ("rabbitmq_definitions.json",)}
    for name, files in shared.items():
        yield secret_of(name, {file: (folder / file).read_bytes() for file in files})
    password = (folder / "postgres_password").read_bytes().strip()
    yield secret_of(
        "postgres", {"username": b"postgres", "password": password}, kind="kubernetes.io/basic-auth"
    )
    for service in running(manifests()):
        _, hidden = settings_of(service)
        if hidden:
            names = [secret_name(one) for one in hidden]
            yield secret_of(service, {name: (folder / name).read_bytes() for name in names})
    if keys:
        more = {FILE: (folder / FILE).read_bytes()} if (folder / FILE).exists() else {}
        yield secret_of("identity-keys", {SEAL: _seal(folder / SEAL), **more})
        later = folder / "qa" / FILE
        yield secret_of("qa-keys", {FILE: later.read_bytes() if later.exists() else b"{}"})


def standin_secret(folder: Path) -> Object:
    """Return what an object store and a Redis are told that only stand in for a trial; elsewhere both are addresses."""
    files = ("objects.json", "redis_password")
    return secret_of("neighbours", {file: (folder / file).read_bytes() for file in files})


def _seal(place: Path) -> bytes:
    if not place.exists():
        place.touch(mode=0o600)
        place.write_bytes(secrets.token_bytes(SEAL_BYTES))
    return place.read_bytes()


def secret_of(name: str, told: dict[str, bytes], space: str = NAMESPACE, kind: str = "Opaque") -> Object:
    """Return one Secret of files."""
    head = {"name": f"motcua-{name}", "namespace": space}
    data = {file: base64.b64encode(content).decode() for file, content in told.items()}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": head, "type": kind, "data": data}
