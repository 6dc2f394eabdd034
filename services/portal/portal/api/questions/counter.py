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
LONGEST = 10
THANKED, LEFT, WAITING = 15, 15 * 60, 10 * 60
"""After so many seconds the page of thanks, one that somebody left, and the waiting one give way to a new one."""
CODE = "counter"
"""The code in the session between two steps: no page holds it, no address but one that was scanned, and no way back
leads to its form."""


async def show(visit: Visit, filled: Filled) -> Response:
    """Wait for a code."""
    label, hint = visit.say("Mã cán bộ vừa đưa cho bạn"), visit.say("Chỉ có chữ số, dùng một lần")
    asked = [Field("code", label, "code", hint=hint, width="10")]
    shut = _signed_in(visit)
    fields = [] if shut else as_typed(asked, filled.typed, filled.wrong)
    _hold(visit, "")
    return _waiting(filled.page(visit, "questions/counter.html", fields=fields, shut=shut), WAITING)


@router.get(Page.COUNTER_CODE)
async def with_code(visit: VisitDep) -> Response:
    """Wait with the code typed already, for whoever scanned it at the desk; nothing is opened by looking."""
    return await show(visit, Filled({"code": "".join(filter(str.isdigit, visit.part("code")))[:LONGEST]}))


async def open_code(visit: Visit, form: Posted) -> Response:
    """Go on to the grades with a code that works."""
    if _signed_in(visit):
        return visit.go(Page.COUNTER)
    typed = {"code": form.text("code")}
    needed(visit, typed, {"code": "Nhập mã cán bộ đưa"})
    await Counter(visit.link("qa")).opened(typed["code"])
    _hold(visit, typed["code"])
    return visit.go(Page.COUNTER_RATE)


async def show_grades(visit: Visit, filled: Filled) -> Response:
    """Ask for the grades; a code that works no more leads back to the first step."""
    code = visit.session.notes.get(CODE, "")
    if not code or _signed_in(visit):
        return visit.go(Page.COUNTER)
    if filled.code in GONE:
        return await show(visit, Filled({}, [FormError("code", one.message) for one in filled.errors]))
    opened = await visit.spare(Counter(visit.link("qa")).opened(code), None)
    fields = as_typed(grades(visit.say), filled.typed, filled.wrong)
    shown = filled.page(visit, "questions/counter_rate.html", fields=fields, opened=opened)
    return _waiting(shown, LEFT)


async def rate(visit: Visit, form: Posted) -> Response:
    """Keep the rating, thank, and hold nothing of it."""
    code = visit.session.notes.get(CODE, "")
    if not code or _signed_in(visit):
        return visit.go(Page.COUNTER)
    given = {name: whole_number(form.text(name)) for name in GRADED}
    needed(visit, given, GRADED)
    body = {**given, "comment": form.text("comment"), "code": code}
    await Counter(visit.link("qa")).rate(body, form.key)
    _hold(visit, "")
    return visit.go(Page.COUNTER_THANKS)


@router.get(Page.COUNTER_THANKS)
async def thanks(visit: VisitDep) -> Response:
    """Thank, and wait for the next person by itself."""
    return _waiting(visit.page("questions/counter_thanks.html"), THANKED)


def _signed_in(visit: Visit) -> bool:
    """Tell whether this machine is somebody's: also an officer's, who does not rate."""
    return visit.session.signed_in or visit.frame.elsewhere()


def _hold(visit: Visit, code: str) -> None:
    """Keep a code for the next step, or none."""
    before = visit.session.notes.pop(CODE, "")
    visit.session.notes |= {CODE: code} if code else {}
    visit.session.changed = visit.session.changed or before != code


def _waiting(shown: Response, seconds: int) -> Response:
    """Let the browser go back to the waiting page by itself, with no script, and in the language of the province."""
    shown.headers["refresh"] = f"{seconds};url={Page.COUNTER}"
    return shown


form_page(router, Page.COUNTER, FormFlow(show, open_code, told_at("code"), REFUSED), visit)
form_page(router, Page.COUNTER_RATE, FormFlow(show_grades, rate, also=REFUSED), visit)
