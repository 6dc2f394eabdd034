"""Publish a version under a decision: complete, decided, in force on its day."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.completeness import check_process, gaps
from catalog.domain.editors import Editor
from catalog.domain.errors import DecisionMissingError, IncompleteVersionError, UnknownAgencyError
from catalog.domain.service_levels import SchemeRules
from catalog.models import EditEntry, ProcedureVersion, bring_into_force


@dataclass(frozen=True)
class PublicationDecision:
    """Quyết định công bố: number, date and the local day from which the version holds."""

    number: str
    on: date
    effective_on: date


async def publish_version(
    session: AsyncSession,
    code: str,
    number: int,
    decision: PublicationDecision,
    *,
    rules: SchemeRules,
    by: Editor,
    today: date,
    now: datetime,
    day_hours: Fraction,
) -> ProcedureVersion:
    """Approve a draft; on or after its effective day it comes into force at once and is announced.

    Raises: IncompleteVersionError listing the gaps, DecisionMissingError, VersionNotEditableError, ProcessTooLongError.
    Source: BD Đ.5.2; QT Đ.8; NB Đ.23.3; R-CAT-09; R-CAT-16; R-CAT-21
    """
    if not decision.number.strip():
        raise DecisionMissingError(field="decision_number", rule="decision-missing")
    procedure = await queries.procedure(session, code, lock=True)
    version = await queries.version(session, code, number)
    content = version.read()
    around = await queries.surroundings(session, content, rules)
    if unknown := sorted({offer.agency for offer in content.offers} - set(around.contacts)):
        raise UnknownAgencyError(field="offers", agency=unknown[0])
    if missing := gaps(content, around):
        raise IncompleteVersionError(missing)
    check_process(content, day_hours)
    version.approve(decision.number, decision.on, decision.effective_on)
    session.add(_line(version, decision, by, now))
    if decision.effective_on <= today:
        await record(session, await bring_into_force(session, procedure, version, rules, now))
    await session.flush()
    return version


def _line(version: ProcedureVersion, decision: PublicationDecision, by: Editor, now: datetime) -> EditEntry:
    new = {"state": version.state, "effective_from": decision.effective_on.isoformat()}
    decided = f"{decision.number} ({decision.on.isoformat()})"
    entity = f"{version.procedure}/{version.number}"
    return EditEntry.of(
        "published",
        "version",
        entity,
        by,
        now,
        procedure=version.procedure,
        decision=decided,
        old={"state": "draft"},
        new=new,
    )
