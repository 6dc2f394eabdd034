"""A notify service on a stage: facts come in, a real SMTP server takes the mail, contacts are a table."""

import asyncio
import email
import email.policy
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from common.database import Database
from common.inbox import Meta
from common.security import Caller
from eforms import Text
from fastapi import FastAPI
from notify.domain.channels import Contact
from notify.main import create_app, means_of
from notify.ports import TemporaryFailureError
from notify.settings import Settings
from notify.subscribers import subscriptions
from notify.usecases.deliver import Means, deliver_due
from procedures import Appointment, Fee, FeeStatus, Measure, charge
from sqlalchemy import text
from suite.check.shapes import fact
from suite.testing import citizen, client

MONDAY_9 = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)  # 09:00 in Hà Nội
CODE = "H42.101-261207-0001"
ANH, DUC, LAN = "account-anh", "account-duc", "officer-lan"


class Mailbox:
    """A real SMTP server's memory; `answers` are given to the next deliveries instead of taking them."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: list[str] = []
        self.connections = 0
        self.hangs_up = False

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        if self.hangs_up:
            asyncio.get_running_loop().call_later(0, server.transport.close)
        return "250 taken"


class FakeContacts:
    """Identity's contact data as a table; `down` makes it unreachable."""

    def __init__(self) -> None:
        chosen = frozenset({"portal", "email", "sms"})
        self.table = {
            ANH: Contact("anh@example.vn", "0912345678", "vi", chosen),
            DUC: Contact("duc@example.vn", None, "en", frozenset({"portal", "email"})),
            LAN: Contact("lan@example.vn", None, "vi", chosen),
        }
        self.down = False
        self.asked: list[set[str]] = []

    async def of(self, account_ids: Collection[str]) -> Mapping[str, Contact]:
        self.asked.append(set(account_ids))
        if self.down:
            raise TemporaryFailureError("contacts-unreachable")
        return {one: self.table[one] for one in account_ids if one in self.table}


class FakeTexts:
    """A gateway that remembers what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def send(self, id_: str, phone: str, text: str) -> None:
        self.sent.append((phone, text))


def dossier(**changes: Any) -> dict[str, Any]:
    """Return what every fact about a dossier says."""
    base = {
        "code": CODE,
        "owner_id": ANH,
        "submitter_id": ANH,
        "procedure_code": "1.001193",
        "procedure_version": 1,
        "field": "ho-tich",
        "channel": "online",
        "receiving_point": "H42.101",
        "competent_agency": "H42.101",
        "state": "submitted",
    }
    return base | changes


COPY = Fee(FeeStatus.AMOUNT, 8_000, per=Measure("copies", "bản sao", "copy/copies"))
PROCEDURE = {
    "code": "1.001193",
    "version": 1,
    "name": "Thủ tục đăng ký khai sinh",
    "name_en": "Birth registration",
}


@dataclass
class Stage:
    """One notify service and the world around it."""

    database: Database
    settings: Settings
    app: FastAPI
    means: Means
    mailbox: Mailbox
    contacts: FakeContacts
    texts: FakeTexts
    now: datetime = MONDAY_9
    heard: int = field(default=0)

    async def hear(
        self, type_: str, data: dict[str, Any], *, id_: uuid.UUID | None = None, agency: str | None = None
    ) -> uuid.UUID:
        """Let a neighbour's fact take effect, told by an agency or the province; returns the event's id."""
        [heard] = await self.hear_all([(type_, data)], id_=id_, agency=agency)
        return heard

    async def hear_all(
        self,
        told: list[tuple[str, dict[str, Any]]],
        *,
        id_: uuid.UUID | None = None,
        agency: str | None = None,
        announcement: bool = False,
    ) -> list[uuid.UUID]:
        """Let facts of one handler take effect together; returns the events' ids."""
        listening, events = subscriptions(self.app.state.built.writer), []
        for type_, data in told:
            self.heard += 1
            meta = Meta(id_ or uuid.uuid4(), type_, self.now, agency, data.get("code", "x"), self.heard)
            meta = replace(meta, announcement=announcement)
            events.append((listening[type_].model.model_validate(fact(type_, data)), meta))
        async with self.database.sessions.begin() as session:
            await listening[told[0][0]].handler(session, events)
        return [meta.id for _, meta in events]

    async def announced(self, type_: str, data: dict[str, Any]) -> None:
        """Let a dossier's state be told again."""
        await self.hear_all([(type_, dossier(**data))], announcement=True)

    async def furnish(self) -> None:
        """Announce agency and procedure."""
        agency = {
            "code": "H42.101",
            "name": "UBND phường Hoa Lư",
            "name_en": "People's Committee of Hoa Lu ward",
        }
        await self.hear("catalog.agency_changed.v1", agency)
        await self.hear("catalog.procedure_published.v1", PROCEDURE)

    async def submitted(self, **changes: Any) -> uuid.UUID:
        """Announce a submitted dossier."""
        fact = dossier(submitted_at=self.now.isoformat(), check_due_at="2026-12-07T08:00:00Z", **changes)
        return await self.hear("intake.dossier_submitted.v1", fact)

    async def joined(self, **changes: Any) -> uuid.UUID:
        """Announce a dossier that is in its applicant's account since."""
        return await self.hear("intake.dossier_joined.v1", dossier(joined_at=self.now.isoformat(), **changes))

    async def accepted(self, **changes: Any) -> uuid.UUID:
        """Announce an accepted dossier."""
        fact = {"due_at": "2026-12-09T10:30:00Z", "result_channel": "online"}
        fee = charge([COPY], None, "online", {"copies": 2})
        bring = tuple(Text(**paper) for paper in changes.pop("bring", ()))
        promised = Appointment(Text("2 ngày làm việc", "2 working days"), 1, fee, bring)
        fact |= {"appointment": asdict(promised)} | changes
        return await self.hear("intake.dossier_accepted.v1", dossier(**fact))

    async def deliver(self) -> int:
        """Let the clock send what is due."""
        return await deliver_due(self.database, self.means, self.now)

    async def deliveries(self, channel: str) -> list[tuple[str, str | None]]:
        """Return (state, reason) of the deliveries over a channel."""
        async with self.database.sessions() as session:
            found = await session.execute(
                text("SELECT state, reason FROM delivery WHERE channel = :channel ORDER BY id"),
                {"channel": channel},
            )
            return [(state, reason) for state, reason in found]

    def api(
        self, subject: str = ANH, language: str = "vi", caller: Caller | None = None
    ) -> httpx.AsyncClient:
        """Return a client that speaks as a person."""
        return client(self.app, caller or citizen(subject), language)

    async def inbox(self, subject: str = ANH, language: str = "vi", **query: Any) -> dict[str, Any]:
        """Read a person's inbox."""
        async with self.api(subject, language) as http:
            return dict((await http.get("/api/notify/messages", params=query)).json())


