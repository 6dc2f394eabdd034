"""Keep a published procedure version, whole and for ever."""

from common.copies import keep_newest
from procedures import Procedure
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import ProcedureVersion


async def keep_procedure(session: AsyncSession, published: Procedure) -> None:
    """Write the version down; one that is there already stays as it is."""
    told = {
        "code": published.code,
        "name": published.name,
        "name_en": published.name_en,
        "effective_from": published.effective_from,
        "effective_to": published.effective_to,
        "content": published.model_dump(mode="json"),
    }
    await keep_newest(session, ProcedureVersion, told, version=published.version)
