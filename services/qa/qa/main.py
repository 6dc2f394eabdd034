"""Composition root: the one place that reads settings and builds things."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from audit import audit_jobs, writing_down
from common.announcing import Stock
from common.api import create_service_app
from common.carriers import carrier_from
from common.database import Database
from common.files import FileStore
from common.sealing import lay_keys
from common.security import Verifier
from common.worker import Job, Worker
from fastapi import FastAPI
from files.antivirus import scanner_at
from files.inspection import ContentInspector
from files.receiving import Reception
from files.refusals import Limits
from live import Limiter, bounding, limiting
from regulation import profiles
from regulation.instances import PROVINCE, turns_of
from regulation.retention import retention_of

from qa.api import OF_AN_AGENCY, ROUTERS, SILENT
from qa.api.deps import Built
from qa.api.patience import Patience
from qa.domain import QuestionRules, rules_of
from qa.domain.survey_cadence import cadence_of
from qa.jobs import jobs, jobs_of_agency
from qa.queries.answer_index import AnswerIndex
from qa.settings import Settings
from qa.subscribers import subscriptions
from qa.usecases.announce_asked import announce_feedback, announce_questions

SERVICE = "qa"
PACKAGE = "qa"


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Return the HTTP application."""
    database = database_of(settings, database)
    rules = placed(settings)
    limiter, store = Limiter(settings.redis_url), FileStore(settings.files_url)
    index, patience = AnswerIndex(), Patience(limiter, settings.rate_scale)
    app = create_service_app(
        name=SERVICE,
        database=database,
        verifier=Verifier.from_url(settings.jwks_url),
        routers=ROUTERS if rules.instance == PROVINCE else OF_AN_AGENCY,
        readiness=(store.has_room,),
        built=Built(rules, index, patience, reception_of(settings, store), settings.proof_key),
    )
    writing_down(app, database, SILENT)
    limiting(app, PACKAGE, limiter, settings.rate_scale)
    bounding(app)
    if rules.publishes_answers and rules.instance == PROVINCE:
        _warmed(app, index, database)
    return app


def database_of(settings: Settings, given: Database | None) -> Database:
    """Return the database with the keys that seal what people say of themselves."""
    database = given or Database(settings.database_url, pool_size=settings.database_pool)
    if settings.key_place is not None:
        lay_keys(settings.key_place)
    database.ring = settings.ring
    return database


def placed(settings: Settings) -> QuestionRules:
    """Return the rules of the province, and which of its instances this one is."""
    rules = rules_of(profiles.load(settings.profile), settings.calendar_file)
    return replace(rules, instance=settings.instance, agreed=turns_of(settings.apart))


def reception_of(settings: Settings, store: FileStore) -> Reception:
    """Return where files come in, as the province set it up."""
    return Reception(
        ContentInspector(),
        scanner_at(settings.clamd_host, settings.clamd_port),
        store,
        Limits(settings.max_file_mb * 1024 * 1024, megapixels=settings.max_megapixels),
        settings.scanning_required,
    )


def _warmed(app: FastAPI, index: AnswerIndex, database: Database) -> None:
    """Build the index of answers as soon as the application runs, not when the first one searches."""
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with inner(running) as state:
            warming = asyncio.create_task(index.warm(database))
            yield state
            warming.cancel()

    app.router.lifespan_context = lifespan


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Return the worker that hears of agencies and officers, watches due times and carries what is announced."""
    rules = placed(settings)
    return Worker(
        SERVICE,
        database_of(settings, database),
        carrier_from(settings),
        subscriptions(rules),
        (*_jobs(settings, rules), *audit_jobs(SERVICE, settings)),
        keeping=settings.keeping,
    )


def _jobs(settings: Settings, rules: QuestionRules) -> tuple[Job, ...]:
    if rules.instance != PROVINCE:
        return jobs_of_agency(rules)
    profile = profiles.load(settings.profile)
    reception = reception_of(settings, FileStore(settings.files_url))
    proof_key = settings.proof_key
    return jobs(rules, retention_of(profile), reception, cadence_of(profile), proof_key=proof_key)


def stocks(_profile: str) -> tuple[Stock, ...]:
    """Return what this service can tell again to one that begins later, in the order to tell it."""
    return Stock("questions", announce_questions), Stock("feedback", announce_feedback)
