"""Where a dossier that came to the wrong agency belongs, and what its applicant has made of that."""

import uuid
from collections.abc import Sequence

from common.security import Caller
from pydantic import BaseModel
from regulation.states import State
from regulation.text import Lang
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Dossier, Step
from intake.queries.catalogue import agency_names
from intake.queries.passing_on import became, begun_draft, named_agency


class PassingOnOut(BaseModel):
    """The agency that the notice named, and the draft there, or the dossier it became, if it was passed on already."""

    agency: str
    agency_name: str
    draft_id: uuid.UUID | None
    dossier: str | None


async def passing_on_out(
    session: AsyncSession, caller: Caller, dossier: Dossier, steps: Sequence[Step], lang: Lang
) -> PassingOnOut | None:
    """Describe the way on of a redirected dossier; drafts are told to whose they are."""
    agency = named_agency(steps)
    if dossier.state != State.REDIRECTED or not agency:
        return None
    names = await agency_names(session, {agency})
    return PassingOnOut(
        agency=agency,
        agency_name=names[agency].title(lang) if agency in names else agency,
        draft_id=await begun_draft(session, caller, steps),
        dossier=await became(session, caller, steps),
    )
