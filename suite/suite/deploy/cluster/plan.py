"""Which address each service is told on a cluster, and so whom it may speak to."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from suite.deploy.containers import ContainerPlan, container_plan, password_names, told_and_secret
from suite.run.manifest import Manifest
from suite.run.provinces import STANDARD

_ADDRESS: Final = re.compile(r"(\w+(?:\+\w+)?)://(?:[^@/\s\"]*@)?([\w.-]+)(?::(\d+))?")
_PORTS: Final = {"postgresql": 5432, "amqp": 5672, "redis": 6379, "http": 80, "https": 443}
_NOBODY: Final = ("MOTCUA_PUBLIC_URL",)  # what people open is not what a service asks


class Address(NamedTuple):
    """A host of the private network and its port."""

    host: str
    port: int


class ClusterPlan(ContainerPlan):
    """The names of one host's containers are the names of a cluster's Services; what people open, an overlay says."""

    @property
    def public_url(self) -> str:
        """Return the address people open."""
        return "https://motcua.example"

    @property
    def smtp_host(self) -> str:
        """Return the host that takes mail."""
        return "mail"


def cluster_plan() -> ClusterPlan:
    """Return the plan of a cluster, without passwords."""
    plan = container_plan(dict.fromkeys(password_names(), "-")).of_profile(STANDARD)
    return ClusterPlan(**vars(plan))


def settings_of(service: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what a service is told openly, and the names of the settings it reads from files of its own."""
    told, hidden = told_and_secret(cluster_plan(), service)
    return told, tuple(hidden)


def spoken_to(service: str) -> tuple[Address, ...]:
    """Return every address a service is told; the arrows of the network follow from it, and from nothing else."""
    told, hidden = told_and_secret(cluster_plan(), service)
    found = {
        Address(host, int(port or _PORTS[scheme]))
        for name, value in {**told, **hidden}.items()
        if name not in _NOBODY
        for scheme, host, port in _ADDRESS.findall(value)
    }
    own = f"MOTCUA_{service.upper()}"
    if mail := told.get(f"{own}_SMTP_HOST"):
        found.add(Address(mail, int(told[f"{own}_SMTP_PORT"])))
    return tuple(sorted(one for one in found if one.host != f"{service}-api"))


def running(told: Mapping[str, Manifest]) -> dict[str, Manifest]:
    """Return the services that run; the edge is none of them."""
    return {name: one for name, one in told.items() if one.runs}


def parts_of(one: Manifest) -> tuple[str, ...]:
    """Return the parts of a service that are pods of their own."""
    return one.runs if one.database else ("api",)


CONNECTIONS: Final = 800
"""What a cluster's PostgreSQL is asked to take; every overlay's server must take as many."""
_KEPT: Final = 20
"""For the operator, backups and people."""
_FOLDS: Final = 3
"""A process takes the pool's number for hot paths, as many for sessions, and as many again when those are busy."""
_APART: Final = 2
"""For listening and for the jobs' lock, of each process that has a database."""


def pool_of(told: Mapping[str, Manifest]) -> int:
    """Return the pool of each process with which all of them, at their largest number, fit into the database.

    Raises: ValueError when not even two a process do.
    """
    most = sum(
        scale.most
        for one in running(told).values()
        if one.database
        for scale in (one.api, one.worker)[: len(parts_of(one))]
    )
    pool = ((CONNECTIONS - _KEPT) // most - _APART) // _FOLDS
    if pool < 2:
        raise ValueError(f"{most} processes do not fit into {CONNECTIONS} connections")
    return pool
