"""Build the app of one service around its routes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.telemetry import TelemetryConfig

from common import metrics
from common.api.observed import Observed
from common.api.problems import add_problem_handlers
from common.clock import utc_now
from common.database import Database
from common.logs import configure_logs
from common.migrations import Migrated
from common.relay import announce_commits
from common.security import Verifier

Check = Callable[[], Awaitable[bool]]
# Observed makes the spans: those of the framework would carry paths and queries, and those may name a person.
_NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
log = structlog.get_logger()
health = APIRouter(include_in_schema=False)


@health.get("/health/live")
async def live() -> dict[str, str]:
    """Say that the event loop turns; nothing else is asked."""
    return {"status": "live"}


@health.get("/health/ready")
async def ready(request: Request) -> JSONResponse:
    """Say whether traffic may come: own database, its tables and own checks, never a neighbour or the broker."""
    state = request.app.state
    results = {"draining": not state.draining}
    checks: dict[str, Check] = {f"check-{n}": check for n, check in enumerate(state.readiness, 1)}
    if state.database is not None:
        checks |= {"database": lambda: _answers(state.database), "migrated": state.migrated}
    for name, check in checks.items():
        results[name] = await _holds(check)
    ok = all(results.values())
    return JSONResponse({"status": "ready" if ok else "not-ready", "checks": results}, 200 if ok else 503)


@health.get("/metrics")
async def show_metrics(request: Request) -> Response:
    """Give the numbers of this process to Prometheus."""
    body = await metrics.render(request.app.state.name, request.app.state.database)
    return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")


def create_service_app(
    *,
    name: str,
    database: Database | None,
    verifier: Verifier | None,
    routers: Sequence[APIRouter],
    now: Callable[[], datetime] | None = None,
    readiness: Sequence[Check] = (),
    public_docs: bool = True,
    built: object = None,
) -> FastAPI:
    """Build a service's app: its routes and what `main` built for them, problems, health, metrics, logs."""
    app = FastAPI(
        title=f"motcua {name}",
        openapi_url=f"/api/{name}/openapi.json" if public_docs else None,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        telemetry=_NO_TELEMETRY,
    )
    app.state.name = name
    app.state.database = database
    app.state.built = built
    app.state.migrated = Migrated(database, name) if database is not None else None
    app.state.verifier = verifier
    app.state.now = now or utc_now
    app.state.readiness = tuple(readiness)
    app.state.draining = False
    add_problem_handlers(app)
    app.add_middleware(Observed, service=name)
    # Routes are tried in order; a router between would be tried as well, a quarter of what a small answer costs.
    for router in (*routers, health):
        app.router.routes.extend(router.routes)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    if not structlog.is_configured():
        configure_logs(app.state.name)  # the library's own default would print local variables
    if app.state.database is None:
        yield
        return
    # Where the relay lives in another process, this task wakes it: one NOTIFY for many commits.
    announcer = asyncio.create_task(announce_commits(app.state.database))
    yield
    announcer.cancel()


async def _holds(check: Check) -> bool:
    try:
        async with asyncio.timeout(3):
            return bool(await check())
    except Exception as error:
        log.warning("not ready", error=type(error).__name__)
        return False


async def _answers(database: Database) -> bool:
    pool = await database.pool()
    return bool(await pool.fetchval("select true"))
