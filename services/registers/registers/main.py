"""Composition root: the one place that reads settings and builds things."""

from audit import audit_jobs, writing_down
from common.api import create_service_app
from common.carriers import carrier_from
from common.database import Database
from common.security import Verifier
from common.worker import Worker
from fastapi import FastAPI
from regulation import profiles

from registers.adapters.book_files import declared_books
from registers.adapters.http_watch import HttpWatch
from registers.api import ROUTERS, SILENT
from registers.api.deps import Built
from registers.domain.checking import MONTHS
from registers.domain.leading import lead_of
from registers.jobs import jobs
from registers.settings import Settings
from registers.subscribers import subscriptions

SERVICE = "registers"
PACKAGE = "registers"


def suggested_by(profile: str) -> dict[str, str]:
    """Give the answers that a regulation profile suggests, by question."""
    return {"lead": lead_of(profiles.load(profile).listing("incident.lead"))}


def check_months(profile: str) -> int:
    """Give the months between two checks of security that a regulation profile asks for."""
    return MONTHS[profiles.load(profile).text("security.check_cycle")]


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Return the HTTP application."""
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    app = create_service_app(
        name=SERVICE,
        database=database,
        verifier=Verifier.from_url(settings.jwks_url),
        routers=ROUTERS,
        built=Built(declared_books(), suggested_by(settings.profile), check_months(settings.profile)),
    )
    writing_down(app, database, SILENT)
    return app


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Return the worker that carries what is announced, keeps names, looks at the suite and seals the access log."""
    return Worker(
        SERVICE,
        database or Database(settings.database_url, pool_size=settings.database_pool),
        carrier_from(settings),
        subscriptions(declared_books()),
        (*jobs(HttpWatch(settings.watched, settings.backup_folder)), *audit_jobs(SERVICE, settings)),
        keeping=settings.keeping,
    )
