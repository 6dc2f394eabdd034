"""The outcomes of a check, each on its own page that says what will happen: accept, supplement, redirect, refuse."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from answers.intake import DossierOut
from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.adapters.vault import Vault
from portal.api.asking import FREE_ROWS, NEEDED, asked_of
from portal.api.desk.dossier import clock, show_dossier
from portal.api.desk.settling import statement
from portal.api.form_page import Filled, FormFlow, Show, form_page, needed, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain.addresses import Address, Page
from portal.domain.fields import offered

router = APIRouter()
WAYS = (("counter", "Trao tại bộ phận một cửa"), ("post", "Gửi qua bưu chính"), ("online", "Gửi bản điện tử"))
REASON = {"reason": "Nêu lý do bằng lời dễ hiểu"}


async def _nothing(visit: Visit, dossier: DossierOut) -> Json:
    return {}


@dataclass(frozen=True)
class DeskDeed:
    """What the desk can do with a dossier, on a page of its own."""

    page: Address
    template: str
    action: str
    """The sub-resource of the dossier that does it."""
    done: str
    """What is said afterwards."""
    needed: Mapping[str, str] = field(default_factory=dict)
    """Texts that must be given, with the complaint where they are not."""
    more: Callable[[Visit, DossierOut], Awaitable[Json]] = _nothing
    """What the page shows beside the dossier."""
    read: Callable[[Posted], Json] | None = None
    """Reads what is sent; without it, the needed texts."""

    async def show(self, visit: Visit, filled: Filled) -> Response:
        """Show the dossier's head and the questions."""
        dossier = await visit.dossiers.one(visit.part("code"))
        context = {
            "clock": clock(visit, dossier),
            "ways": WAYS,
            "free_rows": FREE_ROWS,
            **await self.more(visit, dossier),
        }
        return filled.page(visit, self.template, dossier=dossier, **context)

    async def save(self, visit: Visit, form: Posted) -> Response:
        """Carry the outcome out and lead back to the dossier."""
        body = self.read(form) if self.read else {name: form.text(name) for name in self.needed}
        needed(visit, body, self.needed)
        code = visit.part("code")
        await visit.dossiers.act(code, self.action, {**body, "version": form.version}, form.key)
        return visit.go(Page.DESK_DOSSIER, code=code, flash=self.done)


async def _agencies(visit: Visit, dossier: DossierOut) -> Json:
    return {"agencies": offered(await visit.catalog.agencies(), visit.lang)}


async def _held(visit: Visit, dossier: DossierOut) -> Json:
    """Give what the applicant's vault holds and still counts: nobody asks for that again."""
    kept = await visit.spare(Vault(visit.link("intake")).offers("desk/dossiers", dossier.code), ())
    return {"held": [one for one in kept if one.reusable and one.code != dossier.code]}


async def _outlook(visit: Visit, dossier: DossierOut) -> Json:
    outlook = await visit.dossiers.outlook(dossier.code)
    return {"outlook": outlook, "settles": bool(await statement(visit, dossier))}


def _supplement(form: Posted) -> Json:
    return asked_of(form) | {"leader_ground": form.text("leader_ground") or None}


DEEDS = (
    DeskDeed(
        Page.REQUEST_SUPPLEMENT,
        "desk/supplement.html",
        "supplement-requests",
        "Đã gửi yêu cầu bổ sung. Đồng hồ tạm dừng.",
        NEEDED,
        _held,
        read=_supplement,
    ),
    DeskDeed(
        Page.ALLOW_SUPPLEMENT,
        "desk/allow_supplement.html",
        "supplement-approval",
        "Đã ghi nhận ý kiến đồng ý. Cán bộ một cửa gửi được yêu cầu bổ sung lần nữa.",
        {"ground": "Nêu lý do bạn đồng ý"},
    ),
    DeskDeed(
        Page.REFUSE,
        "desk/refuse.html",
        "refusal",
        "Đã từ chối tiếp nhận. Phiếu từ chối đã được gửi cho người nộp.",
        {**REASON, "legal_basis": "Ghi điều, khoản của văn bản làm căn cứ"},
    ),
    DeskDeed(
        Page.REDIRECT,
        "desk/redirect.html",
        "redirection",
        "Đã hướng dẫn người nộp đến đúng cơ quan.",
        {"competent_agency": "Chọn cơ quan có thẩm quyền", **REASON},
        _agencies,
    ),
    DeskDeed(
        Page.HAND_OVER,
        "desk/hand_over.html",
        "handover",
        "Đã ghi nhận trả kết quả.",
        {"way": "Chọn cách trả kết quả"},
    ),
)
for deed in DEEDS:
    form_page(router, deed.page, FormFlow(deed.show, deed.save), officer)


def _page(template: str, more: Callable[[Visit, DossierOut], Awaitable[Json]] = _nothing) -> Show:
    return DeskDeed(Page.DESK_DOSSIER, template, "", "", more=more).show


async def accept(visit: Visit, form: Posted) -> Response:
    """Accept; the next page explains the appointment line by line."""
    code = visit.part("code")
    await visit.dossiers.act(code, "acceptance", {"version": form.version}, form.key)
    return visit.go(Page.ACCEPTED, code=code)


shows(router, Page.ACCEPT, _page("desk/accept.html", _outlook), officer)
sends(router, Page.ACCEPT, FormFlow(show_dossier, accept, told_at("")), officer)
shows(router, Page.ACCEPTED, _page("desk/accepted.html"), officer)
