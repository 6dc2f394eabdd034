"""Opinions of other units and agencies: the specialist asks for one, and who is asked finds and answers it."""

from answers.processing import ConsultedPlaceOut
from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed, told_at
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock, unit_names
from portal.api.visit import FormError, OfficerDep, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
TIMES = {
    "2 wh": "2 giờ làm việc",
    "4 wh": "4 giờ làm việc",
    "1 wd": "1 ngày làm việc",
    "2 wd": "2 ngày làm việc",
    "3 wd": "3 ngày làm việc",
    "5 wd": "5 ngày làm việc",
    "10 wd": "10 ngày làm việc",
}
"""The times within which an opinion can be asked for."""


def _value(place: ConsultedPlaceOut) -> str:
    return f"{place.agency}|{place.unit or ''}"


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask whom, what, and within which time."""
    handled = await visit.processing.one(visit.part("code"))
    names, found = await unit_names(visit), await visit.processing.consulted_places()
    inside = [one for one in found if one.unit and (one.agency, one.unit) != (handled.agency, handled.unit)]
    return filled.page(
        visit,
        "handling/consult.html",
        handled=handled,
        clock=clock(visit, handled),
        inside=[(_value(one), names.get(one.unit or "", one.unit)) for one in inside],
        others=[(_value(one), one.name, one.staffed) for one in found if not one.unit],
        times=TIMES,
    )


async def ask(visit: Visit, form: Posted) -> Response:
    """Send the request."""
    said: Json = {name: form.text(name) for name in ("asked", "question", "within")}
    needed(
        visit,
        said,
        {
            "asked": "Chọn nơi cần lấy ý kiến",
            "question": "Ghi nội dung cần lấy ý kiến",
            "within": "Chọn thời hạn trả lời",
        },
    )
    if said["within"] not in TIMES:
        raise WrongInputError(FormError("within", visit.say("Chọn thời hạn trả lời")))
    agency, _, unit = str(said.pop("asked")).partition("|")
    await act(
        visit,
        "consultation",
        {"version": form.version, "agency": agency, "unit": unit or None, **said},
        form,
    )
    return back(visit, "Đã gửi yêu cầu. Thời hạn giải quyết hồ sơ vẫn chạy.")


async def show_withdrawal(visit: Visit, filled: Filled) -> Response:
    """Show what was asked, and ask why it is taken back."""
    handled = await visit.processing.one(visit.part("code"))
    asked = next((one for one in handled.consultations if str(one.number) == visit.part("number")), None)
    if asked is None:
        return visit.go(Page.WORK_DOSSIER, code=handled.code)
    return filled.page(
        visit, "handling/take_opinion_back.html", handled=handled, clock=clock(visit, handled), asked=asked
    )


async def withdraw(visit: Visit, form: Posted) -> Response:
    """Take the request back."""
    said: Json = {"reason": form.text("reason")}
    needed(visit, said, {"reason": "Ghi lý do rút lại yêu cầu"})
    place = f"consultations/{visit.part('number')}/withdrawal"
    await act(visit, place, {"version": form.version, **said}, form)
    return back(visit, "Đã rút lại yêu cầu. Nơi được hỏi được báo không cần trả lời.")


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell that nobody there could answer at the place that was chosen."""
    if refusal.code in ("nobody-to-consult", "consulted-elsewhere", "agency-ended"):
        return list(told_at("asked")(visit, refusal))
    return list(visit.problems(refusal))


@router.get(Page.CONSULTATIONS)
async def asked(visit: OfficerDep) -> Response:
    """List what waits for an opinion, the soonest due first, then what was answered."""
    waiting = await visit.processing.consultations(answered=False)
    done = await visit.spare(visit.processing.consultations(answered=True), ())
    return visit.page("handling/consultations.html", waiting=waiting, done=done)


async def show_asked(visit: Visit, filled: Filled) -> Response:
    """Show what is asked, and the place for the answer."""
    one = await visit.processing.consultation(visit.part("consultation"))
    return filled.page(visit, "handling/consultation.html", one=one)


async def answer(visit: Visit, form: Posted) -> Response:
    """Give the opinion."""
    needed(visit, {"answer": form.text("answer")}, {"answer": "Ghi ý kiến của đơn vị, cơ quan bạn"})
    await visit.processing.answer_consultation(visit.part("consultation"), form.text("answer"), form.key)
    return visit.go(Page.CONSULTATIONS, flash="Đã gửi ý kiến. Nơi hỏi đọc được ngay trong hồ sơ.")


form_page(router, Page.CONSULT, FormFlow(show, ask, told, FORBIDDEN), officer)
form_page(router, Page.TAKE_OPINION_BACK, FormFlow(show_withdrawal, withdraw, also=FORBIDDEN), officer)
form_page(router, Page.CONSULTATION, FormFlow(show_asked, answer), officer)
