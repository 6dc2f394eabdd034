"""GET a check question for a person who failed to sign in."""

from datetime import datetime

from common.api import LangDep
from fastapi import APIRouter
from pydantic import BaseModel

from identity.api.deps import VisitDep
from identity.domain.captcha import new_question

router = APIRouter(prefix="/api/identity", tags=["sessions"])


class CaptchaOut(BaseModel):
    """A question in words; its token comes back with the answer."""

    token: str
    question: str
    expires_at: datetime


@router.get("/captcha")
async def ask(visit: VisitDep, lang: LangDep) -> CaptchaOut:
    """Ask a sum in the reader's language."""
    question = new_question(visit.built.chest.secret("captcha"), visit.now)
    return CaptchaOut(
        token=question.token,
        question=question.vi if lang == "vi" else question.en,
        expires_at=question.expires_at,
    )
