"""New dates of dossiers: what was proposed and promised, and the clock they are measured against."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.extension import Clock
from processing.domain.rules import HandlingRules
from processing.models import Dossier, Extension


async def of_dossier(session: AsyncSession, code: str) -> Sequence[Extension]:
    """Return what was proposed and promised, oldest first."""
    made = select(Extension).where(Extension.dossier_code == code).order_by(Extension.number)
    return (await session.scalars(made)).all()


def waiting(made: Sequence[Extension]) -> Extension | None:
    """Return the proposal that waits for a leader."""
    return next((one for one in made if one.waits), None)


def clock_of(dossier: Dossier, made: Sequence[Extension], rules: HandlingRules) -> Clock:
    """Return the dossier's time as far as an extension asks."""
    extended = sum(one.decided_at is not None for one in made)
    return Clock(
        dossier.code,
        dossier.due_at,
        extended,
        rules.max_extensions,
        dossier.accepted_at,
        rules.max_extension_percent,
    )
