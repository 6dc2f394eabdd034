"""Put the service together: its API, its worker, and the seeding of a demonstration province."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from audit import audit_jobs, writing_down
from common.announcing import Stock
from common.api import create_service_app
from common.carriers import carrier_from
from common.clock import utc_now
from common.database import Database
from common.errors import NotFoundError
from common.sealing import FILE, Ring
from common.security import Verifier
from common.worker import Worker
from fastapi import FastAPI
from live import Limiter, limiting
from regulation import profiles
from regulation.links import SIGN_IN
from regulation.retention import retention_of

from identity.adapters.argon2_passwords import Argon2Passwords
from identity.adapters.file_chest import NAME, FileChest
from identity.adapters.http_text import HttpText, NoText
from identity.adapters.oidc_provider import NoProvider, OidcProvider
from identity.adapters.sheet_tables import SheetTables
from identity.adapters.smtp_mail import NoMail, SmtpMail
from identity.adapters.store_marks import StoreMarks
from identity.api import ROUTERS, SILENT
from identity.api.deps import Built
from identity.api.keyring import Keyring
from identity.domain.acceptance import Mode, PasswordAge
from identity.domain.devices import visitor
from identity.domain.holders import NAMED_BY
from identity.domain.oidc import Client
from identity.domain.passkeys import Site
from identity.domain.reviewing import months_of
from identity.domain.roles import OFFICE
from identity.domain.rules import AccountRules
from identity.domain.sessions import Idling
from identity.jobs import jobs
from identity.ports import Mail, Provider, Texts
from identity.settings import Settings
from identity.subscribers import subscriptions
from identity.usecases.announce_holds import announce_holds
from identity.usecases.announce_officers import announce_officers
from identity.usecases.let_go_again import LetGo, let_go_again
from identity.usecases.seed_accounts import seed_accounts
from identity.usecases.unlock_account import unlock_by_name

SERVICE = "identity"
PACKAGE = "identity"


def rules_of(profile: str, *, second_factor: bool = True) -> AccountRules:
    """Read what a regulation profile says about accounts.

    Where sign-in is the identity provider's matter the profile leaves the first change open; the local accounts
    that remain there, for emergencies, are changed at first sign-in like everywhere.
    """
    read = profiles.load(profile)
    first_change = read.get("accounts.first_login_change").value
    return AccountRules(
        citizen_source=tuple(read.listing("accounts.citizen_source")),
        first_login_change=first_change is None or bool(first_change),
        default_scope=read.text("accounts.default_scope"),
        office_grants=read.text("accounts.rights_granted_by") == OFFICE,
        bodies={post: tuple(read.listing(key)) for post, key in NAMED_BY.items()},
        review_months=months_of(read.text("accounts.review_cycle")),
        commitment_needed=bool(read.get("accounts.npd_commitment_required").value),
        password_age=_password_age(read),
        second_factor=frozenset(read.listing("accounts.second_factor") if second_factor else ()),
        one_sign_in=second_factor,
        idling=_idling(read),
        code_pattern=read.text("dossier_code.pattern"),
        retention=retention_of(read),
    )


def _password_age(read: profiles.Profile) -> PasswordAge:
    said = read.record("accounts.password_max_age_days")
    days = said["days"]
    return PasswordAge(Mode(str(said["mode"])), days if isinstance(days, int) else 0)


def _idling(read: profiles.Profile) -> Idling:
    kinds = ("citizen_session", "session", "admin_session")
    return Idling(*(timedelta(minutes=read.number(f"security.{kind}_idle_minutes")) for kind in kinds))


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Make the API of identity."""
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    chest = FileChest(settings.key_folder)
    database.ring = _ring(chest, settings)
    built = Built(
        rules=rules_of(settings.profile, second_factor=settings.second_factor),
        passwords=Argon2Passwords(),
        mail=_mail(settings),
        texts=_texts(settings),
        tables=SheetTables(),
        chest=chest,
        keyring=Keyring(chest),
        service_clients=settings.service_clients,
        public_url=settings.public_url,
        provider=_provider(settings),
        proof_key=settings.proof_key,
        site=Site.of(settings.public_url, settings.passkey_domain, settings.passkey_origins),
    )
    verifier = Verifier.from_url(settings.jwks_url)
    app = create_service_app(name=SERVICE, database=database, verifier=verifier, routers=ROUTERS, built=built)
    writing_down(app, database, SILENT)
    limiting(app, PACKAGE, Limiter(settings.redis_url), settings.rate_scale)
    return app


