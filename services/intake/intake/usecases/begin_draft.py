"""Begin a draft: the applicant opens the form of a procedure at an agency."""

from datetime import datetime

from common.errors import InvalidInputError
from common.ids import uuid7
from common.security import Caller
from regulation.codes import ProcedureCode, UnreadableProcedureCodeError
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.availability import obstacles
from intake.domain.errors import ProcedureNotFoundError, TooManyDraftsError
from intake.domain.problems import unknown_case
from intake.models import Draft
from intake.queries.catalogue import availability_of, current_procedure
from intake.queries.drafts import drafts_count


async def begin_draft(
    session: AsyncSession,
    caller: Caller,
    *,
    procedure_code: str,
    agency: str,
    case: str | None,
    most: int,
    now: datetime,
) -> Draft:
    """Begin a draft pinned to the version in force today; without `case` it is the first published one.

    Raises:
        ForbiddenError: the caller is no applicant. TooManyDraftsError: the caller has `most` already.
        ProcedureNotFoundError, ProcedureClosedError, AgencyUnknownError, AgencyWithoutDeskError,
        ProcedureNotOnlineError: nothing could be submitted there.
    """
    caller.require(*who_may(Right.BEGIN_DRAFT))
    await _must_have_room(session, caller, most)
    today = local_day(now)
    procedure = await current_procedure(session, _key(procedure_code), today)
    available = await availability_of(session, procedure, agency, today)
    for obstacle in obstacles(available, procedure.version, today):
        raise obstacle
    if case is not None and case not in procedure.case_ids:
        raise InvalidInputError([unknown_case(case)])
    draft = Draft(
        id=uuid7(),
        owner_id=caller.subject,
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        agency=agency,
        case_id=case or procedure.usual_case,
        answers={},
        created_at=now,
        updated_at=now,
    )
    session.add(draft)
    await session.flush()
    return draft


async def _must_have_room(session: AsyncSession, caller: Caller, most: int) -> None:
    if await drafts_count(session, caller) >= most:
        raise TooManyDraftsError(most=most)


def _key(text: str) -> str:
    """Return a procedure code as the catalogue writes it, whether or not the dot was typed."""
    try:
        return ProcedureCode.normalise(text)
    except UnreadableProcedureCodeError:
        raise ProcedureNotFoundError(procedure=text) from None
