"""Write a notice once for each person and put it on its way."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from common.copies import put
from common.ids import uuid7
from regulation.links import (
    ACCESS_LOG,
    ADMINISTERED_OFFICER,
    BOOK_ENTRY,
    CHANGE_REQUESTS,
    CONSULTATIONS,
    DESK,
    DESK_DOSSIER,
    HANDLED_DOSSIER,
    HANDLED_FEEDBACK,
    HANDLED_QUESTION,
    OWN_DOSSIER,
    OWN_FEEDBACK,
    OWN_QUESTION,
    OWN_RATING,
    STATUS,
    SURVEY_DESK,
)
from regulation.roles import Role
from regulation.text import LANGUAGES, Lang
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.domain import kinds
from notify.domain.channels import Channel, channels_for
from notify.domain.delivery import first_state
from notify.domain.kinds import ANSWERERS, ASKERS, CONSULTED, FEEDBACK_OFFICERS, SENDERS, SYSTEM, Kind
from notify.domain.notice import Notice
from notify.models import Delivery, Message, TemplateVersion
from notify.models.base import Json
from notify.ports import Renderer
from notify.queries.absences import stand_ins

OFFICERS = frozenset(
    {
        Kind.OFFICER_ASSIGNED,
        Kind.OFFICER_DIGEST,
        Kind.OFFICER_AGENCY_URGED,
        Kind.OFFICER_DUE_SOON,
        Kind.OFFICER_OVERDUE,
        Kind.OFFICER_IDLE,
        Kind.OFFICER_OPINION_GIVEN,
        Kind.OFFICER_OPINION_MISSING,
    }
)
ENGLISH = "/en"
PATHS: Mapping[Kind, str] = {
    **dict.fromkeys(ASKERS, OWN_QUESTION),
    **dict.fromkeys(ANSWERERS, HANDLED_QUESTION),
    **dict.fromkeys(SENDERS, OWN_FEEDBACK),
    **dict.fromkeys(FEEDBACK_OFFICERS, HANDLED_FEEDBACK),
    **dict.fromkeys(CONSULTED, CONSULTATIONS),
    **dict.fromkeys(kinds.DESK, DESK),
    Kind.OFFICER_SURVEY_DUE: SURVEY_DESK,
    Kind.OFFICER_CHANGE_OVERDUE: CHANGE_REQUESTS,
    Kind.OFFICER_ALARM: BOOK_ENTRY,
    Kind.OFFICER_ELSEWHERE: f"/can-bo{ACCESS_LOG}",
    Kind.OFFICER_ACCOUNT_LOST: ADMINISTERED_OFFICER,
}
"""Pages of questions and of feedback, by number."""


@dataclass(frozen=True)
class Writer:
    """What writing needs: templates, the province's channels, and where links lead."""

    renderer: Renderer
    seeds: Mapping[str, Mapping[str, Any]]
    channels: tuple[Channel, ...]
    early_channels: tuple[Channel, ...]
    public_url: str
    texted: bool = False
    """Whether a text message goes with each signed paper."""
    alarmed: frozenset[Role] = frozenset({Role.OPERATOR})
    """The roles told of an incident at once."""

    def links(self, notice: Notice) -> dict[str, str]:
        """Return where the notice leads, per language."""
        place = _place(notice)
        return {"vi": self.public_url + place, "en": self.public_url + ENGLISH + place}

    def values(self, notice: Notice, lang: Lang) -> Mapping[str, Any]:
        """Return the template fields of a notice; one of a result leads to its rating. Source: R-SAT-01"""
        if notice.kind is not Kind.DOSSIER_RETURNED:
            return notice.values[lang]
        place = (ENGLISH if lang == "en" else "") + OWN_RATING.format(code=notice.code, phase="result")
        return {**notice.values[lang], "rating": self.public_url + place}

    def ways(self, kind: Kind) -> tuple[Channel, ...]:
        """Return the channels a notice of this kind goes by. Source: TN Đ.11.5.c; R-NTF-01; R-NTF-03; R-NTF-08"""
        usual = self.early_channels if kind is Kind.RESULT_EARLY else self.channels
        return channels_for(kind, usual, texted=self.texted)


