"""Print Envoy's configuration for the addresses in the environment: `python -m gateway.main > envoy.json`."""

import asyncio
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from gateway.adapters.envoy import Edge, run_envoy
from gateway.domain.bootstrap import Address, render
from gateway.domain.table import Override, Route, read_table
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
        {name: Address.parse(url) for name, url in settings.services.items()},
        Address(settings.gateway_host, settings.gateway_port),
        admin=Address("127.0.0.1", admin) if admin is not None else None,
        overrides=[Override(one.prefix, one.upstream) for one in settings.gateway_overrides],
        rate_scale=settings.gateway_rate_scale,
        trusted_hops=settings.gateway_trusted_hops,
        otlp_endpoint=settings.otlp_endpoint,
        trace_ratio=settings.trace_ratio,
    )


def run(folder: Path, drain: float) -> int:
    """Run the edge until SIGTERM, following the file of its settings; `drain` is in seconds."""
    edge = Edge(folder, lambda: bootstrap(Settings()), Settings().gateway_file)
    return asyncio.run(run_envoy(edge, drain))


if __name__ == "__main__":
    json.dump(bootstrap(Settings()), sys.stdout, indent=1)
