"""Traces that follow one request through services and events."""

import importlib
import time
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from opentelemetry import trace
from opentelemetry.trace import Link, Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from structlog.contextvars import get_contextvars

_W3C = TraceContextTextMapPropagator()


def configure_tracing(service: str, ratio: float, endpoint: str) -> None:
    """Send a share of the traces (0 to 1) to an OTLP endpoint; without one nothing is traced, nor loaded for it."""
    if endpoint:
        importlib.import_module("common.exporting").export_traces(service, ratio, endpoint)


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
def following(name: str, traceparents: Sequence[str | None]) -> Iterator[None]:
    """Do what facts led to as a part of the traces that announced them.

    What is done for several at once is a trace of its own; each of theirs then has a part of the same name and times
    that is linked to it.
    """
    parents = [_W3C.extract({"traceparent": one}) for one in traceparents if one is not None]
    if not parents:
        yield
        return
    tracer, alone, began = trace.get_tracer("motcua.common"), len(traceparents) == 1, time.time_ns()
    context = parents[0] if alone else None
    links = [] if alone else [Link(trace.get_current_span(one).get_span_context()) for one in parents]
    with tracer.start_as_current_span(
        name, context, SpanKind.CONSUMER, links=links, record_exception=False
    ) as done:
        yield
    for one in () if alone else parents:
        links = [Link(done.get_span_context())]
        tracer.start_span(name, one, SpanKind.CONSUMER, links=links, start_time=began).end()


async def pass_on(request: httpx.Request) -> None:
    """Let a request to a neighbour be a part of what goes on here; a hook of HTTP clients inside the suite."""
    told = {"traceparent": current_traceparent(), "x-request-id": get_contextvars().get("request_id")}
    request.headers.update({name: value for name, value in told.items() if value})
