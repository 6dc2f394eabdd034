"""What happens to the rows when a version comes into force or a procedure is repealed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.content import Content
from catalog.domain.service_levels import SchemeRules
from catalog.domain.versions import State
from catalog.events import ProcedureClosed, ProcedurePublished
from catalog.models.agencies import Agency, Field
from catalog.models.announcements import procedure_closed, procedure_published
from catalog.models.procedures import Procedure, ProcedureVersion, stored
from catalog.models.services import OnlineService, catalogue_changed


async def bring_into_force(
    session: AsyncSession, procedure: Procedure, version: ProcedureVersion, rules: SchemeRules, now: datetime
) -> ProcedurePublished:
    """Let a version replace the one before it and its offers become services; returns the fact to announce.

    Source: QT Đ.8; R-CAT-16; R-CAT-05
    """
    content = version.read()
    day = version.effective_from or now.date()
    before = await _current(session, procedure)
    if before is not None and before.state == State.IN_FORCE:
        before.state, before.effective_to = State.SUPERSEDED, day
    version.state, version.published_at = State.IN_FORCE, now
    procedure.current_number = version.number
    procedure.name, procedure.name_en, procedure.field = content.name, content.name_en, content.field
    procedure.levels, procedure.route = list(content.levels), content.route.value
    procedure.closed_from, procedure.closed_decision, procedure.closed_announced = None, None, False
    session.add_all(_services(procedure.code, content, await _open_services(session, procedure.code), day))
    await catalogue_changed(session)
    return await version_published(session, procedure, version, rules)


async def repeal(session: AsyncSession, procedure: Procedure, now: datetime) -> ProcedureClosed:
    """Take a procedure out of force: version repealed, services closed; returns the fact to announce.

    Source: QT Đ.8; R-CAT-16
    """
    version = await _current(session, procedure)
    if version is not None:
        version.state, version.effective_to = State.REPEALED, procedure.closed_from
    for service in await _open_services(session, procedure.code):
        service.closed_on = procedure.closed_from
    procedure.closed_announced, procedure.current_number = True, None
    await catalogue_changed(session)
    return procedure_closed(procedure, procedure.next_number(), now)


def successor(
    procedure: Procedure, version: ProcedureVersion, content: Content, day: date, *, by: str, now: datetime
) -> ProcedureVersion:
    """Return the next version with a changed content, resting on the same decision: an offer or a form changed."""
    return ProcedureVersion(
        procedure=procedure.code,
        number=procedure.next_number(),
        state=State.APPROVED,
        content=stored(content),
        decision_number=version.decision_number,
        decision_on=version.decision_on,
        effective_from=day,
        created_at=now,
        created_by=by,
    )


async def _current(session: AsyncSession, procedure: Procedure) -> ProcedureVersion | None:
    if procedure.current_number is None:
        return None
    return await session.get(ProcedureVersion, (procedure.code, procedure.current_number))


async def _open_services(session: AsyncSession, code: str) -> Sequence[OnlineService]:
    query = select(OnlineService).where(OnlineService.procedure == code, OnlineService.closed_on.is_(None))
    return (await session.scalars(query)).all()


def _services(
    code: str, content: Content, running: Sequence[OnlineService], day: date
) -> list[OnlineService]:
    """Bring the services in line with the offers; returns the new ones."""
    open_now = {service.agency: service for service in running}
    offered = {offer.agency: offer for offer in content.offers}
    for agency, service in open_now.items():
        if agency not in offered:
            service.closed_on = day
    new = []
    for agency, offer in offered.items():
        service = open_now.get(agency) or OnlineService(procedure=code, agency=agency, opened_on=day)
        service.level, service.unit, service.partial_reason = (
            offer.service_level,
            offer.unit,
            offer.partial_reason,
        )
        new += [] if agency in open_now else [service]
    return new


async def version_published(
    session: AsyncSession, procedure: Procedure, version: ProcedureVersion, rules: SchemeRules
) -> ProcedurePublished:
    """Return the fact that tells of a version that came into force."""
    codes = [offer["agency"] for offer in version.content["offers"]]
    agencies = {row.code: row for row in await session.scalars(select(Agency).where(Agency.code.in_(codes)))}
    field = await session.get(Field, procedure.field)
    name = field.name if field else procedure.field
    return procedure_published(
        procedure, version, name, agencies, rules=rules, now=version.published_at or version.created_at
    )
