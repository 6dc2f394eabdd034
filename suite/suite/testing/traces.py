"""A small collector of traces: an OTLP endpoint that keeps what it is told."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class ToldSpan:
    """One part of a trace, as somebody told it."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    links: tuple[str, ...]
    words: str
    """Everything else that was told of it."""


class Collector:
    """Listens on loopback and remembers."""

    def __init__(self) -> None:
        """Begin to listen on a free port."""
        self.spans: list[ToldSpan] = []
        kept = self.spans

        class Takes(BaseHTTPRequestHandler):
            """Reads what an exporter posts, whole or in chunks."""

            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = self.headers["content-length"]
                body = self.rfile.read(int(length)) if length else b"".join(self._chunks())
                kept.extend(told(ExportTraceServiceRequest.FromString(body)))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def _chunks(self) -> Iterator[bytes]:
                while size := int(self.rfile.readline(), 16):
                    yield self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}/v1/traces"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no longer."""
        self._server.shutdown()
        self._server.server_close()


def told(request: ExportTraceServiceRequest) -> Iterator[ToldSpan]:
    """Read the spans of one message."""
    for each in request.resource_spans:
        names = {one.key: one.value.string_value for one in each.resource.attributes}
        for scope in each.scope_spans:
            for span in scope.spans:
                yield ToldSpan(
                    service=names.get("service.name", ""),
                    name=span.name,
                    trace=span.trace_id.hex(),
                    id=span.span_id.hex(),
                    parent=span.parent_span_id.hex(),
                    links=tuple(link.trace_id.hex() for link in span.links),
                    words=str(span),
                )


@pytest.fixture
def collector() -> Iterator[Collector]:
    """Give a collector of one's own."""
    made = Collector()
    yield made
    made.stop()
