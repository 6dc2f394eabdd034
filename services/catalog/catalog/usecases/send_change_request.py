"""Send a change request: one that a decision asks for, one that came back, or a new one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from common.errors import FieldProblem, ForbiddenError, InvalidInputError
from common.security import Caller
from regulation.roles import Role
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.changes import ChangeDeed, ChangeKind, ChangeRules, ChangeState, WaitsFor, may_ask_for
from catalog.domain.editors import Editor
from catalog.domain.errors import DecisionMissingError, RequesterNotCompetentError
from catalog.models import ChangeClock, ChangeRequest, EditEntry
from catalog.queries.changes import change_request


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the deciding document, the procedures or the level of the agency, and what is to change."""

    kind: ChangeKind
    document_number: str | None
    document_on: date | None
    content: str
    procedures: Sequence[str] = ()
    level: str | None = None


async def file_change_request(
    session: AsyncSession, wanted: Wanted, *, rules: ChangeRules, caller: Caller, now: datetime
) -> ChangeRequest:
    """Ask for a change that no registered decision asks for.

    Raises:
        DecisionMissingError: no number or date of the deciding document.
        RequesterNotCompetentError: somebody else asks for agencies of this level.
        InvalidInputError: a document of a day to come, no procedure, an unknown level.

    Source: NB Đ.11.1; NB Đ.11.2; TN Đ.7.1; R-CAT-03; R-CAT-14
    """
    number, day = (wanted.document_number or "").strip(), wanted.document_on
    if not number or day is None:
        raise DecisionMissingError(
            field="document_number" if not number else "document_on", rule="decision-missing"
        )
    if caller.agency is None:
        raise ForbiddenError
    await _check(session, wanted, day, caller, now)
    request = ChangeRequest(
        kind=wanted.kind,
        state=ChangeState.OWED,
        agency=caller.agency,
        document_number=number,
        document_on=day,
        procedures=list(dict.fromkeys(wanted.procedures)),
        content=wanted.content,
        answer="",
        created_at=now,
    )
    session.add(request)
    await session.flush()
    return await _sent(session, request, rules=rules, caller=caller, now=now)


async def send_change_request(
    session: AsyncSession,
    id_: uuid.UUID,
    content: str,
    *,
    seen: int,
    rules: ChangeRules,
    caller: Caller,
    now: datetime,
) -> ChangeRequest:
    """Send what is owed or came back, with what is to change.

    Raises: UnknownChangeRequestError, ForbiddenError, StaleVersionError, RequestNotWaitingError, CalendarEndedError.
    Source: NB Đ.11.2.b; R-CAT-14; R-CAT-15
    """
    request = await change_request(session, caller, id_, lock=True)
    if request.agency != caller.agency:
        raise ForbiddenError
    request.expect(seen)
    request.content = content
    return await _sent(session, request, rules=rules, caller=caller, now=now)


async def _sent(
    session: AsyncSession, request: ChangeRequest, *, rules: ChangeRules, caller: Caller, now: datetime
) -> ChangeRequest:
    request.take(ChangeDeed.SEND)
    running = select(ChangeClock).where(ChangeClock.request == request.id, ChangeClock.ended_at.is_(None))
    for clock in await session.scalars(running):
        clock.ended_at = now
    request.sent_at, request.sent_by, request.answer = now, caller.subject, ""
    ledger = rules.to_carry_out(ChangeKind(request.kind), now, request.document_on).to_dict()
    session.add(ChangeClock.begun(request, WaitsFor.UPDATE, ledger, now))
    by, new = Editor(caller.subject, caller.agency), {"content": request.content, "due_at": ledger["due_at"]}
    decided = f"{request.document_number} ({request.document_on.isoformat()})"
    session.add(EditEntry.of("sent", "change_request", str(request.id), by, now, decision=decided, new=new))
    await session.flush()
    return request


async def _check(session: AsyncSession, wanted: Wanted, day: date, caller: Caller, now: datetime) -> None:
    today = local_day(now)
    if day > today:
        vi, en = "Ngày của văn bản chưa đến.", "The day of the document has not come."
        raise InvalidInputError([FieldProblem("document_on", "day-to-come", vi, en)])
    if wanted.kind is ChangeKind.PROCEDURES:
        if not wanted.procedures:
            vi, en = "Ghi ít nhất một mã thủ tục.", "Name at least one procedure."
            raise InvalidInputError([FieldProblem("procedures", "missing", vi, en)])
        return
    levels = {id_: one for id_, one in (await queries.levels(session)).items() if one.valid_on(today)}
    if wanted.level not in levels:
        vi, en = "Chọn cấp của cơ quan.", "Choose the level of the agency."
        raise InvalidInputError([FieldProblem("level", "unknown-level", vi, en)])
    own = await queries.agency(session, str(caller.agency))
    asker, centre = levels.get(own.level), Role.COORDINATOR in caller.roles
    if not may_ask_for(
        levels[wanted.level], levels.values(), asker=asker, asker_kind=own.kind, centre=centre
    ):
        raise RequesterNotCompetentError(field="level", rule="requester-not-competent")
