"""What a redirected dossier was passed on as."""

import uuid
from collections.abc import Sequence

from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action
from intake.models import Dossier, Draft, Step

DRAFT = "draft"
"""What a step of passing on calls the draft it began."""


def named_agency(steps: Sequence[Step]) -> str:
    """Return the agency the last notice named; empty where none was written."""
    told = [step for step in steps if step.action == Action.REDIRECT]
    return str(told[-1].details["competent_agency"]) if told else ""


async def begun_draft(session: AsyncSession, caller: Caller, steps: Sequence[Step]) -> uuid.UUID | None:
    """Return the caller's draft that passing on began last; nothing once it was submitted or discarded."""
    begun = _begun(steps)
    own = (Draft.id.in_(begun), Draft.owner_id == caller.subject, Draft.submitted_code.is_(None))
    return await session.scalar(select(Draft.id).where(*own)) if begun else None


async def became(session: AsyncSession, caller: Caller, steps: Sequence[Step]) -> str | None:
    """Return the caller's dossier that the draft begun last became."""
    begun = _begun(steps)
    own = (Dossier.draft_id.in_(begun), Dossier.owner_id == caller.subject)
    return await session.scalar(select(Dossier.code).where(*own)) if begun else None


def _begun(steps: Sequence[Step]) -> list[uuid.UUID]:
    told = [step.details.get(DRAFT) for step in steps if step.action == Action.PASS_ON]
    return [uuid.UUID(told[-1])] if told and told[-1] else []
