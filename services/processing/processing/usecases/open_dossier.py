"""Take over a dossier that the desk accepted, under the process version pinned on it."""

from datetime import datetime

from common.copies import put
from common.inbox import NotYetError
from common.outbox import record
from procedures import Procedure
from procedures.flow import applicable
from pydantic import BaseModel
from regulation.instances import settled_by
from regulation.states import WITH_THE_UNIT, State
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.errors import ProcessMissingError
from processing.domain.rules import HandlingRules
from processing.events import DossierOpened
from processing.models import Dossier, Elsewhere, ProcedureVersion
from processing.queries import instances


class AcceptedDossier(BaseModel, frozen=True):
    """What processing reads of an accepted dossier; `state` is where the receiving service sees it now."""

    code: str
    state: str
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


async def open_dossier(
    session: AsyncSession, accepted: AcceptedDossier, rules: HandlingRules, now: datetime
) -> None:
    """Open the dossier at the first step of its process.

    A second acceptance notice changes nothing, nor does a first one of a dossier that is settled meanwhile. Of a
    dossier that another instance settles it is kept what the desk told.

    Raises:
        NotYetError: the procedure version has not arrived.
        ProcessMissingError: the version has no approved internal process.

    Source: QT Đ.9; BD Đ.8.1.a; R-PRC-01; R-PRC-05
    """
    if await _known(session, accepted.code) or not await _ours(session, accepted, rules):
        return
    if accepted.state not in (*WITH_THE_UNIT, State.SUPPLEMENT_REQUESTED):
        return
    key = (accepted.procedure_code, accepted.procedure_version)
    row = await session.get(ProcedureVersion, key)
    if row is None:
        raise NotYetError("procedure", f"{key[0]}/{key[1]}")
    procedure = row.read()
    if not procedure.has_approved_process:
        raise ProcessMissingError(rule="R-PRC-01", procedure=key[0], version=key[1])
    dossier = _new_dossier(accepted, procedure, rules, now)
    plan = procedure.steps
    first = applicable(plan, dossier.known)[0]
    dossier.unit = first.unit
    first_record = dossier.enter(first, max(now, accepted.accepted_at), rules.calendar)
    dossier.state = State.FORWARDED
    session.add(dossier)
    await session.flush()
    session.add(first_record)
    await record(session, dossier.tell(DossierOpened, plan, now))


async def _known(session: AsyncSession, code: str) -> bool:
    """Tell whether the dossier is here, or with another instance as this one knows."""
    return await session.get(Dossier, code) is not None or await session.get(Elsewhere, code) is not None


async def _ours(session: AsyncSession, accepted: AcceptedDossier, rules: HandlingRules) -> bool:
    """Tell whether this instance settles the dossier; keep the acceptance where another one does."""
    turns = [*rules.agreed, *await instances.turns(session)]
    holder = settled_by(accepted.competent_agency, accepted.accepted_at, turns)
    if holder == rules.instance:
        return True
    told = accepted.model_dump(mode="json")
    same = {name: told[name] for name in ("code", "receiving_point", "state", "accepted_at")}
    place = {"agency": accepted.competent_agency, "unit": "", "holder": holder}
    await put(session, Elsewhere, [same | place | {"version": 0, "acceptance": told}], there="stays")
    return False


def _new_dossier(
    accepted: AcceptedDossier, procedure: Procedure, rules: HandlingRules, now: datetime
) -> Dossier:
    return Dossier(
        code=accepted.code,
        announced=0,
        number=accepted.code.partition("-")[2],
        serial=accepted.code.rpartition("-")[2],
        agency=accepted.competent_agency,
        receiving_point=accepted.receiving_point,
        procedure_code=accepted.procedure_code,
        procedure_version=accepted.procedure_version,
        procedure_name=procedure.name,
        channel=accepted.channel,
        facts={"channel": accepted.channel, "field": accepted.field, "case": accepted.case},
        submitted_at=accepted.submitted_at,
        accepted_at=accepted.accepted_at,
        opened_at=now,
        due_at=accepted.due_at,
        soon_at=rules.reminder.soon_at(accepted.accepted_at, accepted.due_at, rules.calendar),
        template=procedure.result_template,
    )
