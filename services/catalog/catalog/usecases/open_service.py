"""Open, change or confirm an online service: the version in force is reissued with the changed offer."""

from dataclasses import replace
from datetime import date, datetime

from common.errors import InvalidInputError
from common.outbox import record
from procedures import Offer
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.completeness import gaps
from catalog.domain.content import Content
from catalog.domain.editors import Editor
from catalog.domain.errors import ServiceAlreadyOpenError, ServiceWithoutProcedureError
from catalog.domain.service_levels import Approval, SchemeRules, refuse_unapproved
from catalog.domain.versions import State
from catalog.models import EditEntry, ProcedureVersion, bring_into_force, successor


async def open_service(
    session: AsyncSession,
    code: str,
    offer: Offer,
    *,
    rules: SchemeRules,
    by: Editor,
    today: date,
    now: datetime,
    approval: Approval | None = None,
) -> ProcedureVersion:
    """Let one more agency take the procedure online.

    Raises: ServiceWithoutProcedureError, ServiceAlreadyOpenError, UnknownAgencyError, InvalidInputError,
        OnlineApprovalMissingError.
    Source: NB Đ.12.1.b; BD Đ.5.2; TN Đ.4.2; R-CAT-05; R-CAT-19; R-CAT-21
    """
    version = await _published(session, code)
    content = version.read()
    if any(present.agency == offer.agency for present in content.offers):
        raise ServiceAlreadyOpenError(field="agency", rule="service-already-open", agency=offer.agency)
    return await _reissued(
        session,
        version,
        (*content.offers, offer),
        rules=rules,
        by=by,
        today=today,
        now=now,
        approval=approval,
    )


async def confirm_level(
    session: AsyncSession,
    code: str,
    offer: Offer,
    *,
    rules: SchemeRules,
    by: Editor,
    today: date,
    now: datetime,
    approval: Approval | None = None,
) -> ProcedureVersion:
    """Set the level of an open service, as an editor does after a change of the level scheme.

    Raises: ServiceWithoutProcedureError, InvalidInputError. Source: R-CAT-07; R-CAT-08
    """
    version = await _published(session, code)
    present = version.read().offers
    kept = tuple(offer if row.agency == offer.agency else row for row in present)
    if kept == present and offer not in present:
        raise ServiceWithoutProcedureError(field="agency", rule="service-without-procedure", procedure=code)
    return await _reissued(
        session, version, kept, rules=rules, by=by, today=today, now=now, approval=approval
    )


async def _published(session: AsyncSession, code: str) -> ProcedureVersion:
    procedure = await queries.procedure(session, code, lock=True)
    version = await queries.current_version(session, procedure)
    if version is None or version.state != State.IN_FORCE:
        raise ServiceWithoutProcedureError(
            field="procedure", rule="service-without-procedure", procedure=code
        )
    return version


async def _reissued(
    session: AsyncSession,
    version: ProcedureVersion,
    offers: tuple[Offer, ...],
    *,
    rules: SchemeRules,
    by: Editor,
    today: date,
    now: datetime,
    approval: Approval | None,
) -> ProcedureVersion:
    content: Content = replace(version.read(), offers=offers)
    await queries.agency(session, offers[-1].agency)
    around = await queries.surroundings(session, content, rules)
    if problems := [problem for problem in gaps(content, around) if problem.field.startswith("offers")]:
        raise InvalidInputError(problems)
    refuse_unapproved(rules, version.read().offers, offers, approved=approval is not None)
    procedure = await queries.procedure(session, version.procedure)
    fresh = successor(procedure, version, content, today, by=by.name, now=now)
    fresh.taken_online_by(approval)
    session.add(fresh)
    await record(session, await bring_into_force(session, procedure, fresh, rules, now))
    old = {"offers": version.content["offers"]}
    new = {"offers": fresh.content["offers"]}
    session.add(
        EditEntry.of(
            "services_changed",
            "procedure",
            version.procedure,
            by,
            now,
            procedure=version.procedure,
            decision=version.decision_number,
            old=old,
            new=new,
        )
    )
    await session.flush()
    return fresh
