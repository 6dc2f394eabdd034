"""The plan of a suite in containers: names instead of ports, and of its settings those that are secret."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from suite.run.environment import environment
from suite.run.layout import CLIENTS, HEADS, OWNERS, SEALERS, Plan, load_secrets
from suite.run.manifest import manifests

HOME: Final = Path("/var/lib/motcua")
"""What a container may write that outlives it."""
BROKER_USERS: Final = tuple(f"amqp-{name}" for name in OWNERS)
SECRET: Final = (
    "AUDIT_HEADS_URL",
    "AUDIT_KEY",
    "DATABASE_URL",
    "AMQP_URL",
    "CLIENT_SECRET",
    "FILES_URL",
    "PROOF_KEY",
    "REDIS_URL",
    "SEALING_KEY",
    "SERVICE_CLIENTS",
    "SESSION_KEY",
)
"""Settings told by a file that only this service gets."""
BUCKET: Final = "motcua"


@dataclass(frozen=True)
class ContainerPlan(Plan):
    """Everything in containers of one private network, each reached by its name."""

    def url(self, service: str) -> str:
        """Return the address of a service's API inside the network."""
        return f"http://{service}-api:{manifests()[service].probes.port}"

    def watch_url(self, process: str) -> str:
        """Return where a process tells how it stands; an API is named by its service alone."""
        service, _, worker = process.partition("-")
        return f"http://{service}-{worker or 'api'}:{manifests()[service].probes.watch}"

    def dsn(self, service: str, role: str | None = None) -> str:
        """Return the database address of a service, under its own role unless another is named."""
        user = role or service
        return f"postgresql://{user}:{self.passwords[user]}@postgres/{service}"

    def amqp(self, service: str) -> str:
        """Return the broker's address under the service's own account, which may do only what the service does."""
        return f"amqp://{service}:{self.passwords[f'amqp-{service}']}@rabbitmq/"

    @property
    def admin_amqp(self) -> str:
        """Return the broker's address for the job that declares exchanges and queues."""
        return f"amqp://motcua:{self.passwords['amqp-admin']}@rabbitmq/"

    @property
    def admin_dsn(self) -> str:
        """Return the address of the database server for the job that makes databases and roles."""
        return f"postgresql://postgres:{self.passwords['postgres']}@postgres/postgres"

    @property
    def files_url(self) -> str:
        """Return where all files are kept: one bucket of the object store."""
        return f"s3+http://motcua:{self.passwords['objects']}@objects:8333/{BUCKET}"

    @property
    def heads_url(self) -> str:
        """Return where the heads of the access logs are shipped: beside the files, away from the databases."""
        return self.heads or self.files_url

    @property
    def smtp_host(self) -> str:
        """Return the host that takes mail."""
        return "${MOTCUA_SMTP_HOST:-mail}"

    @property
    def public_url(self) -> str:
        """Return the address people open, as whoever starts the containers says it."""
        return "${MOTCUA_PUBLIC_URL:-http://127.0.0.1:8080}"

    def of_profile(self, profile: str) -> "ContainerPlan":
        """Return the same installation under one profile."""
        return replace(self, profile=profile)


def database_address(server: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def container_plan(passwords: Mapping[str, str]) -> ContainerPlan:
    """Return the plan with these passwords; which profile is told when it starts."""
    return ContainerPlan(
        folder=HOME,
        port=8080,
        profile="${PROFILE:-ninh-binh}",
        postgres_port=5432,
        ports={},
        smtp_port=1025,
        mail_page_port=8025,
        passwords=passwords,
        amqp_url="amqp://rabbitmq/",
        redis_url=f"redis://:{passwords['redis']}@redis:6379/0",
    )


def password_names() -> tuple[str, ...]:
    """Return the name of every password of an installation."""
    inboxes = (f"{name}_inbox" for name in OWNERS)
    clients = (f"client-{name}" for name in CLIENTS)
    logs = (f"audit-{name}" for name in OWNERS)
    seals = (f"seal-{name}" for name in SEALERS)
    shared = ("proofs", "session", "postgres", "amqp-admin", "objects", "redis")
    return (*OWNERS, *inboxes, *clients, *logs, *seals, *BROKER_USERS, *shared)


def installation(folder: Path) -> ContainerPlan:
    """Return the plan with the passwords kept in a folder, made where they do not exist yet."""
    plan = container_plan(load_secrets(folder, password_names()))
    return replace(plan, heads=os.environ.get(HEADS, "") or _heads(folder))


def _heads(folder: Path) -> str:
    """Return where services ship their heads, as the files say that they read; nothing where each says another."""
    told = {place.read_text().strip() for place in folder.glob("motcua_*_audit_heads_url")}
    return told.pop() if len(told) == 1 else ""


def told_and_secret(plan: ContainerPlan, service: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a service is told openly, and what it reads from files of its own."""
    everything = environment(plan, service)
    hidden = {f"MOTCUA_{service.upper()}_{name}" for name in SECRET}
    told = {name: value for name, value in everything.items() if name not in hidden}
    return told, {name: value for name, value in everything.items() if name in hidden}
