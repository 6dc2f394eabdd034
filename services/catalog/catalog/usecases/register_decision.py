"""Register a publication decision: each responsible agency owes a request to update what it publishes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from common.errors import FieldProblem, InvalidInputError
from common.ids import uuid7
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.changes import ChangeKind, ChangeRules, ChangeState, ItemDeed, WaitsFor
from catalog.domain.editors import Editor
from catalog.domain.errors import DecisionDiffersError, UnknownAgencyError
from catalog.models import ChangeClock, ChangeRequest, DecisionItem, EditEntry, PublicationDecision


@dataclass(frozen=True)
class Decided:
    """What the decision says of one procedure: its name there, what becomes of it, and who is responsible."""

    procedure: str
    name: str
    deed: ItemDeed
    agency: str


async def register_decision(
    session: AsyncSession,
    number: str,
    signed_on: date,
    effective_on: date,
    items: Sequence[Decided],
    *,
    rules: ChangeRules,
    by: Editor,
    now: datetime,
) -> PublicationDecision:
    """Write the decision down, or add to the same one; whoever is responsible owes a request by the effective day.

    Raises: UnknownAgencyError, InvalidInputError, DecisionDiffersError, CalendarEndedError.
    Source: NB Đ.11.2.b; NB Đ.12.2.a; BD Đ.14.3; R-CAT-15
    """
    if effective_on < signed_on:
        vi, en = "Ngày có hiệu lực trước ngày ký.", "The effective date comes before the signing."
        raise InvalidInputError([FieldProblem("effective_on", "dates-reversed", vi, en)])
    known = await queries.agency_codes(session)
    if unknown := next((item.agency for item in items if item.agency not in known), None):
        raise UnknownAgencyError(field="items", agency=unknown)
    ledger = rules.to_send(effective_on)
    decision = await _entered(session, number, signed_on, effective_on, by=by, now=now)
    owed = defaultdict(list)
    for item in items:
        if await _added(session, decision, item):
            owed[item.agency].append(item.procedure)
    for agency, procedures in owed.items():
        await _owes(session, decision, agency, procedures, ledger=ledger, now=now)
    new = {"items": [asdict(item) for item in items], "effective_on": effective_on.isoformat()}
    decided = f"{number} ({signed_on.isoformat()})"
    session.add(EditEntry.of("registered", "decision", str(decision.id), by, now, decision=decided, new=new))
    await session.flush()
    return decision


async def _entered(
    session: AsyncSession, number: str, signed_on: date, effective_on: date, *, by: Editor, now: datetime
) -> PublicationDecision:
    row = {"number": number, "signed_on": signed_on, "effective_on": effective_on}
    new = insert(PublicationDecision).values(id=uuid7(), **row, registered_at=now, registered_by=by.name)
    await session.execute(new.on_conflict_do_nothing(constraint="uq_publication_decision_number"))
    same = PublicationDecision.number == number, PublicationDecision.signed_on == signed_on
    found = (await session.scalars(select(PublicationDecision).where(*same).with_for_update())).one()
    if found.effective_on != effective_on:
        raise DecisionDiffersError(field="effective_on", number=number, what=found.effective_on.isoformat())
    return found


async def _added(session: AsyncSession, decision: PublicationDecision, item: Decided) -> bool:
    before = await session.get(DecisionItem, (decision.id, item.procedure, item.agency))
    if before is not None and (before.name, before.deed) != (item.name, item.deed):
        raise DecisionDiffersError(
            field="items", number=decision.number, what=f"{before.procedure} {before.name}"
        )
    if before is None:
        session.add(DecisionItem(decision=decision.id, **asdict(item)))
        await session.flush()
    return before is None


async def _owes(
    session: AsyncSession,
    decision: PublicationDecision,
    agency: str,
    procedures: list[str],
    *,
    ledger: dict[str, str],
    now: datetime,
) -> None:
    """Let an agency owe one request for the procedures; one that it has not sent yet takes more of them."""
    of_it = ChangeRequest.decision == decision.id, ChangeRequest.agency == agency
    query = select(ChangeRequest).where(*of_it, ChangeRequest.state == ChangeState.OWED)
    if waiting := await session.scalar(query.with_for_update()):
        waiting.procedures = [*waiting.procedures, *procedures]
        return
    request = ChangeRequest(
        kind=ChangeKind.PROCEDURES,
        state=ChangeState.OWED,
        agency=agency,
        decision=decision.id,
        document_number=decision.number,
        document_on=decision.signed_on,
        procedures=procedures,
        content="",
        answer="",
        created_at=now,
    )
    session.add(request)
    await session.flush()
    session.add(ChangeClock.begun(request, WaitsFor.REQUEST, ledger, now))
