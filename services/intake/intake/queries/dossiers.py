"""The dossiers a caller may see: own ones, those of the desk, those being handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from common.conditions import matching
from common.inbox import NotYetError
from common.security import Caller
from regulation.roles import Reach, Right, view, who_may
from regulation.states import ENDED
from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import Actor
from intake.domain.deeds import Deed
from intake.domain.errors import DossierNotFoundError, ForeignDossierError
from intake.domain.news import NewDate, UnitNews
from intake.domain.papers import OF_THE_UNIT
from intake.domain.submitter import collects
from intake.domain.supplement import SupplementDraft
from intake.models import Dossier, SupplementRequest
from intake.queries.holds import is_held


def acting(caller: Caller) -> Actor:
    """Return the caller as the history names people."""
    return Actor(
        caller.subject,
        caller.kind,
        caller.agency,
        caller.unit,
        bool(caller.roles & who_may(Right.APPROVE_SUPPLEMENT)),
    )


def own(caller: Caller) -> ColumnElement[bool]:
    """Return the condition that keeps an applicant among the dossiers filed by or for them."""
    if not caller.roles & who_may(Right.FOLLOW_DOSSIER):
        return false()
    for_another = and_(Dossier.submitter_id == caller.subject, Dossier.submitter_id != Dossier.owner_id)
    return or_(Dossier.owner_id == caller.subject, for_another)


async def open_count(session: AsyncSession, account_id: str) -> int:
    """Count the dossiers filed by or for an account in which somebody still owes something, or that are kept."""
    theirs = or_(Dossier.owner_id == account_id, Dossier.submitter_id == account_id)
    still = select(func.count()).where(
        theirs, or_(Dossier.state.not_in(ENDED), is_held(dossier=Dossier.code))
    )
    return await session.scalar(still) or 0


def may_have(kind: str, dossier: Dossier, subject: str) -> bool:
    """Tell whether who may open a dossier may have a paper of this kind: the result belongs to the applicant.

    Who handed it in for the applicant has it only where that was said to be allowed.

    Source: NB Đ.1.2.d; R-SUB-18
    """
    only_handed_in = subject == dossier.submitter_id != dossier.owner_id
    return not only_handed_in or kind not in OF_THE_UNIT or collects(dossier.submitter)


def desk_scope(caller: Caller, right: Right = Right.READ_DESK) -> ColumnElement[bool]:
    """Return the condition that keeps an officer among the dossiers of the desks that a right reaches.

    The unit of a desk is the desk itself; under scope "own" what a colleague decided stays out.

    Source: TN Đ.12.1; QT Đ.11.2.e; R-INT-01, R-ACC-18
    """
    seen = view(right, caller).alternatives()
    return matching(seen, agency=Dossier.receiving_point, holder=Dossier.checked_by)


def sees_all(caller: Caller) -> bool:
    """Tell whether the caller looks at every desk of the province at once."""
    return view(Right.READ_DESK, caller).reach is Reach.PROVINCE


def handled(caller: Caller) -> ColumnElement[bool]:
    """Return the condition that keeps an officer among the dossiers the own unit or hand settles.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    seen = view(Right.READ_HANDLING, caller).alternatives()
    mine = matching(seen, agency=Dossier.competent_agency, unit=Dossier.unit, holder=Dossier.officer_id)
    return and_(mine, Dossier.accepted_at.is_not(None))


