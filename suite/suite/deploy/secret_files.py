"""The folder of secrets: one file per secret and service, made once and never shown."""

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from common.topology import DIRECT, EXCHANGE, queue_of

from suite.deploy.backup_key import new_key
from suite.deploy.containers import ContainerPlan, installation, told_and_secret
from suite.run.layout import OWNERS, SERVICES
from suite.run.manifest import manifests

VAULT = "secrets.json"
"""All passwords; only the jobs that make databases, queues and demonstration data, and who keeps copies, have it."""
DEFINITIONS = "rabbitmq_definitions.json"
BACKUP_KEY = "backup_key"
"""What opens the copies of a province: it belongs into a safe as well, for it lies in no copy."""


def secret_name(variable: str) -> str:
    """Return the name of the file that stands for a variable."""
    return variable.lower()


def lay_secrets(folder: Path) -> list[str]:
    """Make what is missing in a folder of secrets and return the names of all its files; no secret is replaced.

    The broker's accounts are written anew each time: of the same passwords, with the rights of this version.
    The folder is closed to others; its files are readable, because each is shown to one container whose account
    is another than ours.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # also one that was there, made by whoever bound it into a container
    plan = installation(folder)
    wanted = {
        "postgres_password": plan.passwords["postgres"],
        "amqp_admin": plan.admin_amqp,
        DEFINITIONS: json.dumps(broker_definitions(plan), indent=1),
        "redis_password": plan.passwords["redis"],
        "objects.json": json.dumps(_object_keys(plan), indent=1),
        BACKUP_KEY: new_key(),
    }
    for service in SERVICES:
        _, hidden = told_and_secret(plan, service)
        wanted |= {secret_name(name): value for name, value in hidden.items()}
    for name, content in wanted.items():
        place = folder / name
        if name == DEFINITIONS or not place.exists():
            place.write_text(content)
        place.chmod(0o644)
    (folder / VAULT).chmod(0o644)
    return sorted([*wanted, VAULT])


def broker_definitions(plan: ContainerPlan) -> dict[str, Any]:
    """Return the broker's accounts: each service publishes under its own name and reads its own queue, no more."""
    admin = ("motcua", plan.passwords["amqp-admin"], ["administrator"])
    accounts = [admin, *((name, plan.passwords[f"amqp-{name}"], list[str]()) for name in OWNERS)]
    everything = {"vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}
    return {
        "vhosts": [{"name": "/"}],
        "users": [
            {
                "name": name,
                "password_hash": password_hash(password),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": tags,
            }
            for name, password, tags in accounts
        ],
        "permissions": [{"user": "motcua", **everything}, *(_allowed(name) for name in OWNERS)],
        "topic_permissions": [
            {"user": name, "vhost": "/", "exchange": exchange, "write": rf"^{name}\.", "read": "^$"}
            for name in OWNERS
            for exchange in (EXCHANGE, DIRECT)
        ],
    }


def _allowed(service: str) -> dict[str, str]:
    """Return what a service may do on the broker; whoever announces also speaks to one subscriber alone.

    Nobody may write to a queue past the topics (`amq.default`): there the broker would hold no sender to its name.
    """
    speaks = bool(manifests()[service].announces)
    hears = bool(manifests()[service].listens)
    return {
        "user": service,
        "vhost": "/",
        "configure": "^$",
        "write": rf"^({_literally(EXCHANGE)}|{_literally(DIRECT)})$" if speaks else "^$",
        "read": rf"^{_literally(queue_of(service))}$" if hears else "^$",
    }


def _literally(name: str) -> str:
    return name.replace(".", r"\.")


def password_hash(password: str) -> str:
    """Hash a password as the broker keeps it: salt, and SHA-256 over salt and password."""
    salt = os.urandom(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _object_keys(plan: ContainerPlan) -> dict[str, Any]:
    key = {"accessKey": "motcua", "secretKey": plan.passwords["objects"]}
    return {"identities": [{"name": "motcua", "credentials": [key], "actions": ["Admin"]}]}
