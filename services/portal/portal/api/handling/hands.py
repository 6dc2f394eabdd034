"""Who has a dossier: handed over with a reason, one or all; who is away and who stands in."""

from answers.processing import ColleagueOut
from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, WrongInputError, days_of, form_page, needed, sends, told_at
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
REASON, WHO = "Ghi lý do bàn giao", "Chọn người nhận"
TO_ME = "Hồ sơ của người bạn đang thay chỉ bàn giao được cho chính bạn"


def _me(visit: Visit) -> str:
    return str(visit.session.account.get("id") or "")


def _present(found: tuple[ColleagueOut, ...]) -> list[ColleagueOut]:
    return [one for one in found if not one.absent_until]


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask to whom the dossier goes, and why; who stands in may only take it himself."""
    handled = await visit.processing.one(visit.part("code"))
    me, holder = _me(visit), handled.officer.id if handled.officer else ""
    there = [one for one in _present(await visit.processing.colleagues()) if one.unit == handled.unit]
    if handled.absent_until and Right.ASSIGN_DOSSIER not in visit.rights:
        there = [one for one in there if one.id == me]
    people = [one for one in there if one.id != holder]
    return filled.page(
        visit, "handling/transfer.html", handled=handled, clock=clock(visit, handled), people=people
    )


async def transfer(visit: Visit, form: Posted) -> Response:
    """Hand the dossier over."""
    said: Json = {"officer_id": form.text("officer_id"), "reason": form.text("reason")}
    needed(visit, said, {"officer_id": WHO, "reason": REASON})
    await act(visit, "transfer", {"version": form.version, **said}, form)
    if said["officer_id"] == _me(visit):
        return back(visit, "Bạn đã nhận hồ sơ này.")
    return visit.go(Page.WORK, flash="Đã bàn giao hồ sơ.")


async def show_all(visit: Visit, filled: Filled) -> Response:
    """Ask whose open dossiers go to whom, and why."""
    found = await visit.processing.colleagues()
    leads = Right.ASSIGN_DOSSIER in visit.rights
    people = found if leads else await _stood_in_for(visit, found)
    return filled.page(
        visit, "handling/transfer_all.html", people=people, there=_present(found), leads=leads, me=_me(visit)
    )


async def _stood_in_for(visit: Visit, found: tuple[ColleagueOut, ...]) -> list[ColleagueOut]:
    """Return who is away today with the visitor as the substitute."""
    away = await visit.processing.absences()
    mine = {
        one.officer.id for one in away if one.officer and one.substitute and one.substitute.id == _me(visit)
    }
    return [one for one in found if one.absent_until and one.id in mine]


async def transfer_all(visit: Visit, form: Posted) -> Response:
    """Hand all open dossiers of an officer over."""
    said: Json = {name: form.text(name) for name in ("officer_id", "reason")}
    needed(visit, said, {"officer_id": WHO, "reason": REASON})
    stands_in = bool(form.text("from_officer")) and Right.ASSIGN_DOSSIER not in visit.rights
    if stands_in and said["officer_id"] != _me(visit):
        raise WrongInputError(FormError("officer_id", visit.say(TO_ME)))
    body = {"from_officer": form.text("from_officer") or None, **said}
    done = await visit.processing.transfer_all(body, form.key)
    words = "Đã bàn giao {n} hồ sơ."
    if done.left:
        words = "Đã bàn giao {n} hồ sơ. Còn {left} hồ sơ người nhận không làm được bước hiện tại."
    visit.session.flash = visit.say(words, n=len(done.moved), left=len(done.left))
    visit.session.changed = True
    return visit.go(Page.WORK)


async def show_absences(visit: Visit, filled: Filled) -> Response:
    """Show who is away, and ask for a new absence."""
    people = await visit.processing.colleagues()
    leads = Right.ASSIGN_DOSSIER in visit.rights
    away = await visit.processing.absences()
    return filled.page(visit, "handling/absences.html", away=away, people=people, leads=leads, me=_me(visit))


async def record(visit: Visit, form: Posted) -> Response:
    """Record an absence."""
    said: Json = {name: form.text(name) for name in ("from_on", "to_on")}
    needed(visit, said, {"from_on": "Nhập ngày đầu", "to_on": "Nhập ngày cuối"})
    said |= days_of(visit, form, {name: name for name in said})
    people = {name: form.text(name) or None for name in ("officer_id", "substitute_id")}
    await visit.processing.record_absence({**said, **people}, form.key)
    return visit.go(
        Page.ABSENCES, flash="Đã ghi lịch vắng. Người thay và lãnh đạo thấy hồ sơ trong thời gian này."
    )


async def end(visit: Visit, form: Posted) -> Response:
    """End an absence before its last day."""
    await visit.processing.end_absence(visit.part("absence"), form.key)
    return visit.go(Page.ABSENCES, flash="Đã kết thúc lịch vắng.")


form_page(router, Page.TRANSFER, FormFlow(show, transfer, also=FORBIDDEN), officer)
form_page(router, Page.TRANSFER_ALL, FormFlow(show_all, transfer_all, also=FORBIDDEN), officer)
form_page(router, Page.ABSENCES, FormFlow(show_absences, record, also=FORBIDDEN), officer)
sends(router, Page.END_ABSENCE, FormFlow(show_absences, end, told_at("")), officer)
