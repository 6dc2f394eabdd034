"""Send what is due over mail and text message, and write down how each delivery ended.

A delivery is marked before it leaves and again, with its neighbours, when it has left; only a crash in between can
repeat it (`LANES * TOGETHER` mails at most), and then it carries the same id. A legal notice lost would be worse than
one seen twice.
"""

import asyncio
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, time
from typing import cast
from urllib.parse import urlsplit

import structlog
from common.database import Database
from common.inbox import traces
from common.tracing import following
from regulation.links import CHANNELS
from regulation.text import Lang
from sqlalchemy import Table, bindparam, update

from notify import queries
from notify.domain.channels import Channel, Contact, address_for, goes_unasked
from notify.domain.delivery import (
    FORGOTTEN,
    NO_ACCOUNT,
    NO_ADDRESS,
    NOT_CHOSEN,
    Outcome,
    Standing,
    State,
    after,
    quiet_until,
)
from notify.domain.kinds import LEGAL, Kind
from notify.models import Delivery, Message
from notify.ports import (
    Attachment,
    Contacts,
    Documents,
    Mail,
    MailSender,
    PermanentFailureError,
    Renderer,
    TemporaryFailureError,
    TextSender,
)

BATCH = 100
LANES, TOGETHER = 2, 5  # so many leave at once, each lane writing down so many by one statement
log = structlog.get_logger()
GREETING: dict[Lang, str] = {"vi": "Kính gửi ông/bà,", "en": "Dear Sir or Madam,"}
OPEN: dict[Lang, str] = {"vi": "Xem trên Cổng dịch vụ công", "en": "Open on the portal"}
OFFICERS = "/can-bo"
CHOOSE: dict[Lang, str] = {"vi": "Chọn cách nhận thông báo", "en": "Choose how you are told"}
FOOTER: dict[Lang, str] = {
    "vi": "Thư gửi tự động, xin không trả lời. Cơ quan nhà nước không bao giờ hỏi mật khẩu hoặc mã OTP qua thư.",
    "en": "Sent automatically; please do not reply. No agency ever asks for your password or code by mail.",
}


_MARK = (
    update(Delivery)
    .where(Delivery.id.in_(queries.CLAIMABLE.scalar_subquery()))
    .values(state=State.SENDING, next_attempt_at=bindparam("now"), attempts=Delivery.attempts + 1)
    .returning(Delivery.id)
    .execution_options(synchronize_session=False)
)
_STANDS = (
    update(cast(Table, Delivery.__table__))
    .where(Delivery.id == bindparam("delivery"))
    .values({field.name: bindparam(field.name) for field in fields(Standing)})
)


@dataclass(frozen=True)
class Means:
    """The outside means of delivery; without a gateway no text messages exist."""

    contacts: Contacts
    mail: MailSender
    text: TextSender | None
    documents: Documents
    renderer: Renderer
    quiet: tuple[time, time] | None = None
    texted: bool = False
    """Whether a text message goes with each signed paper, chosen or not."""


@dataclass(frozen=True)
class _Batch:
    """What the attempts of one batch share: who is reached how (or why nobody is), the traces, the means."""

    known: Mapping[str, Contact] | Outcome
    told: Mapping[uuid.UUID, str]
    means: Means
    now: datetime

    async def attempt(self, delivery: Delivery) -> Outcome:
        """Attempt one delivery within the trace of the event that caused it."""
        if isinstance(self.known, Outcome):
            return self.known
        with following(f"deliver {delivery.channel}", [self.told.get(delivery.event_id)]):
            return await _attempt(delivery, self.known, self.means, self.now)


