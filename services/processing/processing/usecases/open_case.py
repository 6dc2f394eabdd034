"""Take over a dossier that the desk accepted, under the process version pinned on it."""

from dataclasses import dataclass
from datetime import datetime

from common.outbox import record
from regulation.text import fold
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.deadlines import soon_at
from processing.domain.errors import ProcedureNotKnownYetError, ProcessMissingError
from processing.domain.process import applicable
from processing.domain.rules import HandlingRules
from processing.domain.states import State
from processing.events import CaseOpened
from processing.models import Case, ProcedureVersion


@dataclass(frozen=True)
class AcceptedDossier:
    """What processing reads of an accepted dossier; instants in UTC."""

    code: str
    procedure_code: str
    procedure_version: int
    field: str
    channel: str
    case: str | None
    receiving_point: str
    competent_agency: str
    submitted_at: datetime
    accepted_at: datetime
    due_at: datetime
    limit_text: str


async def open_case(
    session: AsyncSession, dossier: AcceptedDossier, rules: HandlingRules, now: datetime
) -> None:
    """Open the dossier at the first step of its process; a second acceptance notice changes nothing.

    Raises:
        ProcedureNotKnownYetError: the procedure version has not arrived; the message is tried again.
        ProcessMissingError: the version has no approved internal process.

    Source: QT Đ.9; BD Đ.8.1.a; R-PRC-01; R-PRC-05
    """
    if await session.get(Case, dossier.code) is not None:
        return
    key = (dossier.procedure_code, dossier.procedure_version)
    procedure = await session.get(ProcedureVersion, key)
    if procedure is None:
        raise ProcedureNotKnownYetError(procedure=key[0], version=key[1])
    if not procedure.approved:
        raise ProcessMissingError(rule="R-PRC-01", procedure=key[0], version=key[1])
    case = _new_case(dossier, procedure, rules, now)
    plan = procedure.plan()
    first = applicable(plan, case.known)[0]
    case.unit = first.unit
    first_record = case.enter(first, max(now, dossier.accepted_at), rules.calendar)
    case.state = State.FORWARDED
    session.add(case)
    await session.flush()
    session.add(first_record)
    await record(session, CaseOpened(**case.says(plan, now)))


def _new_case(
    dossier: AcceptedDossier, procedure: ProcedureVersion, rules: HandlingRules, now: datetime
) -> Case:
    return Case(
        code=dossier.code,
        version=1,
        announced=0,
        agency=dossier.competent_agency,
        receiving_point=dossier.receiving_point,
        procedure_code=dossier.procedure_code,
        procedure_version=dossier.procedure_version,
        procedure_name=procedure.name,
        search_key=fold(f"{dossier.code} {dossier.procedure_code} {procedure.name}"),
        channel=dossier.channel,
        facts={"channel": dossier.channel, "field": dossier.field, "case": dossier.case},
        limit_text=dossier.limit_text,
        submitted_at=dossier.submitted_at,
        accepted_at=dossier.accepted_at,
        opened_at=now,
        due_at=dossier.due_at,
        soon_at=soon_at(dossier.accepted_at, dossier.due_at, rules.reminder, rules.calendar),
        template=procedure.result_template,
    )
