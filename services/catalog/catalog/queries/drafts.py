"""Reads of versions that are not in force yet, of their checks, and of what decisions name and the portal lacks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.domain.changes import ItemDeed
from catalog.domain.versions import UNSEEN
from catalog.models import (
    DecisionItem,
    EditEntry,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
    VersionCheck,
)

WRITING = ("begun", "edited")
MOST = 500


async def drafts(session: AsyncSession) -> Sequence[ProcedureVersion]:
    """Return the versions that nobody outside sees yet, the oldest first."""
    query = select(ProcedureVersion).where(ProcedureVersion.state.in_(UNSEEN))
    order = query.order_by(ProcedureVersion.created_at, ProcedureVersion.procedure).limit(MOST)
    return (await session.scalars(order)).all()


async def authors(session: AsyncSession, version: ProcedureVersion) -> set[str]:
    """Return who wrote in a version. Source: R-CAT-18"""
    entity = f"{version.procedure}/{version.number}"
    wrote = EditEntry.entity == "version", EditEntry.entity_id == entity, EditEntry.action.in_(WRITING)
    found = await session.scalars(select(EditEntry.author).where(*wrote).distinct())
    return {version.created_by, *found}


def running_check(code: str, number: int) -> Select[tuple[VersionCheck]]:
    """Return the query of the check that waits for a word."""
    of_it = VersionCheck.procedure == code, VersionCheck.number == number
    return select(VersionCheck).where(*of_it, VersionCheck.decided_at.is_(None))


async def checks(session: AsyncSession, code: str, number: int) -> Sequence[VersionCheck]:
    """Return the checks of a version, the oldest first."""
    of_it = VersionCheck.procedure == code, VersionCheck.number == number
    return (await session.scalars(select(VersionCheck).where(*of_it).order_by(VersionCheck.asked_at))).all()


async def named_in(session: AsyncSession, number: str, signed_on: date, code: str) -> tuple[bool, str | None]:
    """Tell whether a decision is registered, and under which name it has a procedure; None where it has not.

    Source: NB Đ.9.1.c; R-CAT-06
    """
    same = PublicationDecision.number == number, PublicationDecision.signed_on == signed_on
    decision = await session.scalar(select(PublicationDecision.id).where(*same))
    if decision is None:
        return False, None
    of_it = DecisionItem.decision == decision, DecisionItem.procedure == code
    return True, await session.scalar(select(DecisionItem.name).where(*of_it).limit(1))


@dataclass(frozen=True)
class Coverage:
    """How much of what decisions name for an agency the portal shows."""

    agency: str
    decided: int
    missing: Sequence[tuple[str, str, str]]
    """Code, name and decision of what is not there."""

    @property
    def shown(self) -> int:
        """How many of them are there."""
        return self.decided - len(self.missing)


async def coverage(session: AsyncSession, today: date) -> list[Coverage]:
    """Return by agency what is decided and in force, and what of it the portal does not show, the fullest gaps first.

    The newest decision on a procedure counts; what it repeals is owed no longer.
    Source: NB Đ.12.2.a; BD Đ.3.1; R-CAT-10
    """
    query = select(DecisionItem, PublicationDecision.number, Procedure.current_number)
    query = query.join(PublicationDecision, PublicationDecision.id == DecisionItem.decision)
    query = query.outerjoin(Procedure, Procedure.code == DecisionItem.procedure)
    due = query.where(PublicationDecision.effective_on <= today)
    order = PublicationDecision.effective_on, PublicationDecision.registered_at
    newest = {
        (item.agency, item.procedure): (item, number, current)
        for item, number, current in (await session.execute(due.order_by(*order))).tuples()
    }
    decided: dict[str, int] = defaultdict(int)
    missing: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for (agency, code), (item, number, current) in sorted(newest.items()):
        if item.deed != ItemDeed.REPEAL:
            decided[agency] += 1
            if current is None:
                missing[agency].append((code, item.name, number))
    found = [Coverage(agency, count, missing[agency]) for agency, count in decided.items()]
    return sorted(found, key=lambda one: (-len(one.missing), one.agency))
