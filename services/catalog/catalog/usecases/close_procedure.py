"""Repeal a procedure under a decision, from a day on."""

from datetime import date, datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.editors import Editor
from catalog.domain.errors import DecisionMissingError
from catalog.models import EditEntry, Procedure, repeal


async def close_procedure(
    session: AsyncSession,
    code: str,
    decision: str,
    closed_from: date,
    *,
    by: Editor,
    today: date,
    now: datetime,
) -> Procedure:
    """Fix the day from which a procedure takes no new dossier; a day that has come is announced at once.

    Raises: DecisionMissingError, ProcedureClosedError, UnknownProcedureError. Source: QT Đ.8; TN Đ.7.1; R-CAT-16
    """
    if not decision.strip():
        raise DecisionMissingError(field="decision_number", rule="decision-missing")
    procedure = await queries.procedure(session, code, lock=True)
    procedure.refuse_when_closed()
    old = procedure.closed_from.isoformat() if procedure.closed_from else None
    procedure.closed_from, procedure.closed_decision = closed_from, decision
    session.add(
        EditEntry.of(
            "closed",
            "procedure",
            code,
            by,
            now,
            procedure=code,
            decision=decision,
            old={"closed_from": old},
            new={"closed_from": closed_from.isoformat()},
        )
    )
    if procedure.closed_on(today):
        await record(session, await repeal(session, procedure, now))
    await session.flush()
    return procedure
