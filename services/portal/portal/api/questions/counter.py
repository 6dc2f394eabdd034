"""The tablet at the counter: type the code, give two grades, thanks; then it waits for the next person.

Nobody is signed in there: a machine with a session is asked to end it first.
"""

from fastapi import APIRouter, Response

from portal.adapters.counter import Counter
from portal.api.form_page import Filled, FormFlow, form_page, needed, told_at
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, VisitDep, visit
from portal.domain.addresses import Page
from portal.domain.feedback_forms import GRADED, grades
from portal.domain.fields import Field, as_typed
from portal.domain.numbers import whole_number

router = APIRouter()
UNKNOWN = "counter-code-unknown"
GONE = frozenset((UNKNOWN, "rated-at-counter"))
REFUSED = frozenset((404, 429))
THANKED, LEFT = 15, 15 * 60
"""After so many seconds the page of thanks, and one that somebody left, gives way to the waiting one."""


async def show(visit: Visit, filled: Filled) -> Response:
    """Wait for a code."""
    label, hint = visit.say("Mã cán bộ vừa đưa cho bạn"), visit.say("Gồm 8 chữ số, dùng một lần")
    asked = [Field("code", label, "code", hint=hint, width="10")]
    shut = visit.session.signed_in
    fields = [] if shut else as_typed(asked, filled.typed, filled.wrong)
    return filled.page(visit, "questions/counter.html", fields=fields, shut=shut)


async def open_code(visit: Visit, form: Posted) -> Response:
    """Go on to the grades with a code that works."""
    if visit.session.signed_in:
        return visit.go(Page.COUNTER)
    typed = {"code": form.text("code")}
    needed(visit, typed, {"code": "Nhập mã cán bộ đưa"})
    await Counter(visit.link("qa")).opened(typed["code"])
    return await show_grades(visit, Filled(typed))


async def show_grades(visit: Visit, filled: Filled) -> Response:
    """Ask for the grades; a code that works no more leads back to the first step."""
    code = filled.typed.get("code", "")
    if not code or visit.session.signed_in:
        return visit.go(Page.COUNTER)
    if filled.code in GONE:
        return await show(visit, Filled({}, [FormError("code", one.message) for one in filled.errors]))
    opened = await visit.spare(Counter(visit.link("qa")).opened(code), None)
    fields = as_typed(grades(visit.say), filled.typed, filled.wrong)
    shown = filled.page(visit, "questions/counter_rate.html", fields=fields, opened=opened, code=code)
    return _waiting(visit, shown, LEFT)


async def rate(visit: Visit, form: Posted) -> Response:
    """Keep the rating, thank, and hold nothing of it."""
    if visit.session.signed_in:
        return visit.go(Page.COUNTER)
    given = {name: whole_number(form.text(name)) for name in GRADED}
    needed(visit, given, GRADED)
    body = {**given, "comment": form.text("comment"), "code": form.text("code")}
    await Counter(visit.link("qa")).rate(body, form.key)
    return visit.go(Page.COUNTER_THANKS)


@router.get(Page.COUNTER_THANKS)
async def thanks(visit: VisitDep) -> Response:
    """Thank, and wait for the next person by itself."""
    return _waiting(visit, visit.page("questions/counter_thanks.html"), THANKED)


def _waiting(visit: Visit, shown: Response, seconds: int) -> Response:
    """Let the browser go back to the waiting page by itself, with no script."""
    shown.headers["refresh"] = f"{seconds};url={visit.url(Page.COUNTER)}"
    return shown


form_page(router, Page.COUNTER, FormFlow(show, open_code, told_at("code"), REFUSED), visit)
form_page(router, Page.COUNTER_RATE, FormFlow(show_grades, rate, also=REFUSED), visit)
