"""Keep a newly published procedure version, whole and for ever."""

from common.copies import keep_newest
from procedures import Procedure
from regulation.text import name_key
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import ProcedureVersion


async def keep_procedure(session: AsyncSession, published: Procedure) -> None:
    """Add the version beside the older ones; running dossiers keep the version they were accepted under.

    Whether the steps fit the limit was judged before publication; what is published is a fact.

    Source: QT Đ.9; R-PRC-01
    """
    told = {
        "code": published.code,
        "search_key": name_key(f"{published.code} {published.name}"),
        "content": published.model_dump(mode="json"),
    }
    await keep_newest(session, ProcedureVersion, told, version=published.version)
