"""A signed-in asker learns of a decision that keeps it from asking before it writes anything."""

from common.api import CallerDep
from common.api.deps import only_for
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may
from regulation.zone import local_day

from qa.api.deps import BuiltDep, VisitDep
from qa.domain.errors import AskerBarredError
from qa.domain.known import Known
from qa.queries.bars import expect_not_barred

router = APIRouter(prefix="/api/qa", tags=["bars"])
CHECKS, TIMES = "bar-checks", 4


class BarCheckBody(BaseModel):
    """What the account knows of itself."""

    id_number: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)


class BarCheckOut(BaseModel):
    """Why the account may not ask, until when and where to appeal, in a sentence; nothing where it may."""

    sentence: str | None


@router.post("/bar-checks", dependencies=[only_for(who_may(Right.FOLLOW_QUESTION))])
async def check(
    visit: VisitDep, caller: CallerDep, built: BuiltDep, request: Request, body: BarCheckBody
) -> BarCheckOut:
    """Tell an account whether a decision keeps it from asking; as seldom as questions may be asked.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    await built.patience.claim(request, CHECKS, times=TIMES, count=1)
    known = Known.typed(body.model_dump(), caller.subject, caller.proofs)
    try:
        await expect_not_barred(visit.session, local_day(visit.now), known)
    except AskerBarredError as barred:
        return BarCheckOut(sentence=barred.message(visit.lang))
    return BarCheckOut(sentence=None)
