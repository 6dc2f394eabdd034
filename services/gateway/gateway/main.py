"""Print Envoy's configuration for the addresses in the environment: `python -m gateway.main > envoy.json`."""

import asyncio
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from gateway.adapters.envoy import Edge, run_envoy
from gateway.domain.bootstrap import render
from gateway.domain.clusters import Address, addresses
from gateway.domain.table import Administration, Route, read_table
from gateway.settings import Settings


def route_table() -> tuple[Route, ...]:
    """Read the route table that ships with the gateway."""
    return read_table(yaml.safe_load((files("gateway") / "routes.yaml").read_text("utf-8")))


def bootstrap(settings: Settings) -> dict[str, Any]:
    """Give Envoy's configuration.

    Raises: TableError when a service of the table has no address.
    """
    admin = settings.gateway_admin_port
    return render(
        route_table(),
        {name: addresses(urls) for name, urls in settings.services.items()},
        Address(settings.gateway_host, settings.gateway_port),
        admin=Address("127.0.0.1", admin) if admin is not None else None,
        overrides=settings.gateway_overrides,
        administration=administration(settings),
        rate_scale=settings.gateway_rate_scale,
        trusted_hops=settings.gateway_trusted_hops,
        otlp_endpoint=settings.otlp_endpoint,
        trace_ratio=settings.trace_ratio,
    )


def administration(settings: Settings) -> Administration | None:
    """Return where the administration is reached; nothing where it has no host of its own."""
    if not settings.gateway_administration_host:
        return None
    return Administration(settings.gateway_administration_host, tuple(settings.gateway_administration_from))


def run(folder: Path, drain: float) -> int:
    """Run the edge until SIGTERM, following the file of its settings; `drain` is in seconds."""
    told = Settings()
    most = 0 if told.gateway_trusted_hops else told.gateway_connections
    edge = Edge(folder, lambda: bootstrap(Settings()), told.gateway_file, told.gateway_port, most)
    return asyncio.run(run_envoy(edge, drain))


if __name__ == "__main__":
    json.dump(bootstrap(Settings()), sys.stdout, indent=1)
