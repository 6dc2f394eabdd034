"""Keep who officers are and what procedures are called."""

from collections.abc import Mapping
from typing import Any

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Officer, Procedure


async def keep_officer(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write the newest facts of an account."""
    await keep_newest(session, Officer, told, version=version)


async def keep_procedure(session: AsyncSession, code: str, name: str, name_en: str, version: int) -> None:
    """Write the newest name of a procedure."""
    await keep_newest(session, Procedure, {"code": code, "name": name, "name_en": name_en}, version=version)
