"""Composition root of statistics."""

from audit import audit_jobs, writing_down
from common.api import create_service_app
from common.carriers import carrier_from
from common.database import Database
from common.security import Verifier
from common.worker import Worker
from fastapi import FastAPI
from regulation import profiles

from stats.api import ROUTERS, SILENT
from stats.api.deps import Built
from stats.jobs import jobs
from stats.settings import Settings
from stats.subscribers import subscriptions

SERVICE = "stats"
PACKAGE = "stats"


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Return the HTTP application."""
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    app = create_service_app(
        name=SERVICE,
        database=database,
        verifier=Verifier.from_url(settings.jwks_url),
        routers=ROUTERS,
        built=Built(tuple(profiles.load(settings.profile).listing("stats.public_periods"))),
    )
    writing_down(app, database, SILENT)
    return app


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Return the worker that learns facts; it keeps them for ever, because figures are rebuilt from them."""
    return Worker(
        SERVICE,
        database or Database(settings.database_url, pool_size=settings.database_pool),
        carrier_from(settings),
        subscriptions(),
        (*jobs(), *audit_jobs(SERVICE, settings)),
        keeping=settings.keeping,
    )
