"""Render the gateway's configuration for one run on this machine."""

from typing import Any

from gateway.main import bootstrap
from gateway.settings import Settings

from suite.run.layout import SERVICES, Plan


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