def create_worker(settings: Settings, database: Database | None = None) -> Worker | None:
    """Make the worker of identity: it relays the announced facts, runs the jobs, and hears who may be erased."""
    database = database or Database(settings.database_url, pool_size=settings.database_pool)
    carrier = carrier_from(settings)
    chest = FileChest(settings.key_folder)
    database.ring = _ring(chest, settings)
    kept = retention_of(profiles.load(settings.profile))
    marks = StoreMarks(settings.audit_heads_url) if settings.audit_heads_url else None
    address, passwords = settings.public_url + SIGN_IN, Argon2Passwords()
    own = jobs(chest, kept, _mail(settings), marks, sign_in_address=address, passwords=passwords)
    work = (*own, *audit_jobs(SERVICE, settings))
    return Worker(SERVICE, database, carrier, subscriptions(kept), work, keeping=settings.keeping)


def ring_kept_in(folder: Path) -> Ring | None:
    """Give the ring whose secret lies in a folder; without one, what is written is sealed later by the service."""
    if not (folder / NAME).exists():
        return None
    return Ring(FileChest(folder).secret("sealed columns"), folder / FILE)


def _ring(chest: FileChest, settings: Settings) -> Ring:
    secret = chest.secret("sealed columns")
    return Ring(secret, settings.key_folder / FILE, beside=settings.plain_beside)


def demo_accounts(retell: Callable[[str], str] = str) -> list[dict[str, Any]]:
    """Give the accounts of the demonstration province, passwords included; `retell` puts them into another's words."""
    read = yaml.safe_load(retell((files("identity") / "data" / "demo_accounts.yaml").read_text("utf-8")))
    return [
        {"password": read["password"], "email": f"{account.get('login')}@motcua.example", **account}
        for account in read["accounts"]
    ]


async def seed(database: Database, accounts: Sequence[Mapping[str, Any]] | None = None) -> int:
    """Make the demonstration accounts that do not exist yet; give how many were made."""
    async with database.sessions.begin() as session:
        return await seed_accounts(
            session,
            demo_accounts() if accounts is None else accounts,
            passwords=Argon2Passwords(),
            now=utc_now(),
        )


async def unlock(database: Database, login: str, now: datetime) -> bool:
    """Let the owner of a locked account in again; False where no account has the name."""
    async with database.sessions.begin() as session:
        try:
            await unlock_by_name(session, login, visitor=visitor(None, None), now=now)
        except NotFoundError:
            return False
    return True


async def erased_since(heads_url: str, moment: datetime) -> list[uuid.UUID]:
    """Return who was erased after a moment, as it is marked where the heads of the access logs are kept."""
    return [account for account, at in (await StoreMarks(heads_url).known()).items() if at > moment]


async def let_go(database: Database, erased: Collection[uuid.UUID], now: datetime) -> LetGo:
    """End the sign-ins that a restore brought back, make codes void, and have who was erased since erased again."""
    async with database.sessions.begin() as session:
        return await let_go_again(session, erased, now)


def _texts(settings: Settings) -> Texts:
    """Give the preferred gateway of text messages: where several are named, the first."""
    if not settings.sms_url:
        return NoText()
    return HttpText(settings.sms_url.split()[0], (settings.sms_token.split() or [""])[0])


def _mail(settings: Settings) -> Mail:
    if settings.smtp_host is None:
        return NoMail()
    return SmtpMail(settings.smtp_host, settings.smtp_port, settings.mail_from, **settings.smtp_way)


def _provider(settings: Settings) -> Provider:
    if not settings.oidc_issuer:
        return NoProvider()
    client = Client(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=settings.oidc_client_secret,
        public_url=settings.public_url.rstrip("/"),
        number_claim=settings.oidc_number_claim,
        levels=tuple(settings.oidc_levels),
    )
    return OidcProvider(client)


def stocks(_profile: str) -> tuple[Stock, ...]:
    """Return what this service can tell again to one that begins later, in the order to tell it."""
    return Stock("officers", announce_officers), Stock("holds", announce_holds)
