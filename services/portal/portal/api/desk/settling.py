"""Settle at once: who is authorised by decision accepts and hands the result over in the same visit."""

from answers.intake import DossierOut
from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.authorisations import Authorisations
from portal.api.desk.dossier import clock
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, form_page, needed, told_as
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, as_typed

router = APIRouter()
MOST = 300
REFUSED = frozenset((403,))


async def statement(visit: Visit, dossier: DossierOut) -> str:
    """Give what states that the visitor settles this at the desk; empty where nothing does."""
    ours = Authorisations(visit.link("identity"))
    return await visit.spare(ours.statement(dossier.procedure.code), "")


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask what was handed over and whether a receipt is wanted, or say what stands in the way."""
    code = visit.part("code")
    dossier, outlook = await visit.dossiers.one(code), await visit.dossiers.outlook(code)
    hint = visit.say("Số, ký hiệu và tên giấy tờ đã trao cho người nộp")
    wanted = Choice("true", visit.say("Người nộp yêu cầu cấp giấy tiếp nhận"))
    asked = [
        Field("result", visit.say("Kết quả"), hint=hint, most=MOST),
        Field("receipt", visit.say("Giấy tiếp nhận"), "checkboxes", choices=(wanted,), required=False),
    ]
    return filled.page(
        visit,
        "desk/settle.html",
        fields=as_typed(asked, filled.typed, filled.wrong),
        dossier=dossier,
        outlook=outlook,
        authorised=bool(await statement(visit, dossier)),
        clock=clock(visit, dossier),
    )


async def settle(visit: Visit, form: Posted) -> Response:
    """Record intake and result in one."""
    code = visit.part("code")
    body = {"result": form.text("result")}
    needed(visit, body, {"result": "Ghi kết quả đã trao"})
    stated = await statement(visit, await visit.dossiers.one(code))
    more = {"receipt": form.text("receipt") == "true", "statement": stated, "version": form.version}
    await visit.dossiers.act(code, "settlement", {**body, **more}, form.key)
    return visit.go(
        Page.DESK_DOSSIER,
        code=code,
        flash="Đã giải quyết ngay tại quầy, việc tiếp nhận và kết quả đã được ghi.",
    )


form_page(
    router,
    Page.SETTLE,
    FormFlow(show, settle, told_as({}), also=REFUSED),
    officer_with(Right.ACCEPT_DOSSIER),
)