def reading_right(caller: Caller, dossier: Dossier) -> Right:
    """Return the right under which an officer sees a dossier: handling once it is in hand there, else the desk.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    seen = view(Right.READ_HANDLING, caller)
    here = seen.sees(agency=dossier.competent_agency, unit=dossier.unit, holder=dossier.officer_id)
    return Right.READ_HANDLING if here and dossier.accepted_at is not None else Right.READ_DESK


def visible(caller: Caller) -> ColumnElement[bool]:
    """Return the condition for every dossier the caller may open, in whatever role."""
    return or_(own(caller), desk_scope(caller), handled(caller))


async def _one(session: AsyncSession, code: str, allowed: ColumnElement[bool], lock: bool) -> Dossier:
    statement = select(Dossier).where(Dossier.code == code, allowed)
    dossier = await session.scalar(statement.with_for_update() if lock else statement)
    if dossier is None:
        raise DossierNotFoundError
    return dossier


async def own_dossier(session: AsyncSession, caller: Caller, code: str, *, lock: bool = False) -> Dossier:
    """Return a dossier of the calling applicant.

    Raises:
        DossierNotFoundError: it does not exist or is somebody else's.
    """
    return await _one(session, code, own(caller), lock)


async def desk_dossier(
    session: AsyncSession, caller: Caller, code: str, right: Right = Right.READ_DESK, *, lock: bool = False
) -> Dossier:
    """Return a dossier of a desk that a right reaches; `lock` makes rivals wait until this transaction ends.

    Raises:
        DossierNotFoundError: it does not exist or is another desk's.
    """
    return await _one(session, code, desk_scope(caller, right), lock)


@dataclass(frozen=True)
class Act:
    """Somebody changes one dossier: who, which, at the version they saw, and when."""

    session: AsyncSession
    caller: Caller
    code: str
    version: int
    now: datetime

    @property
    def actor(self) -> Actor:
        """Return who acts as the history names people."""
        return acting(self.caller)

    async def at_the_desk(self, deed: Deed) -> Dossier:
        """Return the dossier for a deed that the caller's right reaches; rivals wait until this transaction ends.

        Raises:
            ForbiddenError, DossierNotFoundError, StaleVersionError: as their names say.
        """
        self.caller.require(*who_may(deed.right))
        dossier = await desk_dossier(self.session, self.caller, self.code, deed.right, lock=True)
        dossier.expect(self.version)
        return dossier

    async def by_the_applicant(self) -> Dossier:
        """Return the caller's own dossier for a change. Raises: DossierNotFoundError, StaleVersionError."""
        dossier = await _one(self.session, self.code, own(self.caller), True)
        dossier.expect(self.version)
        return dossier


async def visible_dossier(session: AsyncSession, caller: Caller, code: str) -> Dossier:
    """Return a dossier the caller may open.

    Raises:
        DossierNotFoundError: it does not exist or lies outside the caller's scope.
    """
    dossier = await session.scalar(_seen(caller), {"code": code})
    if dossier is None:
        raise DossierNotFoundError
    return dossier


@lru_cache(maxsize=128)
def _seen(caller: Caller) -> Select[tuple[Dossier]]:
    # Who opens one dossier opens more: to word the condition costs more than to ask it.
    return select(Dossier).where(Dossier.code == bindparam("code"), visible(caller))


async def dossier_by_code(session: AsyncSession, code: str) -> Dossier:
    """Return a dossier whoever asks; for the system's own work.

    Raises:
        DossierNotFoundError: it does not exist.
    """
    return await _one(session, code, true(), False)


async def told_dossier(session: AsyncSession, news: UnitNews | NewDate | SupplementDraft) -> Dossier:
    """Return, locked, the dossier that another service tells of.

    News without an agency come from the province itself: no agency's own account may tell any.

    Raises:
        NotYetError: it has not arrived here.
        ForeignDossierError: an agency tells of a dossier that another one settles.
    """
    dossier = await session.get(Dossier, news.code, with_for_update=True)
    if dossier is None:
        raise NotYetError("dossier", news.code)
    _must_be_told_by(dossier, news.agency)
    return dossier


async def must_be_settled_by(session: AsyncSession, code: str, agency: str | None) -> None:
    """Hold what another service tells beside a dossier to the same rule as news of it, without locking it.

    Raises: NotYetError, ForeignDossierError.
    """
    if (dossier := await session.get(Dossier, code)) is None:
        raise NotYetError("dossier", code)
    _must_be_told_by(dossier, agency)


def _must_be_told_by(dossier: Dossier, agency: str | None) -> None:
    if agency not in (None, dossier.competent_agency):
        raise ForeignDossierError(dossier=dossier.code, agency=agency)


async def own_dossiers(
    session: AsyncSession, caller: Caller, limit: int, offset: int
) -> tuple[Sequence[Dossier], int]:
    """Return a page of the calling applicant's dossiers, newest first, and how many there are."""
    mine = own(caller)
    total = await session.scalar(select(func.count()).select_from(Dossier).where(mine))
    statement = select(Dossier).where(mine).order_by(Dossier.submitted_at.desc(), Dossier.code.desc())
    return (await session.scalars(statement.limit(limit).offset(offset))).all(), total or 0


async def open_requests(session: AsyncSession, caller: Caller) -> Sequence[Any]:
    """Return (request, dossier) of everything an agency still waits for from the calling applicant.

    Source: NB Đ.27.2; BD Đ.15.6; QT Đ.30.1; R-SUB-22
    """
    statement = (
        select(SupplementRequest, Dossier)
        .join(Dossier, Dossier.code == SupplementRequest.dossier_code)
        .where(own(caller), SupplementRequest.answered_at.is_(None), Dossier.state == "supplement_requested")
        .order_by(SupplementRequest.answer_by_on)
    )
    return (await session.execute(statement)).all()
