"""What a process tells those who keep it running, on a listener of its own: its health and its numbers."""

import asyncio
import time
from typing import Final

import structlog
from common import metrics
from common.api.app import NO_TELEMETRY, Check
from common.database import Database
from common.security import Verifier
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse

from suite.run.certificates import Certificates

log = structlog.get_logger()
OFF: Final = 6.0
"""Seconds a clock may be off: tokens allow five, and whoever tells the hour tells whole seconds."""
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
    if state.database is not None and state.verifier is not None:
        checks["clock"] = lambda: _on_time(state.verifier, state.database)
    for name, check in checks.items():
        results[name] = await _holds(check)
    ok = all(results.values())
    return JSONResponse({"status": "ready" if ok else "not-ready", "checks": results}, 200 if ok else 503)


@health.get("/metrics")
async def show_metrics(request: Request) -> Response:
    """Give the numbers of this process to Prometheus, with the traces they come from where it asks for OpenMetrics."""
    state = request.app.state
    await asyncio.to_thread(state.certificates.tell)
    body, kind = await metrics.render(state.name, state.database, request.headers.get("accept", ""))
    return Response(body, headers={"content-type": kind})


def watched(app: FastAPI, certificates: Certificates | None = None) -> FastAPI:
    """Build what is served beside an app for those who watch it; whoever reaches the app does not reach this."""
    beside = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, telemetry=NO_TELEMETRY)
    beside.state = app.state
    beside.state.certificates = certificates or Certificates("", None)
    beside.router.routes.extend(health.routes)
    return beside


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


async def _on_time(verifier: Verifier, database: Database) -> bool:
    """Say whether the clock of this machine judges tokens rightly.

    It is wrong where it differs from that of the key server and from that of the database alike: where it differs from
    one of them only, that one may be wrong, and then it is not this machine that should go.
    """
    if verifier.clock_off is None or abs(verifier.clock_off) <= OFF:
        return True
    pool = await database.pool()
    told = float(await pool.fetchval("select extract(epoch from clock_timestamp())"))
    return abs(time.time() - told) <= OFF
