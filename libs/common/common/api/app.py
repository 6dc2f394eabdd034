"""Build the app of one service around its routes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig

from common.api.documented import ServiceApp
from common.api.observed import Observed
from common.api.problems import add_problem_handlers
from common.clock import utc_now
from common.database import Database
from common.logs import configure_logs
from common.migrated import Migrated
from common.relay import announce_commits
from common.security import Verifier

Check = Callable[[], Awaitable[bool]]
# Observed makes the spans: those of the framework would carry paths and queries, and those may name a person.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


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
    """Build a service's app: its routes and what `main` built for them, problems, logs."""
    app = ServiceApp(
        title=f"motcua {name}",
        openapi_url=f"/api/{name}/openapi.json" if public_docs else None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # the way back would name the host that the caller claims
        lifespan=_lifespan,
        telemetry=NO_TELEMETRY,
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
    for router in routers:
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
