"""Named reads of processing; every one that depends on who asks applies the officer's data scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from common.conditions import matching
from common.errors import NotFoundError
from common.security import Caller
from procedures import Procedure, shelf_of
from regulation.instances import holder_words
from regulation.roles import Right, view, who_may
from regulation.zone import local_day
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.deeds import Deed
from processing.domain.document import PaperFacts
from processing.domain.errors import DossierElsewhereError, IssuerUnknownError
from processing.domain.outcomes import Outcome
from processing.models import Agency, Dossier, Elsewhere, Officer, ProcedureVersion, Revocation, StepRecord
from processing.queries import absences

log = structlog.get_logger()


@dataclass(frozen=True)
class Target:
    """Which dossier of which agency a caller means, on which local day."""

    caller: Caller
    agency: str
    code: str
    day: date


def in_scope(
    caller: Caller,
    agency: str,
    right: Right = Right.READ_HANDLING,
    rows: type[Dossier] | type[Elsewhere] = Dossier,
    stands_for: Collection[str] = (),
) -> ColumnElement[bool]:
    """Return the condition that keeps a caller among the dossiers of an agency that his right reaches.

    To these come the open ones of officers he stands in for while they are away.

    Source: QT Đ.11.2.e; BD Đ.14.5; R-ACC-18; R-INT-21
    """
    seen = view(right, caller).alternatives()
    reached = matching(seen, agency=rows.agency, unit=rows.unit, holder=rows.officer_id)
    if stands_for:
        reached = or_(reached, and_(Dossier.officer_id.in_(stands_for), Dossier.closed_at.is_(None)))
    return and_(rows.agency == agency, reached)


async def dossier_in_scope(session: AsyncSession, target: Target) -> Dossier:
    """Return a dossier that the caller may read.

    Raises:
        NotFoundError: it does not exist or lies outside the scope, which is logged.
        DossierElsewhereError: another instance has it.

    Source: QT Đ.11.2.e; R-ACC-18
    """
    return await _reached(session, target, Right.READ_HANDLING, lock=False, standing_in=True)


async def _reached(
    session: AsyncSession, target: Target, right: Right, *, lock: bool, standing_in: bool
) -> Dossier:
    dossier = await _found(session, target, right, (), lock=lock)
    if dossier is None and standing_in and (away := await _stood_in_for(session, target)):
        dossier = await _found(session, target, right, away, lock=lock)
    if dossier is None:
        await expect_here(session, target.code, in_scope(target.caller, target.agency, right, Elsewhere))
        who = target.caller.subject
        log.warning("access refused", subject=who, agency=target.agency, dossier=target.code)
        raise NotFoundError(dossier=target.code)
    return dossier


async def _found(
    session: AsyncSession, target: Target, right: Right, stands_for: Collection[str], *, lock: bool
) -> Dossier | None:
    reached = in_scope(target.caller, target.agency, right, stands_for=stands_for)
    statement = select(Dossier).where(Dossier.code == target.code, reached)
    found: Dossier | None = await session.scalar(statement.with_for_update() if lock else statement)
    return found


async def _stood_in_for(session: AsyncSession, target: Target) -> frozenset[str]:
    away = await absences.on_day(session, target.agency, target.day)
    return absences.stood_in_for(away.values(), target.caller)


async def expect_here(session: AsyncSession, code: str, seen: ColumnElement[bool]) -> None:
    """Say where a dossier is to who may know, if another instance has it. Raises: DossierElsewhereError."""
    holder = await session.scalar(select(Elsewhere.holder).where(Elsewhere.code == code, seen))
    if holder is not None:
        raise DossierElsewhereError(dossier=code, **holder_words(holder))


async def dossier_to_change(session: AsyncSession, target: Target, deed: Deed) -> Dossier:
    """Return a dossier locked for a deed that the caller's right reaches.

    Raises: ForbiddenError, NotFoundError, DossierElsewhereError.
    """
    target.caller.require(*who_may(deed.right))
    return await _reached(session, target, deed.right, lock=True, standing_in=deed is Deed.TRANSFER)


async def procedure_of(session: AsyncSession, dossier: Dossier) -> Procedure:
    """Return the procedure version pinned on a dossier."""
    key, shelf = (dossier.procedure_code, dossier.procedure_version), shelf_of(session.get_bind().engine)
    if (known := shelf.get(key)) is None:
        known = shelf[key] = (await session.get_one(ProcedureVersion, key)).read()
    return known


async def current_record(session: AsyncSession, dossier: Dossier) -> StepRecord:
    """Return the record of the step at hand."""
    open_record = select(StepRecord).where(
        StepRecord.dossier_code == dossier.code, StepRecord.ended_at.is_(None)
    )
    return (await session.scalars(open_record)).one()


async def step_records(session: AsyncSession, dossier: Dossier) -> Sequence[StepRecord]:
    """Return all steps as they were done, oldest first."""
    statement = select(StepRecord).where(StepRecord.dossier_code == dossier.code).order_by(StepRecord.seq)
    return (await session.scalars(statement)).all()


async def revocations(session: AsyncSession, codes: Sequence[str]) -> dict[str, list[Revocation]]:
    """Return what was proposed and decided about the results of dossiers, by code, oldest first."""
    statement = select(Revocation).where(Revocation.dossier_code.in_(codes)).order_by(Revocation.number)
    found: dict[str, list[Revocation]] = {code: [] for code in codes}
    for one in await session.scalars(statement):
        found[one.dossier_code].append(one)
    return found


async def officer_names(session: AsyncSession, ids: Sequence[str | None]) -> dict[str, str]:
    """Return the display names of officers by id."""
    statement = select(Officer.id, Officer.display_name).where(Officer.id.in_({i for i in ids if i}))
    return dict((await session.execute(statement)).tuples().all())


async def officers_of(
    session: AsyncSession, agency: str, *, unit: str | None = None, role: str | None = None
) -> Sequence[Officer]:
    """Return the active officers of an agency, optionally of one unit or role, by name."""
    statement = select(Officer).where(Officer.agency == agency, Officer.active)
    if unit is not None:
        statement = statement.where(Officer.unit == unit)
    if role is not None:
        statement = statement.where(Officer.roles.contains([role]))
    return (await session.scalars(statement.order_by(Officer.display_name, Officer.id))).all()


async def open_counts(session: AsyncSession, agency: str) -> dict[str, int]:
    """Return the number of open dossiers per officer of an agency."""
    statement = (
        select(Dossier.officer_id, func.count())
        .where(Dossier.agency == agency, Dossier.closed_at.is_(None), Dossier.officer_id.is_not(None))
        .group_by(Dossier.officer_id)
    )
    return {officer: count for officer, count in (await session.execute(statement)).tuples() if officer}


async def issuer(session: AsyncSession, code: str) -> tuple[Agency, Agency | None]:
    """Return the agency that issues a document and the one above it.

    Raises:
        IssuerUnknownError: its name has not arrived.
    """
    agency = await session.get(Agency, code)
    if agency is None:
        raise IssuerUnknownError(agency=code)
    parent = await session.get(Agency, agency.parent) if agency.parent else None
    return agency, parent


async def paper_facts(
    session: AsyncSession, dossier: Dossier, signer: Caller, verification_url: str, now: datetime
) -> PaperFacts:
    """Return what a decision on the dossier would print if `signer` issued it now.

    `verification_url` has a place for the code: `https://…/{code}`.

    Raises:
        IssuerUnknownError: the agency's name has not arrived.
    """
    agency, superior = await issuer(session, dossier.agency)
    officer = await session.get(Officer, signer.subject)
    code = dossier.verification_code or ""
    return PaperFacts(
        code=dossier.code,
        procedure_name=dossier.procedure_name,
        outcome=dossier.outcome or Outcome.GRANT,
        template=dossier.template,
        issuer=agency.name,
        superior=superior.name if superior else None,
        number=dossier.decision_number or "",
        day=local_day(now),
        content=dossier.content or {},
        reasons=dossier.reasons,
        legal_basis=dossier.legal_basis,
        signer_name=officer.display_name if officer else "",
        signer_roles=tuple(sorted(signer.roles)),
        verification_code=code,
        verification_url=verification_url.format(code=code),
        published=await procedure_of(session, dossier),
    )
