"""Apply the decisions whose effective day has come: versions, repeals and changed forms."""

from dataclasses import replace
from datetime import date, datetime

from common.outbox import record
from procedures import FormUse
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.content import Content
from catalog.domain.editors import Editor
from catalog.domain.service_levels import SchemeRules
from catalog.domain.versions import State
from catalog.models import EditEntry, Form, Procedure, ProcedureVersion, bring_into_force, repeal, successor

CLOCK = Editor("system")


async def apply_due_decisions(session: AsyncSession, rules: SchemeRules, today: date, now: datetime) -> int:
    """Bring due versions into force, repeal due procedures, renew versions whose form changed; returns how many.

    Running it twice changes nothing. Source: QT Đ.8; TN Đ.4.3; R-CAT-12; R-CAT-16
    """
    done = await _repeals(session, today, now)
    done += await _versions(session, rules, today, now)
    done += await _forms(session, rules, today, now)
    await session.flush()
    return done


async def _repeals(session: AsyncSession, today: date, now: datetime) -> int:
    due = select(Procedure).where(Procedure.closed_from <= today, Procedure.closed_announced.is_(False))
    count = 0
    for procedure in (await session.scalars(due.with_for_update())).all():
        former = procedure.current_number
        await record(session, await repeal(session, procedure, now))
        _note(
            session,
            "closed",
            f"{procedure.code}",
            procedure.code,
            decision=procedure.closed_decision,
            now=now,
            numbers=(former, None),
        )
        count += 1
    return count


async def _versions(session: AsyncSession, rules: SchemeRules, today: date, now: datetime) -> int:
    due = select(ProcedureVersion).where(
        ProcedureVersion.state == State.APPROVED, ProcedureVersion.effective_from <= today
    )
    order = due.order_by(ProcedureVersion.effective_from, ProcedureVersion.number)
    rows = (await session.scalars(order)).all()
    for version in rows:
        procedure = await queries.procedure(session, version.procedure, lock=True)
        numbers = (procedure.current_number, version.number)
        await record(session, await bring_into_force(session, procedure, version, rules, now))
        entity = f"{version.procedure}/{version.number}"
        _note(
            session,
            "in_force",
            entity,
            version.procedure,
            decision=version.decision_number,
            now=now,
            numbers=numbers,
        )
    return len(rows)


async def _forms(session: AsyncSession, rules: SchemeRules, today: date, now: datetime) -> int:
    due = select(Form).where(Form.announced.is_(False), Form.effective_from <= today)
    count = 0
    for form in (await session.scalars(due)).all():
        form.announced = True
        count += await _renewed(session, form, rules, today, now)
    return count


async def _renewed(session: AsyncSession, form: Form, rules: SchemeRules, today: date, now: datetime) -> int:
    """Give every procedure that uses the form a new version with the new form."""
    uses = [{"id": form.id}]
    users = select(ProcedureVersion).where(
        ProcedureVersion.state == State.IN_FORCE, ProcedureVersion.content["forms"].contains(uses)
    )
    rows = (await session.scalars(users)).all()
    for version in rows:
        procedure = await queries.procedure(session, version.procedure, lock=True)
        content = _with_form(version.read(), form)
        fresh = successor(procedure, version, content, today, by=CLOCK.name, now=now)
        session.add(fresh)
        await record(session, await bring_into_force(session, procedure, fresh, rules, now))
        _note(
            session,
            "form_replaced",
            f"{form.id}/{form.number}",
            procedure.code,
            decision=form.issuing_text,
            now=now,
            numbers=(version.number, fresh.number),
        )
    return len(rows)


def _with_form(content: Content, form: Form) -> Content:
    fresh = FormUse(form.id, form.name, form.number, form.name_en)
    return replace(content, forms=tuple(fresh if use.id == form.id else use for use in content.forms or ()))


def _note(
    session: AsyncSession,
    action: str,
    entity: str,
    code: str,
    *,
    decision: str | None,
    now: datetime,
    numbers: tuple[int | None, int | None],
) -> None:
    """Write which version was in force before and after; what each version says stands in the version itself."""
    old, new = ({"version": number} for number in numbers)
    session.add(
        EditEntry.of(
            action, "procedure", entity, CLOCK, now, procedure=code, decision=decision, old=old, new=new
        )
    )
