"""The gateway's configuration for one run on this machine."""

from pathlib import Path

from gateway.adapters.envoy import Edge
from gateway.main import bootstrap
from gateway.settings import Settings

from suite.run.layout import SERVICES, Plan


def edge(plan: Plan, folder: Path, rate_scale: float = 1.0) -> Edge:
    """Return the gateway's files for the ports of this run; `rate_scale` multiplies every rate limit.

    The file of its settings may name further replicas of a service.
    """

    def told() -> Settings:
        return Settings(
            gateway_host="127.0.0.1",
            gateway_port=plan.port,
            services={**{name: plan.url(name) for name in SERVICES}, **Settings().services},
            gateway_rate_scale=rate_scale,
        )

    return Edge(folder, lambda: bootstrap(told()), told().gateway_file, plan.port, told().gateway_connections)
