"""Traces that join across HTTP and events, and the numbers Prometheus reads."""

import asyncio

import httpx
import pytest
from board.events import posted
from board.reader import effects, reading, until, working
from common import metrics, outbox
from common.api import SessionDep, create_service_app
from common.carriers import PostgresCarrier, SubscriberTarget
from common.exporting import export_traces
from common.inbox import Arrival, store
from common.outbox import outbox_values
from common.tracing import configure_tracing, current_trace_id, current_traceparent, following, pass_on
from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from opentelemetry import trace
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from structlog.contextvars import bound_contextvars
from suite.testing import client

router = APIRouter(prefix="/api/board")


@router.post("/notices", status_code=201)
async def post(session: SessionDep) -> None:
    await outbox.record(session, posted("a"))


@pytest.fixture(scope="module")
def spans():
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    instrumentor = AsyncPGInstrumentor()
    instrumentor.instrument()
    yield exporter
    instrumentor.uninstrument()


async def test_a_request_and_the_effect_of_its_event_are_one_trace(spans, fresh_database):
    board, reader = await fresh_database("board"), await fresh_database("board")
    app = create_service_app(name="board", database=board, verifier=None, routers=[router])
    async with client(app) as http:
        answer = await http.post("/api/board/notices")
    async with (
        working("board", board, PostgresCarrier({"reader": SubscriberTarget(reader.dsn)})),
        working("reader", reader, PostgresCarrier({}), reading()),
    ):
        await until(lambda: _has_effect(reader))
    finished = spans.get_finished_spans()
    request = next(span for span in finished if span.name == "POST /api/board/notices")
    consumed = next(span for span in finished if span.name == "consume board.notice_posted.v1")
    assert consumed.context.trace_id == request.context.trace_id
    assert consumed.parent.span_id == request.context.span_id
    statements = [s for s in finished if s.attributes.get("db.system") or s.attributes.get("db.system.name")]
    assert {s.parent.span_id for s in statements if s.parent} >= {
        request.context.span_id,
        consumed.context.span_id,
    }
    assert answer.status_code == 201


async def _has_effect(database) -> bool:
    return bool(await effects(database))


async def test_a_problem_names_its_trace(spans):
    app = create_service_app(name="board", database=None, verifier=None, routers=[router])
    async with client(app) as http:
        trace_id = (await http.get("/api/board/nowhere")).json()["trace_id"]
    assert trace_id in {f"{span.context.trace_id:032x}" for span in spans.get_finished_spans()}


async def test_a_span_names_the_route_and_never_path_or_query(spans):
    app = create_service_app(name="board", database=None, verifier=None, routers=[])
    async with client(app) as http:
        await http.get("/api/secret/Nguyen?q=Hoang")
    told = [(span.name, dict(span.attributes)) for span in spans.get_finished_spans()]
    assert (
        "GET unmatched",
        {
            "http.request.method": "GET",
            "http.route": "unmatched",
            "http.response.status_code": 404,
        },
    ) in told
    assert not any(word in str(told) for word in ("Nguyen", "Hoang"))


@pytest.mark.parametrize("endpoint", [None, ""])
def test_nothing_is_traced_without_an_endpoint(endpoint):
    assert configure_tracing("board", 1.0, endpoint) is None


async def test_facts_handled_together_are_a_part_of_each_of_their_traces(spans):
    tracer = trace.get_tracer("board")
    told = []
    for name in "ab":
        with tracer.start_as_current_span(name):
            told.append(current_traceparent())
    with following("consume both", [*told, None]):
        batch = current_trace_id()
    parts = [span for span in spans.get_finished_spans() if span.name == "consume both"]
    links = {
        f"{part.context.trace_id:032x}": [f"{link.context.trace_id:032x}" for link in part.links]
        for part in parts
    }
    first, second = (one.split("-")[1] for one in told)
    assert links == {batch: [first, second], first: [batch], second: [batch]}


async def test_a_failure_is_told_without_its_words(collector):
    provider = export_traces("board", 1.0, collector.endpoint)
    tracer = provider.get_tracer("board")
    with pytest.raises(ValueError, match="Nguyễn"), tracer.start_as_current_span("fails"):
        raise ValueError("Nguyễn Thị Hồng, 036123456789")
    provider.force_flush()
    told = next(span for span in collector.spans if span.name == "fails")
    assert "STATUS_CODE_ERROR" in told.words
    assert "Nguy" not in told.words
    assert "036123456789" not in told.words


