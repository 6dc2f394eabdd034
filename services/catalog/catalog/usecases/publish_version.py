"""Publish a version under a decision: complete, decided, in force on its day."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from catalog import queries
from catalog.domain.completeness import check_process, gaps
from catalog.domain.content import Content
from catalog.domain.editors import Editor
from catalog.domain.errors import (
    DecisionMissingError,
    IncompleteVersionError,
    NameDiffersError,
    NotCheckedError,
    NotInDecisionError,
    UnknownAgencyError,
)
from catalog.domain.service_levels import Approval, SchemeRules, refuse_unapproved
from catalog.domain.versions import State, same_name
from catalog.models import EditEntry, ProcedureVersion, bring_into_force
from catalog.queries.drafts import named_in


@dataclass(frozen=True)
class PublicationDecision:
    """Quyết định công bố: number, date and the local day from which the version holds."""

    number: str
    on: date
    effective_on: date
    approval: Approval | None = None


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
    checked: bool = False,
) -> ProcedureVersion:
    """Approve a draft; on or after its effective day it comes into force at once and is announced.

    `checked` tells whether the province has a content controller who must have approved it.

    Raises: IncompleteVersionError listing the gaps, DecisionMissingError, VersionNotEditableError, ProcessTooLongError,
        NotCheckedError, NotInDecisionError, NameDiffersError, OnlineApprovalMissingError.
    Source: BD Đ.5.2; QT Đ.8; NB Đ.23.3; TN Đ.7.6; R-CAT-06; R-CAT-09; R-CAT-16; R-CAT-18; R-CAT-19; R-CAT-21
    """
    if not decision.number.strip():
        raise DecisionMissingError(field="decision_number", rule="decision-missing")
    procedure = await queries.procedure(session, code, lock=True)
    version = await queries.version(session, code, number)
    content = version.read()
    await _complete(session, content, rules)
    check_process(content, day_hours)
    if checked and version.state != State.CHECKED:
        raise NotCheckedError
    await _named_as_decided(session, code, content.name, decision)
    running = await queries.running_offers(session, procedure)
    refuse_unapproved(rules, running, content.offers, approved=decision.approval is not None)
    version.approve(decision.number, decision.on, decision.effective_on, decision.approval)
    session.add(_line(version, decision, by, now))
    if decision.effective_on <= today:
        await record(session, await bring_into_force(session, procedure, version, rules, now))
    await session.flush()
    return version


async def _complete(session: AsyncSession, content: Content, rules: SchemeRules) -> None:
    around = await queries.surroundings(session, content, rules)
    if unknown := sorted({offer.agency for offer in content.offers} - set(around.contacts)):
        raise UnknownAgencyError(field="offers", agency=unknown[0])
    if missing := gaps(content, around):
        raise IncompleteVersionError(missing)


async def _named_as_decided(
    session: AsyncSession, code: str, name: str, decision: PublicationDecision
) -> None:
    registered, said = await named_in(session, decision.number, decision.on, code)
    if registered and said is None:
        raise NotInDecisionError(field="decision_number", rule="not-in-decision", number=decision.number)
    if said is not None and same_name(said) != same_name(name):
        raise NameDiffersError(field="name", rule="name-differs", name=said)


def _line(version: ProcedureVersion, decision: PublicationDecision, by: Editor, now: datetime) -> EditEntry:
    new = {"state": version.state, "effective_from": decision.effective_on.isoformat()}
    if decision.approval:
        new["online_approval"] = f"{decision.approval.number} ({decision.approval.on.isoformat()})"
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
