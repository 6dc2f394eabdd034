"""Which services the suite consists of, and what each is told about the others."""

import importlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from suite.run.manifest import manifests
from suite.run.places import free_port
from suite.run.tls import closed

SERVICES = tuple(name for name, told in manifests().items() if told.runs)
OWNERS = tuple(name for name, told in manifests().items() if told.database)  # with a database of their own
CLIENTS = tuple(name for name, told in manifests().items() if "client" in told.secrets)
SEALERS = tuple(name for name, told in manifests().items() if "seal" in told.secrets)
NEWS = "news"  # the database without tables that carries news by NOTIFY, and the role that may enter it
HEADS = "MOTCUA_AUDIT_HEADS_URL"
STATE_VERSION = 1
PRIVATE = ("audit", "files", "mail", "keys", "signing", "demo", "logs")  # folders with personal data or keys


class NewerStateError(Exception):
    """The data folder was written by a newer version of the suite."""


def module(service: str, part: str) -> ModuleType:
    """Return one word of a service, for example `intake.main`."""
    return importlib.import_module(f"{service}.{part}")


def module_if_any(service: str, part: str) -> ModuleType | None:
    """Return one word of a service, None where the service has nothing to say under it.

    Raises:
        ImportError: the word is there and cannot be imported, because something it needs is missing.
    """
    try:
        return module(service, part)
    except ModuleNotFoundError as error:
        if error.name != f"{service}.{part}":
            raise
        return None


def listens(service: str) -> tuple[str, ...]:
    """Return the event types a service listens to; empty for one that listens to nothing."""
    return manifests()[service].listens


def load_secrets(folder: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Return the named secrets of this installation, making those that do not exist yet."""
    vault = folder / "secrets.json"
    known: dict[str, str] = json.loads(vault.read_text()) if vault.exists() else {}
    missing = [name for name in names if name not in known]
    if missing:
        known.update({name: secrets.token_urlsafe(32) for name in missing})
        vault.touch(mode=0o600)
        vault.write_text(json.dumps(known, indent=1))
    return known


def check_state(folder: Path) -> None:
    """Note the version of a new data folder, or compare it with ours.

    Raises:
        NewerStateError: the folder is from a newer version; nothing was changed.
    """
    note = folder / "version.json"
    if note.exists():
        written = int(json.loads(note.read_text())["state"])
        if written > STATE_VERSION:
            raise NewerStateError(
                f"The data in {folder} is from a newer version ({written}) than this program ({STATE_VERSION})."
            )
        return
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # servers pass through to their own folder; nobody else can list it
    for name in PRIVATE:
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    note.write_text(json.dumps({"state": STATE_VERSION}))


@dataclass(frozen=True)
class Plan:
    """Everything that one run of the suite is made of: ports, places and passwords."""

    folder: Path
    port: int
    profile: str
    postgres_port: int
    ports: Mapping[str, int]
    smtp_port: int
    mail_page_port: int
    passwords: Mapping[str, str]
    amqp_url: str | None = None
    redis_url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    watched: Mapping[str, int] = field(default_factory=dict)
    """Where each process tells its health and numbers; a worker of its own is named `intake-worker`."""
    authority: str = ""
    """The certificate of whoever vouches for the servers; with one, every address asks for it."""
    heads: str = ""
    """Where the operator has the heads of the access logs shipped; without it a place of the suite's own."""

    @property
    def public_url(self) -> str:
        """Return the address people open."""
        return f"http://127.0.0.1:{self.port}"

    def url(self, service: str) -> str:
        """Return the loopback address of one service's API."""
        return f"http://127.0.0.1:{self.ports[service]}"

    def amqp(self, service: str) -> str | None:
        """Return the broker's address as one service knows it; none where PostgreSQL carries the events."""
        return self.amqp_url

    def watch_url(self, process: str) -> str:
        """Return the loopback address where a process tells its health and numbers."""
        return f"http://127.0.0.1:{self.watched[process]}"

    @property
    def files_url(self) -> str:
        """Return where all files are kept."""
        return (self.folder / "files").as_uri()

    @property
    def heads_url(self) -> str:
        """Return where the heads of the access logs are shipped."""
        return self.heads or (self.folder / "audit").as_uri()

    @property
    def smtp_host(self) -> str:
        """Return the host that takes mail."""
        return "127.0.0.1"

    def keys(self, service: str) -> Path:
        """Return the folder of the keys with which one service seals."""
        return self.folder / "keys" / service

    def signing(self, service: str) -> Path:
        """Return the folder of the certificates and keys with which one service signs."""
        return self.folder / "signing" / service

    def dsn(self, service: str, role: str | None = None) -> str:
        """Return the database address of a service, under its own role unless another is named."""
        user = role or service
        place = f"127.0.0.1:{self.postgres_port}/{service}{closed(self.authority)}"
        return f"postgresql://{user}:{self.passwords[user]}@{place}"


def plan(folder: Path, port: int, profile: str, amqp_url: str | None = None, redis_url: str = "") -> Plan:
    """Choose ports and secrets for a run; chosen ports are kept for the next one while they are free."""
    names = [
        *OWNERS,
        *(f"{name}_inbox" for name in OWNERS),
        *(f"client-{name}" for name in CLIENTS),
        *(f"audit-{name}" for name in OWNERS),
        *(f"seal-{name}" for name in SEALERS),
        "proofs",
        "session",
        NEWS,
    ]
    return Plan(
        folder=folder,
        port=port,
        profile=profile,
        postgres_port=free_port(),
        ports={name: free_port() for name in SERVICES},
        smtp_port=free_port(),
        mail_page_port=free_port(),
        passwords=load_secrets(folder, tuple(names)),
        heads=os.environ.get(HEADS, ""),
        amqp_url=amqp_url,
        redis_url=redis_url,
        watched={name: free_port() for name in (*SERVICES, *(f"{name}-worker" for name in OWNERS))},
    )
