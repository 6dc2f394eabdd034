"""Let the content controller check a version: ask for it, approve it, return it with the reason."""

from datetime import datetime

from common.security import Caller
from regulation.roles import is_another_person
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.editors import Editor
from catalog.domain.errors import NotInReviewError, OwnContentError
from catalog.domain.versions import State
from catalog.models import EditEntry, ProcedureVersion, VersionCheck
from catalog.queries.drafts import authors, running_check


async def ask_for_check(
    session: AsyncSession, code: str, number: int, *, seen: int, by: Editor, now: datetime
) -> ProcedureVersion:
    """Hand a draft to the content controller; until the word comes nobody edits it.

    Raises: UnknownProcedureError, StaleVersionError, NotInReviewError. Source: TN Đ.7.6; R-CAT-18
    """
    version = await queries.version(session, code, number)
    version.expect(seen)
    if version.state != State.DRAFT:
        raise NotInReviewError
    version.state = State.IN_REVIEW
    session.add(VersionCheck(procedure=code, number=number, asked_at=now, asked_by=by.name, reason=""))
    session.add(_line("review_asked", version, by, now, {"state": State.IN_REVIEW}))
    await session.flush()
    return version


async def decide_check(
    session: AsyncSession,
    code: str,
    number: int,
    *,
    approved: bool,
    reason: str,
    seen: int,
    caller: Caller,
    now: datetime,
) -> ProcedureVersion:
    """Approve the content of a version, or return it with the reason; its authors never do.

    Raises: UnknownProcedureError, StaleVersionError, NotInReviewError, OwnContentError.
    Source: TN Đ.7.6; requirements C, segregation rules; R-CAT-18
    """
    version = await queries.version(session, code, number)
    version.expect(seen)
    if version.state != State.IN_REVIEW:
        raise NotInReviewError
    written = await authors(session, version)
    if not all(is_another_person(author, caller.subject) for author in written):
        raise OwnContentError
    check = await session.scalar(running_check(code, number).with_for_update())
    if check is None:
        raise NotInReviewError
    check.decided_at, check.decided_by, check.approved, check.reason = now, caller.subject, approved, reason
    version.state = State.CHECKED if approved else State.DRAFT
    by = Editor(caller.subject, caller.agency)
    action = "review_approved" if approved else "review_returned"
    session.add(_line(action, version, by, now, {"state": version.state, "reason": reason}))
    await session.flush()
    return version


def _line(
    action: str, version: ProcedureVersion, by: Editor, now: datetime, new: dict[str, str]
) -> EditEntry:
    entity = f"{version.procedure}/{version.number}"
    return EditEntry.of(action, "version", entity, by, now, procedure=version.procedure, new=new)
