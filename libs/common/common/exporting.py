"""Sends traces to a collector; loaded only where one is named, for what it brings takes 5 MB in every process."""

from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace import Status


class _Discreet(OTLPSpanExporter):
    """Tells that something failed, never the words of the failure: those may name a person."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        for span in spans:
            span._status = Status(span.status.status_code)
        return super().export(spans)


def export_traces(service: str, ratio: float, endpoint: str) -> TracerProvider:
    """Send a share of the traces (0 to 1) to an OTLP endpoint."""
    resource = Resource.create({"service.name": f"motcua-{service}"})
    provider = TracerProvider(ParentBasedTraceIdRatio(ratio), resource, span_limits=SpanLimits(max_events=0))
    provider.add_span_processor(BatchSpanProcessor(_Discreet(endpoint=endpoint)))
    trace.set_tracer_provider(provider)
    # SQLAlchemy runs on asyncpg: instrumenting both would count every statement twice.
    AsyncPGInstrumentor().instrument()  # type: ignore[no-untyped-call]
    return provider
