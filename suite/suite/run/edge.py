"""Render the gateway's configuration for one run on this machine, and again when its file of settings changes."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from gateway.adapters.envoy import write_files
from gateway.main import bootstrap
from gateway.settings import Settings

from suite.run.layout import SERVICES, Plan

log = structlog.get_logger()


def envoy_bootstrap(plan: Plan, rate_scale: float = 1.0) -> dict[str, Any]:
    """Return Envoy's bootstrap for the ports of this run; `rate_scale` multiplies every rate limit.

    Raises: gateway.domain.table.TableError when a service of the route table has no address.
    """
    told = Settings(
        gateway_host="127.0.0.1",
        gateway_port=plan.port,
        services={name: plan.url(name) for name in SERVICES},
        gateway_rate_scale=rate_scale,
    )
    return bootstrap(told)


@dataclass
class Edge:
    """The files Envoy starts from and watches; `configured` renders them."""

    folder: Path
    configured: Callable[[], dict[str, Any]]
    told: bytes | None = None

    def write(self) -> Path:
        """Write them and return where the bootstrap lies."""
        self.told = _settings()
        return write_files(self.folder, self.configured())

    def follow(self) -> None:
        """Write them again where the gateway's file of settings changed; one that makes no sense changes nothing."""
        if (now := _settings()) == self.told:
            return
        self.told = now
        try:
            write_files(self.folder, self.configured())
        except ValueError as wrong:
            log.error("routes unchanged: the file of settings makes no sense", why=str(wrong))


def _settings() -> bytes | None:
    named = os.environ.get("MOTCUA_GATEWAY_FILE")
    return Path(named).read_bytes() if named and Path(named).is_file() else None
