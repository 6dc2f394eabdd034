"""Ask another unit or agency for its opinion on a dossier."""

from datetime import datetime

from common.outbox import record
from regulation.instances import holder_words, settled_by
from regulation.text import LANGUAGES, short_date
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.consultation import AgencyEndedError, Request, check_request, check_time
from processing.domain.deeds import Deed
from processing.domain.errors import ConsultedElsewhereError, NobodyToConsultError
from processing.domain.rules import HandlingRules
from processing.events import DossierConsulted
from processing.models import Agency, Consultation, Dossier
from processing.queries import Target, consultations, instances


async def request_consultation(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    request: Request,
    now: datetime,
    rules: HandlingRules,
) -> Dossier:
    """Ask for an opinion with its own due time; several may be asked for at once, and the dossier's clock runs on.

    Raises:
        ForbiddenError: the caller handles no dossiers.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the dossier is with the leader.
        StepNotYoursError: another officer handles the dossier.
        InvalidInputError: nothing is asked, it is asked of the dossier's own unit, or due after the dossier.
        AgencyEndedError: the agency was merged or closed.
        NobodyToConsultError: nobody there could answer.
        ConsultedElsewhereError: the agency works on an instance of its own.

    Source: BD Đ.8.1.b; TN Đ.11.4.d; NB Đ.12.1.d; QT Đ.4.3; R-PRC-06; R-PRC-07
    """
    dossier = await queries.dossier_to_change(session, target, Deed.CONSULTATION)
    dossier.expect_running(version, now)
    dossier.expect_step_for(Deed.CONSULTATION)
    dossier.expect_in_hands_of(target.caller.subject)
    request = check_request(request, dossier.agency, dossier.unit)
    tell = await _answerers(session, request, now, rules)
    asked = await _asked(session, dossier, request, target.caller.subject, now=now, rules=rules)
    session.add(asked)
    dossier.consulting += 1  # a new version of the dossier: the same request sent twice is asked once
    plan = (await queries.procedure_of(session, dossier)).steps
    await record(session, dossier.tell(DossierConsulted, plan, now, **asked.told, tell=tell))
    await session.flush()
    return dossier


async def _asked(
    session: AsyncSession, dossier: Dossier, request: Request, by: str, *, now: datetime, rules: HandlingRules
) -> Consultation:
    """Return the request as it is kept, with its own deadline. Raises: InvalidInputError."""
    ledger = request.ledger(now, rules.calendar)
    check_time(ledger.due_at, dossier.due_at, now)
    return Consultation(
        dossier_code=dossier.code,
        number=await consultations.next_number(session, dossier.code),
        agency=request.agency,
        unit=request.unit,
        question=request.question,
        asked_by=by,
        asked_at=now,
        due_at=ledger.due_at,
        soon_at=rules.reminder.soon_at(now, ledger.due_at, rules.calendar),
        ledger=ledger.facts(),
    )


async def _answerers(
    session: AsyncSession, request: Request, now: datetime, rules: HandlingRules
) -> list[str]:
    """Name who can answer. Raises: AgencyEndedError, NobodyToConsultError, ConsultedElsewhereError."""
    able = await consultations.answerers(session, request.agency, request.unit)
    agency = await session.get(Agency, request.agency)
    place = agency.name if agency else request.agency
    if agency and agency.valid_to and agency.ended(local_day(now)):
        ended = {f"ended_{lang}": short_date(agency.valid_to, lang) for lang in LANGUAGES}
        raise AgencyEndedError(place=place, **ended)
    if not able:
        raise NobodyToConsultError(place=f"{place} ({request.unit})" if request.unit else place)
    holder = settled_by(request.agency, now, [*rules.agreed, *await instances.turns(session)])
    if holder != rules.instance:
        raise ConsultedElsewhereError(place=place, **holder_words(holder))
    return [one.id for one in able]
