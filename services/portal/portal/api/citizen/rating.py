"""Rate how a dossier was handled: each phase once, changeable until its day."""

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from portal.adapters.feedback import Feedback
from portal.adapters.http import ServiceAnswerError
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain.addresses import Page
from portal.domain.feedback_forms import GRADED, rating
from portal.domain.fields import as_typed
from portal.domain.numbers import whole_number

router = APIRouter()
FORBIDDEN = frozenset((403,))
CHANGED = "stale-version"
"""How the service calls that another page was quicker."""


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask for the grades. Raises: HTTPException where there is no such phase."""
    code = visit.part("code")
    rated = await Feedback(visit.link("qa")).ratings(code)
    phase = next((one for one in rated.phases if one.phase == visit.part("phase")), None)
    if phase is None:
        raise HTTPException(404)
    if not phase.open and not filled.errors:
        return visit.go(Page.MY_DOSSIER, code=code, flash="Không còn đánh giá được giai đoạn này.")
    fields = as_typed(rating(visit.say, phase), filled.typed, filled.wrong)
    lost = filled.code == CHANGED
    version = phase.version if lost else filled.typed.get("version", phase.version)
    shown = {"phase": phase, "code": code, "version": version, "lost": lost}
    return filled.page(visit, "citizen/rating.html", fields=fields, **shown)


async def rate(visit: Visit, form: Posted) -> Response:
    """Keep the rating."""
    grades = {name: whole_number(form.text(name)) for name in GRADED}
    needed(visit, grades, GRADED)
    code, said = visit.part("code"), {"comment": form.text("comment"), "version": form.version}
    await Feedback(visit.link("qa")).rate(code, visit.part("phase"), {**grades, **said})
    return visit.go(
        Page.MY_DOSSIER, code=code, flash="Cảm ơn bạn đã đánh giá. Cán bộ không biết ai đã đánh giá."
    )


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell that another page was quicker; what stands there is shown beside what is typed."""
    words = (
        "Đánh giá này vừa được sửa ở một trang khác. Nội dung bạn nhập còn nguyên; gửi lần nữa sẽ thay nó."
    )
    return [FormError("", visit.say(words))] if refusal.code == CHANGED else visit.problems(refusal)


form_page(router, Page.RATE, FormFlow(show, rate, told, FORBIDDEN))
