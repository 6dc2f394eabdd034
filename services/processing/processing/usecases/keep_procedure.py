"""Keep the internal process of a newly published procedure version."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.process import Limit, refuse_longer_than_limit
from processing.domain.rules import HandlingRules
from processing.models import ProcedureVersion


@dataclass(frozen=True)
class PublishedProcess:
    """What processing keeps of a published version; `steps` in order, `offers` with agency and level."""

    code: str
    version: int
    name: str
    name_en: str | None
    steps: list[dict[str, Any]]
    process_version: int | None
    decision_number: str | None
    decision_on: date | None
    result_template: str
    offers: list[dict[str, Any]]
    limits: tuple[Limit, ...]


async def keep_procedure(session: AsyncSession, published: PublishedProcess, rules: HandlingRules) -> None:
    """Add the version beside the older ones; running dossiers keep the version they were accepted under.

    Raises:
        ProcessTooLongError: the steps together exceed a published limit.

    Source: QT Đ.9; TN Đ.11.4.b; R-PRC-01; R-PRC-02
    """
    row = ProcedureVersion(
        code=published.code,
        version=published.version,
        name=published.name,
        name_en=published.name_en,
        steps=published.steps,
        process_version=published.process_version,
        decision_number=published.decision_number,
        decision_on=published.decision_on,
        result_template=published.result_template,
        offers=published.offers,
    )
    refuse_longer_than_limit(row.plan(), published.limits, rules.day_hours)
    if await session.get(ProcedureVersion, (published.code, published.version)) is None:
        session.add(row)
        await session.flush()
