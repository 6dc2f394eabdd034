"""What officers type is kept while they type it: how a page says so, and replies to feedback."""

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from portal.adapters import formats
from portal.api.forms import PostedDep
from portal.api.questions.feedback import feedback
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page

router = APIRouter()
SAVED = "Đã lưu lúc {time}"
NOT_SAVED = "Chưa lưu được. Nội dung vẫn ở trên trang này."


def told_kept(visit: Visit, kept: Any, words: str = "") -> Response:
    """Say what became of what was typed; once it is kept the page goes on from that version."""
    said = words or (SAVED if kept is not None else NOT_SAVED)
    said = visit.say(said, time=f"{formats.instant(visit.now):%H:%M:%S}")
    return HTMLResponse(visit.fragment("questions/kept_draft.html", words=said, kept=kept))


@router.post(Page.FEEDBACK_REPLY_KEPT)
async def keep_reply(visit: OfficerDep, number: str, form: PostedDep) -> Response:
    """Keep the reply as far as it is typed; what a colleague saved meanwhile is never written over."""
    one = await feedback(visit).one(number)
    if one.version != form.version or "reply" not in one.actions:
        words = "Phản ánh vừa có thay đổi; bấm “Trả lời người gửi” để xem cả hai bản."
        return told_kept(visit, None, words)
    sent = {"version": form.version, "text": form.text("text")}
    return told_kept(visit, await visit.spare(feedback(visit).keep_reply(number, sent), None))
