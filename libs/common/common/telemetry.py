"""Start logs and traces of one process; called once, before the first request."""

from common.logs import configure_logs
from common.settings import ServiceSettings
from common.tracing import configure_tracing


def start(service: str, settings: ServiceSettings) -> None:
    """Send logs to standard output and a share of the traces to the configured endpoint."""
    configure_logs(service, settings.log_level)
    configure_tracing(service, settings.trace_ratio, settings.otlp_endpoint)