async def test_a_request_to_a_neighbour_carries_the_trace_and_the_id_of_the_request(spans):
    asked = httpx.Request("GET", "http://neighbour.test/")
    with trace.get_tracer("board").start_as_current_span("page"), bound_contextvars(request_id="0192-page"):
        await pass_on(asked)
        assert asked.headers["traceparent"] == current_traceparent()
    assert asked.headers["x-request-id"] == "0192-page"
    alone = httpx.Request("GET", "http://neighbour.test/")
    await pass_on(alone)
    assert not {"traceparent", "x-request-id"} & set(alone.headers)


async def test_a_slow_answer_leads_to_its_trace_where_openmetrics_is_asked_for(spans):
    app = create_service_app(name="exemplary", database=None, verifier=None, routers=[router])
    async with client(app) as http:
        trace_id = (await http.get("/api/board/nowhere")).json()["trace_id"]
    plain, _ = await metrics.render("exemplary", None)
    full, kind = await metrics.render("exemplary", None, "application/openmetrics-text; version=1.0.0")
    assert kind.startswith("application/openmetrics-text")
    assert f'trace_id="{trace_id}"' in full.decode()
    assert trace_id not in plain.decode()


async def test_the_numbers_show_what_waits_and_for_how_long(fresh_database):
    board = await fresh_database("board")
    pool = await board.pool()
    async with board.sessions() as session:
        await outbox.record(session, posted("a"), posted("b"), posted("c"))
        await session.commit()
    await pool.execute("update outbox set created_at = now() - interval '90 seconds' where seq = 1")
    await pool.execute("update outbox set waiting_for = '{lame}' where seq = 1")
    rows = [outbox_values(posted(name), "board") for name in "wxyz"]
    await store(pool, [Arrival(row.id, row.type, row.envelope_json) for row in rows])
    await pool.execute(
        "update inbox set received_at = now() - interval '30 seconds', attempts = 1 where seq = 1"
    )
    await pool.execute("update inbox set dead_at = now() where seq = 2")
    await pool.execute(
        "update inbox set waits_for = 'notice a', waits_since = now() - interval '1 hour' where seq = 3"
    )
    text = (await metrics.render("board", board))[0].decode()
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if 'service="board"' in line)
    assert float(values['motcua_outbox_unpublished{service="board"}']) == 3
    assert 90 <= float(values['motcua_outbox_oldest_unpublished_seconds{service="board"}']) < 100
    assert float(values['motcua_inbox_waiting{service="board"}']) == 3
    assert float(values['motcua_inbox_not_yet{service="board"}']) == 1
    assert 3600 <= float(values['motcua_inbox_not_yet_seconds{service="board"}']) < 3610
    assert 30 <= float(values['motcua_inbox_lag_seconds{service="board"}']) < 40
    assert float(values['motcua_inbox_dead{service="board"}']) == 1


async def test_requests_are_counted_by_route_never_by_path():
    app = create_service_app(name="counted", database=None, verifier=None, routers=[])
    async with client(app) as http:
        await http.get("/api/secret/Nguyễn")
    text = (await metrics.render("counted", None))[0].decode()
    assert 'service="counted",status="404"' in text
    assert "secret" not in text


async def test_a_stream_has_answered_once_it_begins():
    async def words():
        for _ in range(3):
            await asyncio.sleep(0.2)
            yield b"event: changed\n\n"

    app = create_service_app(name="streams", database=None, verifier=None, routers=[])

    @app.get("/api/streams/{kind}")
    async def stream(kind: str) -> StreamingResponse:
        return StreamingResponse(words(), media_type="text/event-stream" if kind == "news" else "text/csv")

    async with client(app) as http:
        for kind in ("news", "list"):
            assert (await http.get(f"/api/streams/{kind}")).status_code == 200
            labels = {"service": "streams", "method": "GET", "route": "/api/streams/{kind}", "status": "200"}
            took = metrics.registry.get_sample_value("motcua_http_request_seconds_sum", labels) or 0
            assert (took > 0.5) is (kind == "list")
