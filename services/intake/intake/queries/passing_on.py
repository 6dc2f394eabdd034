"""What a redirected dossier was passed on as."""

import uuid
from collections.abc import Sequence

from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action
from intake.models import Draft, Step

DRAFT = "draft"
"""What a step of passing on calls the draft it began."""


def named_agency(steps: Sequence[Step]) -> str:
    """Return the agency the last notice named; empty where none was written."""
    told = [step for step in steps if step.action == Action.REDIRECT]
    return str(told[-1].details["competent_agency"]) if told else ""


async def begun_draft(session: AsyncSession, caller: Caller, steps: Sequence[Step]) -> Draft | None:
    """Return the caller's draft that passing on began, submitted or not; nothing once it was discarded."""
    begun = [
        uuid.UUID(step.details[DRAFT])
        for step in steps
        if step.action == Action.PASS_ON and step.details.get(DRAFT)
    ]
    own = select(Draft).where(Draft.id.in_(begun), Draft.owner_id == caller.subject)
    return await session.scalar(own.order_by(Draft.created_at.desc()).limit(1)) if begun else None