def _place(notice: Notice) -> str:
    """Return the page a notice leads to."""
    if notice.kind in SYSTEM:
        return STATUS
    if notice.kind in PATHS:
        said = notice.values["vi"]
        number = said.get("number", "")
        return PATHS[notice.kind].format(number=number, officer=number, book=said.get("book", ""))
    path = HANDLED_DOSSIER if notice.kind in OFFICERS else OWN_DOSSIER
    path = DESK_DOSSIER if notice.kind is Kind.OFFICER_SUPPLEMENT_DRAFTED else path
    return path.format(code=notice.code or "").rstrip("/")


async def tell(session: AsyncSession, notices: Sequence[Notice], writer: Writer) -> int:
    """Put each notice into its recipients' inboxes and queue the deliveries; return how many are new.

    The same event told twice to a person changes nothing. Source: R-NTF-01; R-NTF-14
    """
    notices = [*notices, *await _to_substitutes(session, notices)]
    own = await queries.newest_templates(session, {notice.kind for notice in notices})
    rows = [row for notice in notices for row in _rows(notice, own.get(notice.kind), writer)]
    written = {key.id for key in await put(session, Message, rows, there="stays")}
    await _queue(session, [row for row in rows if row["id"] in written], writer)
    return len(written)


async def _to_substitutes(session: AsyncSession, notices: Sequence[Notice]) -> list[Notice]:
    """Return the same notices for whoever stands in for an officer that is away. Source: BD Đ.14.5; R-INT-21"""
    about = [notice for notice in notices if notice.kind in kinds.STOOD_IN]
    found: list[Notice] = []
    for day in {local_day(notice.at) for notice in about}:
        today = [notice for notice in about if local_day(notice.at) == day]
        away = await stand_ins(session, {who for notice in today for who in notice.recipients}, day)
        found += [
            replace(notice, recipients=(away[who].substitute,), stands_for=away[who])
            for notice in today
            for who in notice.recipients
            if who in away and away[who].substitute not in notice.recipients
        ]
    return found


async def _queue(session: AsyncSession, messages: Sequence[Json], writer: Writer) -> None:
    """Begin the deliveries of messages just written; the portal inbox is reached at once."""
    begun = [
        {
            "id": uuid7(),
            "message_id": message["id"],
            "event_id": message["event_id"],
            "recipient": message["recipient"],
            "channel": channel,
            "next_attempt_at": message["created_at"],
            "attempts": 0,
            **first_state(channel, message["created_at"]),
        }
        for message in messages
        for channel in writer.ways(message["kind"])
    ]
    await put(session, Delivery, begun)


def _rows(notice: Notice, own: TemplateVersion | None, writer: Writer) -> list[Json]:
    if not notice.recipients:
        return []
    parts = {"subject": own.subject, "body": own.body, "sms": own.sms} if own else writer.seeds[notice.kind]
    told: Json = {
        part: {
            lang: writer.renderer.text(parts[part][lang], writer.values(notice, lang), lang)
            for lang in LANGUAGES
        }
        for part in ("subject", "body", "sms")
    }
    if notice.stands_for:
        told["body"] = {lang: f"{notice.stands_for.said(lang)}\n\n{told['body'][lang]}" for lang in LANGUAGES}
    told |= {
        "event_id": notice.event_id,
        "kind": notice.kind,
        "template_version": own.version if own else 1,
        "dossier_code": notice.code,
        "link": writer.links(notice),
        "due_at": notice.due_at,
        "attachments": [asdict(document) for document in notice.attachments],
        "created_at": notice.at,
    }
    return [told | {"id": uuid7(), "recipient": recipient} for recipient in notice.recipients]
