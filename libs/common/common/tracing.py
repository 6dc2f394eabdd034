"""Traces that follow one request through services and events."""

from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace import Link, Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_W3C = TraceContextTextMapPropagator()


def configure_tracing(service: str, ratio: float, endpoint: str) -> TracerProvider | None:
    """Send a share of the traces (0 to 1) to an OTLP endpoint; without an endpoint nothing is traced."""
    if not endpoint:
        return None
    resource = Resource.create({"service.name": f"motcua-{service}"})
    provider = TracerProvider(sampler=ParentBasedTraceIdRatio(ratio), resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    trace.set_tracer_provider(provider)
    # SQLAlchemy runs on asyncpg: instrumenting both would count every statement twice.
    AsyncPGInstrumentor().instrument()  # type: ignore[no-untyped-call]
    return provider


def current_traceparent() -> str | None:
    """Give the W3C trace context of the running span, nothing outside of one."""
    span = trace.get_current_span().get_span_context()
    if not span.is_valid:
        return None
    return f"00-{span.trace_id:032x}-{span.span_id:016x}-{span.trace_flags:02x}"


def current_trace_id() -> str | None:
    """Give the id of the running trace as 32 hexadecimal digits, nothing outside of one."""
    span = trace.get_current_span().get_span_context()
    return f"{span.trace_id:032x}" if span.is_valid else None


def exemplar() -> dict[str, str] | None:
    """Name the running trace beside a number, so that a slow one leads to its trace; nothing where none is kept."""
    span = trace.get_current_span().get_span_context()
    return {"trace_id": f"{span.trace_id:032x}"} if span.trace_flags.sampled else None


def is_tracing() -> bool:
    """Say whether anybody collects traces in this process."""
    return not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)


@contextmanager
def serving(scope: MutableMapping[str, Any]) -> Iterator[Span]:
    """Answer an ASGI request as a part of the caller's trace; name the span once the route is known."""
    carrier = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in scope["headers"]
        if name in (b"traceparent", b"tracestate")
    }
    tracer, parent = trace.get_tracer("motcua.common"), _W3C.extract(carrier)
    # An exception's message may hold personal data, so the span keeps only that something failed.
    with tracer.start_as_current_span(
        scope["method"], parent, SpanKind.SERVER, record_exception=False
    ) as span:
        yield span


def name_span(span: Span, method: str, route: str, status: int) -> None:
    """Say which route answered and how, never path or query: those may name a person."""
    span.update_name(f"{method} {route}")
    span.set_attributes(
        {"http.request.method": method, "http.route": route, "http.response.status_code": status}
    )
    if status >= 500:
        span.set_status(StatusCode.ERROR)


@contextmanager
def consuming(type_: str, traceparents: Sequence[str | None]) -> Iterator[None]:
    """Run a handler as a part of the trace that announced its event; a handler of several is linked to all of them."""
    parents = [_W3C.extract({"traceparent": one}) for one in traceparents if one is not None]
    if not parents:
        yield
        return
    parent = parents[0] if len(traceparents) == 1 else None
    links = [] if parent else [Link(trace.get_current_span(one).get_span_context()) for one in parents]
    tracer = trace.get_tracer("motcua.common")
    with tracer.start_as_current_span(
        f"consume {type_}", context=parent, kind=SpanKind.CONSUMER, links=links
    ):
        yield
