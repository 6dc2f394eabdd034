"""Puts the portal together."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from common.api import create_service_app
from common.database import Database
from common.ended import Ended
from common.tracing import pass_on
from common.worker import Worker
from fastapi import FastAPI
from live import FORM, Shared, bounding, listening
from regulation import profiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Lifespan

from portal.adapters.rendering import Renderer, load_theme, theme_of
from portal.adapters.sessions import Seal, session_key
from portal.adapters.streams import Streams
from portal.adapters.tokens import Tokens
from portal.adapters.ways import Ways
from portal.api import routers
from portal.api.failures import add_failure_pages, upload_refused
from portal.api.shell import Shell, ShellRules
from portal.api.visit import Built
from portal.domain.lookups import in_operation
from portal.settings import Settings

SERVICE = "portal"
PACKAGE = "portal"


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Build the portal; it has no database, ``database`` is there for the suite's one shape of every service."""
    clock = time.time
    profile = profiles.load(settings.profile)
    languages = tuple(settings.languages or profile.listing("ui.languages"))
    idle = profile.number("security.citizen_session_idle_minutes")
    seal = Seal(session_key(settings.session_key, settings.session_key_file), clock)
    rooms = routers(settings.site)
    app = create_service_app(name=SERVICE, database=None, verifier=None, routers=rooms, public_docs=False)
    shared, http = Shared(settings.redis_url, settings.notify_url), _http()
    app.state.built = Built(
        base_url=Ways(settings.base_url, settings.gateway_file, time.monotonic),
        public_url=settings.public_url or "",
        security_contact=settings.security_contact,
        session_minutes=idle,
        renderer=_renderer(settings, languages),
        http=http,
        ended=Ended(settings.base_url("identity") + "/api/identity/ended-sessions", http),
        seal=seal,
        tokens=Tokens(clock),
        clock=clock,
        streams=Streams(shared.board),
        lookups=in_operation(profile.listing("tracking.channels"), settings.lookup_channels),
        public_periods=tuple(profile.listing("stats.public_periods")),
    )
    add_failure_pages(app)
    bounding(app, upload_refused, FORM)
    app.router.lifespan_context = _closing(app)
    listening(app, shared.board)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=6)
    rules = ShellRules(
        languages=languages,
        english_host=settings.english_host,
        site=settings.site,
        session_minutes=idle,
        secure=settings.public_url.startswith("https://"),
        now=clock,
    )
    app.add_middleware(Shell, seal=seal, rules=rules)
    return app


def _renderer(settings: Settings, languages: tuple[str, ...]) -> Renderer:
    theme = load_theme(settings.theme or theme_of(settings.profile))
    return Renderer(
        theme, languages, settings.site, one_step=not settings.second_factor, provider=settings.oidc_name
    )


def _http() -> httpx.AsyncClient:
    hooks = {"request": [pass_on]}
    return httpx.AsyncClient(timeout=httpx.Timeout(20, connect=3), trust_env=False, event_hooks=hooks)


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Say that the portal has nothing to do in the background."""
    return None


def _closing(app: FastAPI) -> Lifespan[FastAPI]:
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[None]:
        async with inner(running):
            yield
        await app.state.built.http.aclose()

    return lifespan
