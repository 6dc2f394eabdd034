"""Put intake together: its app for requests and its worker for events and clockwork."""

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
from files.antivirus import scanner_at
from files.inspection import ContentInspector
from files.refusals import Limits
from live import Shared, bounding, keeping, limiting, listening, watch
from regulation import profiles
from regulation.clock.by_profile import calendar_of
from regulation.links import TRACKING, VERIFICATION
from starlette.middleware import Middleware

from intake.adapters.printing import PaperPrinter
from intake.adapters.seals import SealChecker
from intake.api import ROUTERS, SILENT
from intake.api.deps import Built
from intake.api.lookups import Lookups, Watched
from intake.api.tracking import followed
from intake.domain.rules import read_rules
from intake.jobs import jobs
from intake.models import Birthplace, topics
from intake.ports import Means
from intake.queries.submission import SubmissionReads
from intake.settings import Settings
from intake.subscribers import subscriptions
from intake.usecases.announce_dossiers import announce_dossiers
from intake.usecases.submit_dossier import Tools

SERVICE = "intake"
PACKAGE = "intake"
_MB = 1024 * 1024


def make_means(settings: Settings) -> Means:
    """Build what the desk works with: rules, calendar, tools, file room."""
    profile = profiles.load(settings.profile)
    seals = FolderSigner(settings.signing_folder, demonstration=settings.signing_demonstration)
    return Means(
        rules=read_rules(profile),
        calendar=calendar_of(profile, settings.calendar_file),
        inspector=ContentInspector(),
        scanner=scanner_at(settings.clamd_host, settings.clamd_port),
        printer=PaperPrinter(seals),
        signatures=SealChecker(seals),
        files=FileStore(settings.files_url),
        tracking_url=settings.public_url + TRACKING,
        verification_url=settings.public_url + VERIFICATION,
        limits=Limits(
            settings.max_file_mb * _MB,
            settings.max_dossier_mb * _MB,
            settings.max_person_mb * _MB,
            settings.max_megapixels,
        ),
        scanning_required=settings.scanning_required,
        most_drafts=settings.max_drafts,
    )


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Build the HTTP side of intake."""
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    database.ring = settings.ring
    shared, means = Shared(settings.redis_url, settings.notify_url), make_means(settings)
    watch(database, shared.board, topics)
    app = create_service_app(
        name=SERVICE,
        database=database,
        verifier=Verifier.from_url(settings.jwks_url),
        routers=ROUTERS,
        readiness=(means.files.has_room,),
        built=(
            made := make_built(
                database, means, Lookups(shared.limiter, means.rules.code_pattern, settings.rate_scale)
            )
        ),
    )
    writing_down(app, database, SILENT)
    limiting(app, PACKAGE, shared.limiter, settings.rate_scale)
    app.user_middleware.append(Middleware(Watched, lookups=made.lookups))
    bounding(app)
    keeping(app, shared.board, followed(means.rules.code_pattern), ("vi", "en"))
    listening(app, shared.board)
    return app


def make_built(database: Database, means: Means, lookups: Lookups) -> Built:
    """Build what requests work with: the means, what the hot path of submitting needs, what counts look-ups."""
    tools = Tools(database, means, SubmissionReads(database), Birthplace(database))
    return Built(means, tools, lookups)


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Build the side of intake that works unasked."""
    means = make_means(settings)
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    database.ring = settings.ring
    watch(database, Shared(settings.redis_url, settings.notify_url).board, topics)
    return Worker(
        SERVICE,
        database,
        carrier_from(settings),
        subscriptions(means),
        (*jobs(means), *audit_jobs(SERVICE, settings)),
        keeping=settings.keeping,
    )


def stocks(_profile: str) -> tuple[Stock, ...]:
    """Return what this service can tell again to one that begins later, in the order to tell it."""
    return (Stock("dossiers", announce_dossiers),)
