"""Composition of the catalogue: application, worker, import and demonstration."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from audit import audit_jobs, writing_down
from common.announcing import Stock
from common.api import create_service_app
from common.carriers import carrier_from
from common.database import Database
from common.files import FileStore
from common.security import Verifier
from common.worker import Worker
from fastapi import FastAPI
from procedures.levels import Scheme
from regulation import profiles
from regulation.clock import day_hours
from regulation.clock.by_profile import calendar_of, term_of
from search import lexicon

from catalog.adapters.data_files import national_details, national_rows
from catalog.adapters.demo_pack import read_demo_pack
from catalog.api import ROUTERS, SILENT
from catalog.api.deps import Built, WorkshopRules
from catalog.domain.changes import ChangeKind, ChangeRules
from catalog.domain.national import NationalRow, read_national
from catalog.domain.service_levels import SchemeRules
from catalog.jobs import jobs
from catalog.queries.search_index import SearchIndex
from catalog.settings import Settings
from catalog.usecases import announce_catalogue
from catalog.usecases.import_catalog import ImportReport, Progress, import_catalog
from catalog.usecases.seed_demo import Province, SeedForm, SeedReport, seed_demo

SERVICE = "catalog"
PACKAGE = "catalog"


def scheme_rules(profile: str) -> SchemeRules:
    """Return the service-level rules of a regulation profile. Source: R-CAT-07; R-CAT-08; R-CAT-11."""
    loaded = profiles.load(profile)
    least = loaded.get("catalog.min_level_if_forms").value
    return SchemeRules(
        Scheme(loaded.text("catalog.level_scheme")), int(least) if isinstance(least, int) else None
    )


def day_hours_of(settings: Settings) -> Fraction:
    """Return the working hours of an ordinary day on the province's calendar. Source: R-PRC-02."""
    return day_hours(calendar_of(profiles.load(settings.profile), settings.calendar_file))


def change_rules(settings: Settings) -> ChangeRules:
    """Return the time limits of changes of the catalogue. Source: NB Đ.11; TN Đ.7.1; R-CAT-03; R-CAT-14; R-CAT-15."""
    profile, update = profiles.load(settings.profile), "catalog.service_update_deadline"
    terms = {
        ChangeKind.PROCEDURES: term_of(profile, update),
        ChangeKind.AGENCIES: term_of(profile, "catalog.agency_update_deadline"),
    }
    decided = profile.limit(update).start == "publication_decision"
    source = profile.get("catalog.change_request_due").source
    return ChangeRules(terms, decided, calendar_of(profile, settings.calendar_file), source)


def workshop_rules(profile: str) -> WorkshopRules:
    """Return what the profile asks of publication, directory and coverage. Source: R-CAT-02; R-CAT-10; R-CAT-18."""
    loaded = profiles.load(profile)
    checked = bool(loaded.get("roles.content_controller").value)
    share = f"{loaded.record('catalog.coverage_target')['share']} %"
    return WorkshopRules(checked, loaded.flag("scope.vertical_agencies"), share)


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Build the application of the catalogue."""
    verifier = Verifier.from_url(settings.jwks_url) if settings.jwks_url else None
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    search = SearchIndex(lexicon())
    app = create_service_app(
        name=SERVICE,
        database=database,
        verifier=verifier,
        routers=ROUTERS,
        built=Built(
            search=search,
            rules=scheme_rules(settings.profile),
            changes=change_rules(settings),
            workshop=workshop_rules(settings.profile),
            day_hours=day_hours_of(settings),
            files=FileStore(settings.files_url),
        ),
    )
    writing_down(app, database, SILENT)
    _warmed(app, search, database)
    return app


def _warmed(app: FastAPI, search: SearchIndex, database: Database) -> None:
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with inner(running) as state:
            warming = asyncio.create_task(search.warm(database))
            yield state
            warming.cancel()

    app.router.lifespan_context = lifespan


def create_worker(settings: Settings, database: Database | None = None) -> Worker:
    """Build the worker: relay of events and the job of due decisions."""
    used = database or Database(settings.database_url, pool_size=settings.database_pool)
    return Worker(
        SERVICE,
        used,
        carrier_from(settings),
        None,
        (*jobs(scheme_rules(settings.profile)), *audit_jobs(SERVICE, settings)),
        keeping=settings.keeping,
    )


async def import_national(
    database: Database,
    now: datetime,
    *,
    table: Path | None = None,
    keep_good: bool = True,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the national catalogue, from another table when one is named; the detailed records only with the own one.

    Raises: OSError, UnicodeDecodeError.
    """
    rows: Iterable[NationalRow] = national_rows(table) if table else national_rows()
    details: Iterable[Mapping[str, Any]] = () if table else national_details()
    reading = await asyncio.to_thread(read_national, list(rows), list(details))
    async with database.sessions() as session:
        report = await import_catalog(session, reading, now, keep_good=keep_good, progress=progress)
        await session.commit()
    return report


async def seed_demonstration(
    database: Database, settings: Settings, now: datetime, retell: Callable[[str], str] = str
) -> SeedReport:
    """Set up the demonstration province on an imported catalogue; running it again changes nothing.

    `retell` puts the pack into another province's words.
    """
    pack = read_demo_pack(retell)
    files = FileStore(settings.files_url)
    seeded = []
    for form in pack.forms:
        kept = await files.put(await asyncio.to_thread(form.pdf))
        seeded.append(
            SeedForm(
                form.id,
                form.name,
                form.name_en,
                form.issuing_text,
                form.effective_from,
                kept.sha256,
                kept.size,
            )
        )
    province = Province(pack.directory, seeded, pack.defaults, pack.procedures, pack.eforms)
    async with database.sessions() as session:
        report = await seed_demo(
            session, province, scheme_rules(settings.profile), now, day_hours_of(settings)
        )
        await session.commit()
    return report


def stocks(profile: str) -> tuple[Stock, ...]:
    """Return what this service can tell again to one that begins later, in the order to tell it."""
    return announce_catalogue.stocks(scheme_rules(profile))