async def deliver_due(database: Database, means: Means, now: datetime) -> int:
    """Attempt every delivery whose time has come; return how many were attempted.

    Source: NB Đ.15.2; TN Đ.11.4.c; R-NTF-01; R-NTF-02; R-NTF-14
    """
    attempted = 0
    try:
        while claimed := await _claim(database, now):
            known = await _contacts(claimed, means)
            async with database.sessions() as session:
                told = await traces(session, [delivery.event_id for delivery in claimed])
            batch = _Batch(known, told, means, now)
            share = -(-len(claimed) // LANES)
            async with asyncio.TaskGroup() as lanes:
                for at in range(0, len(claimed), share):
                    lanes.create_task(_lane(database, claimed[at : at + share], batch))
            attempted += len(claimed)
    finally:
        await means.mail.rest()
    return attempted


async def _claim(database: Database, now: datetime) -> Sequence[Delivery]:
    """Mark the next deliveries as leaving, so that another process leaves them alone."""
    due = {"now": now, "forgotten": now - FORGOTTEN, "most": BATCH}
    async with database.sessions.begin() as session:
        ids = (await session.scalars(_MARK, due)).all()
        return await queries.deliveries(session, ids) if ids else ()


async def _contacts(claimed: Sequence[Delivery], means: Means) -> Mapping[str, Contact] | Outcome:
    """Ask once for everybody who is to be reached, or tell how every attempt ends because nobody can be asked."""
    try:
        return await means.contacts.of({delivery.recipient for delivery in claimed})
    except TemporaryFailureError as error:
        return Outcome(State.QUEUED, str(error))


async def _lane(database: Database, claimed: Sequence[Delivery], batch: _Batch) -> None:
    """Attempt deliveries and write down some together, also when told to stop in between."""
    for at in range(0, len(claimed), TOGETHER):
        ended: list[dict[str, object]] = []
        try:
            for delivery in claimed[at : at + TOGETHER]:
                outcome = await batch.attempt(delivery)
                standing = after(outcome, delivery.attempts, batch.now)
                ended.append({"delivery": delivery.id, **asdict(standing)})
        finally:
            if ended:
                async with database.engine.begin() as connection:
                    await connection.execute(_STANDS, ended)


async def _attempt(delivery: Delivery, known: Mapping[str, Contact], means: Means, now: datetime) -> Outcome:
    channel, kind = Channel(delivery.channel), Kind(delivery.message.kind)
    until = quiet_until(kind, now, means.quiet) if channel is Channel.SMS else None
    if until is not None:
        return Outcome(State.QUEUED, until=until)
    try:
        return await _reach(delivery, known.get(delivery.recipient), means, now)
    except TemporaryFailureError as error:
        return Outcome(State.QUEUED, str(error))
    except PermanentFailureError as error:
        return Outcome(State.FAILED, str(error))
    except Exception as error:  # one notice that cannot be sent must not hold up the others
        log.error("delivery failed", delivery=str(delivery.id), exc_info=error)
        return Outcome(State.QUEUED, f"unexpected: {type(error).__name__}")


async def _reach(delivery: Delivery, contact: Contact | None, means: Means, now: datetime) -> Outcome:
    if contact is None:
        return Outcome(State.SKIPPED, NO_ACCOUNT)
    channel, kind = Channel(delivery.channel), Kind(delivery.message.kind)
    unasked = goes_unasked(kind, channel, texted=means.texted, instead_of=delivery.instead_of)
    if not unasked and channel not in contact.channels:
        return Outcome(State.SKIPPED, NOT_CHOSEN)
    address = address_for(channel, contact)
    if address is None:
        return Outcome(State.SKIPPED, NO_ADDRESS)
    await _send(delivery, contact, address, means, now=now)
    return Outcome(State.SENT)


async def _send(delivery: Delivery, contact: Contact, address: str, means: Means, *, now: datetime) -> None:
    lang: Lang = "en" if contact.language == "en" else "vi"
    message = delivery.message
    if delivery.channel == Channel.SMS:
        if means.text is None:
            raise PermanentFailureError("sms-not-set-up")
        await means.text.send(str(delivery.id), address, message.sms[lang])
        return
    link, choose = _link(message, contact, lang), _choose(message, contact, lang)
    attachments = [
        Attachment(one["name"], one["media_type"], await means.documents.get(one["sha256"]))
        for one in message.attachments
    ]
    await means.mail.send(
        _mail(delivery, address, lang, tuple(attachments), means.renderer, link=link, choose=choose, now=now)
    )


def _mail(
    delivery: Delivery,
    to: str,
    lang: Lang,
    attachments: tuple[Attachment, ...],
    renderer: Renderer,
    *,
    link: str,
    choose: str,
    now: datetime,
) -> Mail:
    message = delivery.message
    return Mail(
        id=str(delivery.id),
        to=to,
        subject=message.subject[lang],
        text=_text(message, lang, link, choose),
        html=_html(message, lang, renderer, link, choose),
        language=lang,
        dossier_code=message.dossier_code,
        sent_at=now,
        attachments=attachments,
        choose=choose,
    )


def _link(message: Message, contact: Contact, lang: Lang) -> str:
    """Return where a mail leads: the notice's page, or the one of a person without an account, on the same host."""
    if not contact.link:
        return message.link[lang]
    place = urlsplit(message.link[lang])
    english = "/en" if lang == "en" else ""
    return f"{place.scheme}://{place.netloc}{english}{contact.link}"


def _choose(message: Message, contact: Contact, lang: Lang) -> str:
    """Return where the recipient chooses how to be told; nothing for who has no account, or where the law says so."""
    kind = Kind(message.kind)
    if contact.link or kind in LEGAL:
        return ""
    place = urlsplit(message.link[lang])
    site = OFFICERS if kind.value.startswith("officer_") else ""
    return f"{place.scheme}://{place.netloc}{'/en' if lang == 'en' else ''}{site}{CHANNELS}"


def _text(message: Message, lang: Lang, link: str, choose: str) -> str:
    parts = (GREETING[lang], message.body[lang], f"{OPEN[lang]}: {link}")
    return "\n\n".join((*parts, *([f"{CHOOSE[lang]}: {choose}"] if choose else ()), FOOTER[lang]))


def _html(message: Message, lang: Lang, renderer: Renderer, link: str, choose: str) -> str:
    paragraphs = [part.strip() for part in message.body[lang].split("\n\n") if part.strip()]
    return renderer.page(
        {
            "lang": lang,
            "subject": message.subject[lang],
            "greeting": GREETING[lang],
            "paragraphs": paragraphs,
            "link": link,
            "open": OPEN[lang],
            "choose": choose,
            "choose_words": CHOOSE[lang],
            "footer": FOOTER[lang],
        }
    )
