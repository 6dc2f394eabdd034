"""Begin a draft: the applicant opens the form of a procedure at an agency, or an officer opens it for somebody."""

from datetime import datetime

from common.errors import InvalidInputError
from common.ids import uuid7
from common.security import Caller
from eforms import tidy
from regulation.codes import ProcedureCode, UnreadableProcedureCodeError
from regulation.roles import Right, who_may
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import ProcedureNotFoundError, TooManyDraftsError
from intake.domain.people import Person
from intake.domain.problems import unknown_case
from intake.models import Draft
from intake.queries.catalogue import offered_procedure
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
    person: Person | None = None,
) -> Draft:
    """Begin a draft pinned to the version in force today; without `case` it is the first published one.

    An officer begins one at the own desk for somebody, with what is known of this `person`.

    Raises:
        ForbiddenError: the caller neither applies nor receives. TooManyDraftsError: the caller has `most` already.
        ProcedureNotFoundError, ProcedureClosedError, AgencyUnknownError, AgencyWithoutDeskError,
        ProcedureNotOnlineError: nothing could be submitted there.
    """
    caller.require(*who_may(Right.BEGIN_DRAFT), *who_may(Right.ACCEPT_DOSSIER))
    await _must_have_room(session, caller, most)
    procedure = await offered_procedure(session, _key(procedure_code), agency, local_day(now))
    if case is not None and case not in procedure.case_ids:
        raise InvalidInputError([unknown_case(case)])
    draft = Draft(
        id=uuid7(),
        owner_id=caller.subject,
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        agency=agency,
        case_id=case or procedure.usual_case,
        answers=tidy(procedure.form, person.answers(procedure.form)) if person else {},
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