Staging = Callable[..., Awaitable[Stage]]


@pytest.fixture
def staging(
    fresh_database: Callable[[str], Awaitable[Database]], tmp_path: Path, smtp: tuple[Mailbox, int]
) -> Staging:
    """Give a maker of stages under a regulation profile."""
    mailbox, port = smtp

    async def make(profile: str = "ninh-binh", *, sms: bool = True, quiet: str = "") -> Stage:
        settings = Settings(
            profile=profile,
            files_url=(tmp_path / "files").as_uri(),
            smtp_host="127.0.0.1",
            smtp_port=port,
            mail_from="Cổng dịch vụ công <khong-tra-loi@ninhbinh.example>",
            sms_url="http://sms" if sms else "",
            public_url="https://dichvucong.example",
            identity_url="http://identity",
            quiet_hours=quiet,
        )
        database = await fresh_database("notify")
        app = create_app(settings, database)
        contacts, texts = FakeContacts(), FakeTexts()
        means = replace(means_of(settings), contacts=contacts, text=texts if sms else None)
        stage = Stage(database, settings, app, means, mailbox, contacts, texts)
        app.state.now = lambda: stage.now
        await stage.furnish()
        return stage

    return make


@pytest.fixture
async def stage(staging: Staging) -> Stage:
    """Give a stage under the rules of Ninh Bình with a text gateway."""
    return await staging()


@pytest.fixture
async def smtp() -> AsyncIterator[tuple[Mailbox, int]]:
    """Run a real SMTP server and give its mailbox and port."""
    mailbox = Mailbox()
    loop = asyncio.get_running_loop()

    def connected() -> SMTP:
        mailbox.connections += 1
        return SMTP(mailbox, hostname="mailbox")

    listener = await loop.create_server(connected, "127.0.0.1", 0)
    yield mailbox, listener.sockets[0].getsockname()[1]
    listener.close()
    await listener.wait_closed()


@pytest.fixture
def facts() -> Callable[..., dict[str, Any]]:
    """Give a maker of facts about a dossier."""
    return dossier
