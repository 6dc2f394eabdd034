"""Composition root of notify: where settings become channels, senders and routes."""

from datetime import time, timedelta

from audit import audit_jobs, writing_down
from common.api import create_service_app
from common.carriers import carrier_from
from common.database import Database
from common.files import FileStore
from common.security import Verifier
from common.worker import Worker
from fastapi import FastAPI
from regulation import profiles
from regulation.clock.by_profile import calendar_of
from regulation.retention import retention_of

from notify.adapters.http_contacts import HttpContacts
from notify.adapters.http_text import HttpText
from notify.adapters.jinja_renderer import JinjaRenderer
from notify.adapters.many_texts import ManyTexts
from notify.adapters.seed_templates import seed_templates
from notify.adapters.smtp_mail import SmtpMail
from notify.api import ROUTERS, SILENT
from notify.api.deps import Built
from notify.domain.alarms import alarmed
from notify.domain.arrivals import Arrivals
from notify.domain.channels import Channel, allowed_channels
from notify.jobs import jobs
from notify.ports import TextSender
from notify.settings import Settings
from notify.subscribers import subscriptions
from notify.usecases.deliver import Means
from notify.usecases.tell import Writer
from notify.usecases.tell_desks import DeskRules

SERVICE = "notify"
PACKAGE = "notify"


def working_channels(settings: Settings) -> frozenset[Channel]:
    """Return the outside channels that are set up."""
    mail = {Channel.EMAIL} if settings.smtp_host else set()
    return frozenset(mail | ({Channel.SMS} if settings.sms_url else set()))


def writer_of(settings: Settings) -> Writer:
    """Gather what writing notices needs."""
    profile, working = profiles.load(settings.profile), working_channels(settings)
    return Writer(
        renderer=JinjaRenderer(),
        seeds=seed_templates(),
        channels=allowed_channels(profile.listing("notifications.channels"), working),
        early_channels=allowed_channels(profile.listing("notifications.early_result"), working),
        public_url=settings.public_url.rstrip("/"),
        texted=profile.flag("notifications.sms_with_each_paper"),
        alarmed=alarmed(profile.listing("incident.report_to")),
    )


def desks_of(settings: Settings) -> DeskRules:
    """Return how the province has desks told of what arrives."""
    profile = profiles.load(settings.profile)
    every = timedelta(minutes=profile.number("notifications.desk_arrivals_every_minutes"))
    return DeskRules(Arrivals(profile.text("notifications.desk_arrivals")), every)


def quiet_hours(text: str) -> tuple[time, time] | None:
    """Read `21:30-06:30`; an empty text means no quiet hours. Raises: ValueError."""
    if not text:
        return None
    start, _, end = text.partition("-")
    return time.fromisoformat(start.strip()), time.fromisoformat(end.strip())


def _texts(settings: Settings) -> TextSender | None:
    """Give the gateway of text messages, or several as one. Raises: ValueError when tokens and gateways do not pair."""
    urls, tokens = settings.sms_url.split(), settings.sms_token.split() or [""]
    if len(tokens) == 1:
        tokens *= len(urls)
    gateways = [HttpText(url, token) for url, token in zip(urls, tokens, strict=True)]
    return ManyTexts(gateways) if len(gateways) > 1 else next(iter(gateways), None)


def means_of(settings: Settings) -> Means:
    """Gather the outside means of delivery."""
    return Means(
        contacts=HttpContacts(
            settings.identity_url,
            settings.client_id,
            settings.client_secret,
            questions_url=settings.questions_url,
        ),
        mail=SmtpMail(
            settings.smtp_host or "127.0.0.1", settings.smtp_port, settings.mail_from, **settings.smtp_way
        ),
        text=_texts(settings),
        documents=FileStore(settings.files_url),
        renderer=JinjaRenderer(),
        quiet=quiet_hours(settings.quiet_hours),
        texted=writer_of(settings).texted,
    )


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Return the HTTP application."""
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    app = create_service_app(
        name=SERVICE,
        database=database,
        verifier=Verifier.from_url(settings.jwks_url),
        routers=ROUTERS,
        built=Built(writer_of(settings), FileStore(settings.files_url), desks_of(settings)),
    )
    writing_down(app, database, SILENT)
    return app


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Return the worker that writes notices and sends them."""
    profile, writer = profiles.load(settings.profile), writer_of(settings)
    return Worker(
        SERVICE,
        database or Database(settings.database_url, pool_size=settings.database_pool),
        carrier_from(settings),
        subscriptions(writer),
        (
            *jobs(
                means_of(settings),
                retention_of(profile),
                writer,
                calendar_of(profile, settings.calendar_file),
                desks_of(settings),
            ),
            *audit_jobs(SERVICE, settings),
        ),
        keeping=settings.keeping,
    )
