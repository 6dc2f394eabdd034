"""Keep a newly published procedure version, whole and for ever."""

from common.copies import keep_newest
from procedures import Procedure
from procedures.flow import refuse_longer_than_limit
from regulation.text import name_key
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.rules import HandlingRules
from processing.models import ProcedureVersion


async def keep_procedure(session: AsyncSession, published: Procedure, rules: HandlingRules) -> None:
    """Add the version beside the older ones; running dossiers keep the version they were accepted under.

    Raises:
        ProcessTooLongError: the steps together exceed a published limit.

    Source: QT Đ.9; TN Đ.11.4.b; R-PRC-01; R-PRC-02
    """
    refuse_longer_than_limit(published.steps, published.limits, rules.day_hours)
    told = {
        "code": published.code,
        "search_key": name_key(f"{published.code} {published.name}"),
        "content": published.model_dump(mode="json"),
    }
    await keep_newest(session, ProcedureVersion, told, version=published.version)
