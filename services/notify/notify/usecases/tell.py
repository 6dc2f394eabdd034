"""Write a notice once for each person and put it on its way."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from regulation.links import HANDLED_DOSSIER, OWN_DOSSIER
from regulation.text import LANGUAGES
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain.channels import Channel
from notify.domain.kinds import Kind
from notify.domain.notice import Notice
from notify.models import Delivery, Message
from notify.models.base import Json
from notify.ports import Renderer

OFFICERS = frozenset({Kind.OFFICER_DUE_SOON, Kind.OFFICER_OVERDUE, Kind.OFFICER_IDLE})
ENGLISH = "/en"


@dataclass(frozen=True)
class Writer:
    """What writing needs: templates, the province's channels, and where links lead."""

    renderer: Renderer
    seeds: Mapping[str, Mapping[str, Any]]
    channels: tuple[Channel, ...]
    early_channels: tuple[Channel, ...]
    public_url: str

    def links(self, notice: Notice) -> dict[str, str]:
        """Return where the notice leads, per language."""
        path = HANDLED_DOSSIER if notice.kind in OFFICERS else OWN_DOSSIER
        place = path.format(code=notice.code or "").rstrip("/")
        return {"vi": self.public_url + place, "en": self.public_url + ENGLISH + place}

    def ways(self, kind: Kind) -> tuple[Channel, ...]:
        """Return the channels a notice of this kind goes by. Source: TN Đ.11.5.c; R-NTF-01; R-NTF-08"""
        return self.early_channels if kind is Kind.RESULT_EARLY else self.channels


async def tell(session: AsyncSession, notice: Notice, writer: Writer, now: datetime) -> int:
    """Put the notice into each recipient's inbox and queue its deliveries; return how many are new.

    The same event told twice to a person changes nothing. Source: R-NTF-01; R-NTF-14
    """
    version, texts = await _texts(session, notice, writer)
    told = 0
    for recipient in notice.recipients:
        row = (
            _row(notice, recipient, now) | texts | {"template_version": version, "link": writer.links(notice)}
        )
        fresh = insert(Message).values(**row).on_conflict_do_nothing().returning(Message)
        message = (await session.scalars(fresh)).one_or_none()
        if message is not None:
            session.add_all(Delivery.of(message, channel, now) for channel in writer.ways(notice.kind))
            told += 1
    await session.flush()
    return told


async def _texts(session: AsyncSession, notice: Notice, writer: Writer) -> tuple[int, Json]:
    """Return the template's version and its texts in both languages."""
    own = await queries.newest_template(session, notice.kind)
    parts = (
        writer.seeds[notice.kind]
        if own is None
        else {"subject": own.subject, "body": own.body, "sms": own.sms}
    )
    texts = {
        part: {lang: writer.renderer.text(parts[part][lang], notice.values[lang], lang) for lang in LANGUAGES}
        for part in ("subject", "body", "sms")
    }
    return (own.version if own else 1), texts


def _row(notice: Notice, recipient: str, now: datetime) -> Json:
    return {
        "event_id": notice.event_id,
        "recipient": recipient,
        "kind": notice.kind,
        "dossier_code": notice.code,
        "due_at": notice.due_at,
        "attachments": [asdict(document) for document in notice.attachments],
        "created_at": now,
    }
