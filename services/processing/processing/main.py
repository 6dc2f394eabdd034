"""Composition root of processing: where settings become rules, keys, stores and routes."""

from importlib.resources import files

import yaml
from audit import audit_jobs, writing_down
from common.announcing import Stock
from common.api import create_service_app
from common.carriers import carrier_from
from common.database import Database
from common.files import FileStore
from common.security import Verifier
from common.worker import Worker
from documents.folder import FolderSigner
from fastapi import FastAPI
from live import Shared, watch
from regulation import profiles
from regulation.clock.by_profile import calendar_of, term_of
from regulation.clock.reminder import reminder_of
from regulation.instances import turns_of
from regulation.links import VERIFICATION

from processing.adapters.officer_signer import OfficerSigner
from processing.adapters.typst_printer import TypstPrinter
from processing.api import ROUTERS, SILENT
from processing.api.deps import Built
from processing.domain.rules import HandlingRules
from processing.domain.signing import Authority
from processing.jobs import jobs
from processing.models import topics
from processing.ports import Means
from processing.settings import Settings
from processing.subscribers import subscriptions
from processing.usecases.announce_absences import announce_absences
from processing.usecases.announce_dossiers import announce_dossiers

SERVICE = "processing"
PACKAGE = "processing"


def authority_of(settings: Settings) -> Authority:
    """Read which roles may sign which document type."""
    own = files(PACKAGE) / "documents" / "authority.yaml"
    source = settings.signing_authority_file or own
    return {document: frozenset(roles) for document, roles in yaml.safe_load(source.read_text()).items()}


def rules_of(settings: Settings) -> HandlingRules:
    """Gather what the regulation profile and the province's calendar say about handling."""
    profile = profiles.load(settings.profile)
    return HandlingRules(
        calendar=calendar_of(profile, settings.calendar_file),
        authority=authority_of(settings),
        result_signature=profile.text("processing.result_signature"),
        process_approver=profile.text("processing.process_approver"),
        reminder=reminder_of(profile),
        idle=term_of(profile, "reminders.officer_idle"),
        max_extensions=profile.number("processing.max_extensions"),
        max_extension_percent=profile.number("processing.max_extension_percent"),
        apology=frozenset(profile.listing("processing.apology")),
        agreed=turns_of(settings.apart),
        instance=settings.instance,
    )


def means_of(settings: Settings) -> Means:
    """Make the means of issuing documents."""
    certificates = FolderSigner(settings.signing_folder, demonstration=settings.signing_demonstration)
    return Means(
        printer=TypstPrinter(),
        signer=OfficerSigner(certificates),
        store=FileStore(settings.files_url),
        verification_url=settings.public_url + VERIFICATION,
    )


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Return the HTTP application."""
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    database.ring = settings.ring
    watch(database, Shared(settings.redis_url, settings.notify_url).board, topics)
    app = create_service_app(
        name=SERVICE,
        database=database,
        verifier=Verifier.from_url(settings.jwks_url),
        routers=ROUTERS,
        readiness=(FileStore(settings.files_url).has_room,),
        built=Built(rules_of(settings), means_of(settings)),
    )
    writing_down(app, database, SILENT)
    return app


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Return the worker that hears acceptances and watches deadlines."""
    rules = rules_of(settings)
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    database.ring = settings.ring
    watch(database, Shared(settings.redis_url, settings.notify_url).board, topics)
    return Worker(
        SERVICE,
        database,
        carrier_from(settings),
        subscriptions(rules),
        (*jobs(rules, means_of(settings)), *audit_jobs(SERVICE, settings)),
        keeping=settings.keeping,
    )


def stocks(_profile: str) -> tuple[Stock, ...]:
    """Return what this service can tell again to one that begins later, in the order to tell it."""
    return (Stock("dossiers", announce_dossiers), Stock("absences", announce_absences))
