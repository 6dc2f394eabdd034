"""Render the gateway's configuration for one run on this machine."""

from typing import Any

from suite.layout import Plan


def envoy_bootstrap(plan: Plan, admin_port: int) -> dict[str, Any]:
    """Return Envoy's bootstrap for the ports of this run."""
    raise AssertionError((plan, admin_port))
