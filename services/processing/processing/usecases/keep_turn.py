"""Learn that from a moment on an instance settles an agency's dossiers."""

from collections.abc import Sequence
from datetime import datetime

from common.copies import put
from common.inbox import Meta
from pydantic import BaseModel
from regulation.codes.agency import AgencyCode
from regulation.instances import PROVINCE
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.errors import NotHandedOverError
from processing.domain.rules import HandlingRules
from processing.events import AbsenceHeld, Series
from processing.models import Absence, DecisionSeries, Elsewhere, KeptTurn
from processing.models.base import Json


class GivenTurn(BaseModel, frozen=True):
    """Who settles an agency's dossiers from an instant on, and its number series."""

    to: str
    at: datetime
    series: Sequence[Series]
    absences: Sequence[AbsenceHeld] = ()

    @property
    def agencies(self) -> list[str]:
        """Whose series and absences are told."""
        return [*(one.agency for one in self.series), *(one.agency for one in self.absences)]


async def keep_turn(session: AsyncSession, told: GivenTurn, meta: Meta, rules: HandlingRules) -> list[Json]:
    """Keep the turn; where it is ours, go on with the series and return what was accepted since it began.

    The province learns only what is handed back to it: no agency takes its dossiers by its own word.

    Raises:
        NotHandedOverError: a series or an absence of another agency is told.

    Source: decision 0048
    """
    if rules.instance == PROVINCE != told.to:
        return []
    agency = str(meta.agency)
    if strange := [one for one in told.agencies if not AgencyCode.parse(one).within(agency)]:
        raise NotHandedOverError(what=strange[0])
    turn = {"agency": agency, "at": told.at.isoformat(), "holder": told.to, "number": meta.aggregate_version}
    await put(session, KeptTurn, [turn], there="stays")
    if told.to != rules.instance:
        return []
    await DecisionSeries.keep_highest(session, [one.model_dump() for one in told.series])
    away = [one.model_dump(mode="json") for one in told.absences]
    await put(session, Absence, away, there="replaced")
    waiting = select(Elsewhere).where(Elsewhere.version == 0, Elsewhere.accepted_at >= told.at)
    rows = [row for row in await session.scalars(waiting) if AgencyCode.parse(row.agency).within(agency)]
    await session.execute(delete(Elsewhere).where(Elsewhere.code.in_([row.code for row in rows])))
    return [row.acceptance for row in rows if row.acceptance is not None]
