"""Papers of agencies about officers: requests for rights, notices that end them, commitments."""

from functools import partial

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.http import Json, ServiceAnswerError
from portal.adapters.papers import Papers
from portal.adapters.processing import Processing
from portal.api.admin.officers import officers
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed, shows
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, officer
from portal.domain import paper_forms
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403, 404, 429))
GRANTS = officer_with(Right.GRANT_RIGHTS)
NUMBER, DAY = "Nhập số văn bản", "Nhập ngày văn bản"


def papers(visit: Visit) -> Papers:
    """Give the papers on behalf of a visitor."""
    return Papers(visit.link("identity"))


async def listed(visit: Visit, filled: Filled) -> Response:
    """List the requests for rights."""
    return filled.page(visit, "admin/rights_requests.html", told=await papers(visit).requests())


async def ask_request(visit: Visit, filled: Filled) -> Response:
    """Ask for a request's number, day and list."""
    typed = {"agency": str(visit.session.account.get("agency") or ""), **filled.typed}
    fields = paper_forms.request(visit.say, typed, filled.wrong)
    return filled.page(visit, "admin/new_rights_request.html", fields=fields)


async def enter_request(visit: Visit, form: Posted) -> Response:
    """Write a request down."""
    asked = {
        "agency": "Nhập mã cơ quan",
        "document_number": NUMBER,
        "document_on": DAY,
        "persons": "Nhập danh sách cán bộ",
    }
    typed = {name: form.text(name) for name in asked}
    needed(visit, typed, asked)
    people, bad = paper_forms.persons(str(form.form.get("persons", "")))
    if bad:
        words = visit.say("Dòng {n}: ghi tên đăng nhập; họ và tên; trường hợp a, b, c hoặc d", n=bad)
        raise WrongInputError(FormError("persons", words))
    body = {**typed, "document_on": _day(visit, "document_on", typed["document_on"]), "persons": people}
    await papers(visit).request(body, form.key)
    return visit.go(Page.RIGHTS_REQUESTS, flash="Đã ghi văn bản đăng ký quyền.")


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal; what is wrong in a line of the list stands at the list."""
    return [
        FormError("persons" if error.field.startswith("persons") else error.field, error.message)
        for error in visit.problems(refusal)
    ]


def _day(visit: Visit, name: str, typed: str) -> str:
    """Read a day. Raises: WrongInputError."""
    found = paper_forms.day(typed)
    if found is None:
        raise WrongInputError(FormError(name, visit.say("Ghi ngày như 31/12/2026")))
    return found


async def of_officer(visit: Visit, filled: Filled) -> Response:
    """Show an officer's papers, and the open dossiers somebody else must take over."""
    who = visit.part("officer")
    found, kept = await officers(visit).one(who), await papers(visit).of(who)
    place = Processing.nearest(visit.link("processing"), {"agency": found.agency}, visit.built.base_url)
    return filled.page(
        visit,
        "admin/officer_papers.html",
        o=found,
        told=kept,
        state=paper_forms.STATES[kept.population],
        kinds=paper_forms.NOTICES,
        work=await visit.spare(place.open_work(who), None),
        hands_over=Right.ASSIGN_DOSSIER in visit.rights,
    )


async def ask(kind: str, visit: Visit, filled: Filled) -> Response:
    """Ask for a notice or a commitment."""
    make = paper_forms.notice if kind == "notices" else paper_forms.commitment
    fields = make(visit.say, filled.typed, filled.wrong)
    found = await officers(visit).one(visit.part("officer"))
    return filled.page(visit, "admin/new_paper.html", fields=fields, o=found, kind=kind)


async def enter_notice(visit: Visit, form: Posted) -> Response:
    """Write a notice down: rights end at once."""
    asked = {"kind": "Chọn vì sao quyền thay đổi", "document_number": NUMBER, "document_on": DAY}
    typed: Json = {name: form.text(name) for name in asked}
    needed(visit, typed, asked)
    body = {**typed, "document_on": _day(visit, "document_on", str(typed["document_on"]))}
    words = "Đã ghi thông báo. Quyền thay đổi ngay; hồ sơ đang mở phải được giao lại."
    return await _entered(visit, "notices", body, form.key, words)


async def enter_commitment(visit: Visit, form: Posted) -> Response:
    """Write a signed commitment down."""
    asked = {"document_number": NUMBER, "signed_on": "Nhập ngày ký", "until_on": "Nhập ngày cuối"}
    typed: Json = {name: form.text(name) for name in asked}
    needed(visit, typed, asked)
    days = {name: _day(visit, name, str(typed[name])) for name in ("signed_on", "until_on")}
    return await _entered(visit, "commitments", {**typed, **days}, form.key, "Đã ghi bản cam kết.")


async def _entered(visit: Visit, kind: str, body: Json, key: str, words: str) -> Response:
    who = visit.part("officer")
    await papers(visit).enter(who, kind, body, key)
    return visit.go(Page.OFFICER_PAPERS, officer=who, flash=words)


async def ask_own(visit: Visit, filled: Filled) -> Response:
    """Show what is committed to, and how the right stands."""
    found = await papers(visit).population()
    return filled.page(
        visit, "admin/own_commitment.html", state=found.state, words=paper_forms.STATES[found.state]
    )


async def commit(visit: Visit, form: Posted) -> Response:
    """Accept the commitment."""
    needed(visit, {"agreed": form.text("agreed")}, {"agreed": "Đánh dấu rằng bạn đã đọc và đồng ý"})
    await papers(visit).commit()
    return visit.go(Page.OWN_COMMITMENT, flash="Đã ghi nhận bản cam kết của bạn, có hiệu lực một năm.")


shows(router, Page.RIGHTS_REQUESTS, listed, GRANTS)
form_page(router, Page.NEW_RIGHTS_REQUEST, FormFlow(ask_request, enter_request, told, REFUSED), GRANTS)
shows(router, Page.OFFICER_PAPERS, of_officer, GRANTS)
form_page(router, Page.NEW_NOTICE, FormFlow(partial(ask, "notices"), enter_notice, also=REFUSED), GRANTS)
form_page(
    router, Page.NEW_COMMITMENT, FormFlow(partial(ask, "commitments"), enter_commitment, also=REFUSED), GRANTS
)
form_page(router, Page.OWN_COMMITMENT, FormFlow(ask_own, commit, also=REFUSED), officer)
