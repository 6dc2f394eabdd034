"""What a service is, as its own folder says: `services/<name>/service.toml`."""

import tomllib
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from suite.run.places import checkout

Part = Literal["api", "worker"]
Use = Literal["askers", "files", "limits", "look", "mail", "redis", "services", "watched"]
Secret = Literal["audit", "client", "clients", "keys", "proofs", "seal", "session", "signing"]


# The settings that carry each secret, and each use of something shared.
SECRETS: dict[Secret, tuple[str, ...]] = {
    "audit": ("audit_key", "audit_heads_url"),  # signs its access log and ships the head of the chain
    "client": ("client_id", "client_secret", "identity_url"),  # asks identity for a token of its own
    "clients": ("service_clients",),  # knows the secret of every client
    "keys": ("key_folder",),  # the folder of its own sealing secret
    "proofs": (
        "proof_key",
    ),  # marks what an account proved, so that another knows it again without the number
    "seal": ("sealing_key",),  # seals what says who somebody is; later keys lie beside its certificates
    "session": ("session_key",),  # seals what a browser keeps
    "signing": ("signing_folder",),  # a folder with certificates and keys of its own
}
USES: dict[Use, tuple[str, ...]] = {
    "askers": ("questions_url",),  # how who asked without an account is reached
    "files": (),
    "limits": ("redis_url", "rate_scale"),  # what all replicas count together
    "mail": ("smtp_host", "smtp_port", "mail_from"),
    "redis": ("redis_url", "notify_url", "rate_scale"),  # news between processes, kept answers, shared limits
    "services": ("services",),  # the addresses of the others
    "watched": ("watched", "backup_folder"),  # where every process tells how it stands
    "look": ("theme", "languages"),  # the province's colours and languages
}


class Closed(BaseModel):
    """A word nobody knows is refused, so that a misspelt one is not silently nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Probes(Closed):
    """Where a process listens in a container of its own: its API for people, and its health and numbers apart."""

    port: int = 8000
    watch: int = 9464
    live: str = "/health/live"
    ready: str = "/health/ready"
    metrics: str = "/metrics"


class ImportContract(Closed):
    """One more import contract of a service; nothing here can let an import through."""

    name: str
    type: Literal["forbidden", "independence", "layers"]
    containers: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    source_modules: tuple[str, ...] = ()
    forbidden_modules: tuple[str, ...] = ()


class Scale(Closed):
    """What one process of a service may use on a cluster, and how many of it there are."""

    cpu: str = "50m"
    memory: str = "192Mi"
    most_cpu: str = "1"
    most_memory: str = "384Mi"
    least: int = 2
    most: int = 4
    requests: int = 0
    """Requests in a second that one replica answers in good time; without it processor time decides."""


class Apart(Closed):
    """What an agency's own instance says and hears, where that is not all that the province's does."""

    says: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()


class Manifest(Closed):
    """One service: its parts, its data, what it says and hears, what it may know, how people reach it."""

    name: str
    says: str
    runs: tuple[Part, ...] = ("api", "worker")
    database: bool = True
    announces: tuple[str, ...] = ()
    listens: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    secrets: tuple[Secret, ...] = ()
    uses: tuple[Use, ...] = ()
    settings: tuple[str, ...] = ()
    """Settings that only this service has and that have a default; secrets and uses bring theirs."""
    apart: Apart = Apart()
    probes: Probes = Probes()
    api: Scale = Scale()
    worker: Scale = Scale()
    routes: tuple[dict[str, Any], ...] = ()
    """Rows of the gateway's table in their order; who answers is this service."""
    limits: dict[str, dict[str, int]] = Field(default_factory=dict)
    groups: dict[str, dict[str, int]] = Field(default_factory=dict)
    """What the gateway sheds together; a route names its group."""
    bodies: dict[str, int] = Field(default_factory=dict)
    imports: tuple[ImportContract, ...] = ()
    """Import contracts beside those every service has."""

    @property
    def given(self) -> frozenset[str]:
        """Return every setting of its own that this service may have."""
        told = [*(SECRETS[name] for name in self.secrets), *(USES[name] for name in self.uses)]
        return frozenset([*self.settings, *(setting for one in told for setting in one)])


@cache
def manifests() -> dict[str, Manifest]:
    """Return the manifest of every service of this checkout, by name.

    Raises:
        ValueError: a manifest says what nobody knows, or another name than its folder.
    """
    read: dict[str, Manifest] = {}
    for place in sorted(checkout().glob("services/*/service.toml")):
        made = Manifest.model_validate(tomllib.loads(place.read_text("utf-8")))
        if made.name != place.parent.name:
            raise ValueError(f"{place.parent.name}/service.toml calls itself {made.name}")
        read[made.name] = made
    return read
