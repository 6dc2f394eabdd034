"""How a question begins: its number, its follow-up key, its first clock and its first line."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from common.outbox import record
from common.sealing import Ring
from regulation.text import fold
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import AskerKind, ClockKind, Deed, QuestionRules, State, contact_of
from qa.domain.asker import Values
from qa.events import QuestionAsked
from qa.models.base import Base
from qa.models.marks import asker_marks, hidden_sameness
from qa.models.question import Question

KEY_BYTES = 32


@dataclass(frozen=True)
class Asking:
    """What is asked, checked and in its stored form; `owner` is the account that asks, if any."""

    asker_kind: AskerKind
    asker: Values
    owner: str | None
    topic: str
    agency: str | None
    procedure: str | None
    title: str
    text: str
    doubts: list[str]
    consent_name: bool
    sameness: str
    follows: str | None = None


@dataclass(frozen=True)
class Birth:
    """A question that begins, the rows it brings, and the key that is told once and kept only as a mark."""

    question: Question
    rows: tuple[Base, ...]
    key: str

    async def enter(
        self, session: AsyncSession, tell: tuple[str, ...], now: datetime, *, mailed: bool
    ) -> None:
        """Write it down and announce it to the coordinators; `mailed` says whether the asker gets our mail."""
        asked = self.question
        session.add(asked)
        await session.flush()
        session.add_all(self.rows)
        assert asked.due_at is not None, "a question begins with its clock"
        agency, due_at = asked.asked_agency, asked.due_at
        fact = asked.tell(QuestionAsked, now, asked_agency=agency, due_at=due_at, tell=tell)
        await session.flush()
        await record(session, fact if mailed else fact.model_copy(update={"reachable": False}))


def begun(asking: Asking, serial: int, rules: QuestionRules, ring: Ring | None, now: datetime) -> Birth:
    """Begin a question; outside working hours it counts as received at the next working hour.

    Source: TN Đ.15.3.a; R-QNA-01; R-QNA-10; R-QNA-11
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    email, phone = contact_of(asking.asker)
    question = Question(
        number=f"HD-{local_day(now).year}-{serial:06}",
        announced=0,
        state=State.ASKED,
        key_hash=hashlib.sha256(key.encode()).hexdigest(),
        owner=asking.owner,
        asker_kind=asking.asker_kind,
        asker=asking.asker,
        asker_marks=asker_marks(asking.asker, ring),
        asker_email=email,
        asker_phone=phone,
        asker_key=key if email and asking.owner is None else None,
        sameness=hidden_sameness(asking.sameness, ring),
        consent_name=asking.consent_name,
        topic=asking.topic,
        asked_agency=asking.agency,
        procedure=asking.procedure,
        title=asking.title,
        title_key=fold(asking.title),
        text=asking.text,
        doubts=asking.doubts,
        follows=asking.follows,
        asked_at=now,
        returned_count=0,
        interim=[],
        line_count=0,
    )
    clock = question.begin(ClockKind.TRIAGE, rules.ledger(ClockKind.TRIAGE, now), rules)
    line = question.line(Deed.ASKED, "", now)  # whose it is stands in columns that are erased
    return Birth(question, (clock, line), key)
