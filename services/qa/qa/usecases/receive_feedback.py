"""Feedback is received: from its sender at the portal, or entered by an officer from another channel."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from common.errors import FieldProblem, InvalidInputError
from common.outbox import record
from eforms import AnswerRefusedError
from eforms.kinds.contacts import email, phone
from regulation.text import cleaned_line
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Deed, QuestionRules
from qa.domain.asking import tidy_dossier, tidy_text, tidy_title
from qa.domain.exchange import Origin
from qa.domain.feedback import Category, FeedbackState
from qa.events import FeedbackReceived
from qa.models import FEEDBACK_NUMBERS, Feedback
from qa.queries.feedback import handed_in

LONGEST_AGO: Final = timedelta(days=366)


@dataclass(frozen=True)
class Received:
    """What came: by which channel and when, from whom, about what."""

    channel: str
    came_at: datetime
    owner: str | None
    entered_by: str | None
    sender: Mapping[str, str]
    category: Category
    dossier: str | None
    title: str
    text: str
    origin: Origin | None = None
    """The system that hands it in, and its number there."""


@dataclass(frozen=True)
class Receipt:
    """Feedback that was received, and the key that is told once."""

    feedback: Feedback
    key: str


async def receive_feedback(
    session: AsyncSession, rules: QuestionRules, came: Received, now: datetime
) -> Receipt:
    """Take feedback under a number; the same two clocks run whatever channel it came by.

    What a system handed in before is that same feedback, and nothing new.

    Raises:
        FeedbackElsewhereError: the province takes it by other channels.
        InvalidInputError: text, time or contact are not right.
        CalendarEndedError: no time limit can be set.

    Source: TN Đ.17–18; BD Đ.10–11; NB Đ.22.4; R-FBK-01; R-FBK-03; R-FBK-07; R-FBK-08; R-FBK-11; R-FBK-15
    """
    rules.feedback.expect_channel(came.channel, came.category, entered=came.entered_by is not None)
    _expect_came(came.came_at, now)
    if came.origin and (there := await handed_in(session, came.origin, held=True)):
        return Receipt(there, "")
    key = "" if came.origin else secrets.token_urlsafe(32)
    feedback = _received(came, await session.scalar(FEEDBACK_NUMBERS), key, now)
    sorting, response = feedback.clocks(rules)
    mailed = await queries.may_be_mailed(session, (feedback.sender or {}).get("email"), now)
    if not mailed and feedback.owner is None:
        feedback.drop_key()
    session.add(feedback)
    await session.flush()
    line = feedback.line(Deed.RECEIVED, came.entered_by or "", now, channel=came.channel)
    session.add_all((sorting, response, line))
    told = await queries.coordinators(session)
    fact = feedback.tell(FeedbackReceived, now, due_at=response.due_at, tell=told)
    await session.flush()
    await record(session, fact)
    return Receipt(feedback, key)


def _expect_came(came_at: datetime, now: datetime) -> None:
    if came_at > now:
        vi, en = "Thời điểm nhận không thể ở tương lai.", "It cannot have come in the future."
        raise InvalidInputError([FieldProblem("came_at", "future", vi, en)])
    if came_at < now - LONGEST_AGO:
        vi, en = "Thời điểm nhận đã quá một năm; hãy xem lại.", "It came more than a year ago; look again."
        raise InvalidInputError([FieldProblem("came_at", "too-old", vi, en)])


def _received(came: Received, serial: int, key: str, now: datetime) -> Feedback:
    """Return what came as it is kept. Raises: InvalidInputError."""
    sender = _sender(came.sender, "" if came.owner else key, named=came.owner is not None)
    return Feedback(
        number=f"PA-{local_day(now).year}-{serial:06}",
        announced=0,
        state=FeedbackState.RECEIVED,
        key_hash=came.origin.key if came.origin else hashlib.sha256(key.encode()).hexdigest(),
        owner=came.owner,
        sender=sender,
        keyed="key" in sender,
        channel=came.channel,
        came_at=came.came_at,
        entered_by=came.entered_by,
        category=came.category,
        dossier=tidy_dossier(came.dossier),
        title=tidy_title(came.title, text_rules=False),
        text=tidy_text(came.text, text_rules=False),
        involved=[],
        line_count=0,
    )


def _sender(typed: Mapping[str, str], key: str, *, named: bool) -> dict[str, str]:
    """Return who sent it in the stored form, with the key where a mail needs it.

    Who files with an account, and so gets no key, gives a name: what is published later must not hold it.

    Raises: InvalidInputError. Source: TN Đ.17.1; R-FBK-02; R-FBK-13
    """
    told = {name: cleaned_line(said) for name, said in typed.items() if cleaned_line(said)}
    problems = []
    if named and "name" not in told:
        vi, en = "Hãy ghi họ và tên.", "Enter your full name."
        problems.append(FieldProblem("sender.name", "required", vi, en))
    for name, reader in (("email", email), ("phone", phone)):
        if name in told:
            try:
                told[name] = reader(told[name])
            except AnswerRefusedError:
                vi, en = "Thông tin này chưa đúng dạng.", "This is not in the right form."
                problems.append(FieldProblem(f"sender.{name}", name, vi, en))
    if problems:
        raise InvalidInputError(problems)
    return told | ({"key": key} if key and "email" in told else {})
