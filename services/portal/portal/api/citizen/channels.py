"""How the result comes back: asked while the draft is filled in, and again until there is a result."""

from collections.abc import Mapping

from answers.intake import DossierOut, DraftOut
from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.form_page import Filled, FormFlow, form_page, needed, told_as
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field

router = APIRouter()
CHANNELS = {
    "online": (
        "Bản điện tử trên Cổng",
        "Tải về trong mục Hồ sơ của tôi; có chữ ký số, giá trị như bản giấy.",
    ),
    "counter": ("Tại bộ phận một cửa", "Mang theo giấy tờ tùy thân và mã hồ sơ."),
    "post": ("Qua bưu chính công ích", "Gửi đến địa chỉ bạn ghi dưới đây; bưu chính thu cước riêng."),
}
TOLD = told_as({"result_channel": "channel", "result_address": "address"})


async def show_of_draft(visit: Visit, filled: Filled) -> Response:
    """Ask how the result comes back."""
    draft = await visit.drafts.one(visit.part("draft_id"))
    return filled.page(visit, "citizen/channel.html", draft=draft, questions=_questions(visit, draft, filled))


async def choose_for_draft(visit: Visit, form: Posted) -> Response:
    """Keep the chosen way with the draft; who goes back without having chosen has nothing to keep."""
    leaving = form.text("next") == "back"
    if leaving and not form.text("channel"):
        return visit.go(Page.PAPERS, draft_id=visit.part("draft_id"))
    body = _chosen(visit, form)
    await visit.drafts.choose_channel(visit.part("draft_id"), body)
    return visit.go(Page.PAPERS if leaving else Page.REVIEW, draft_id=visit.part("draft_id"))


async def show_of_dossier(visit: Visit, filled: Filled) -> Response:
    """Ask anew how the result comes back."""
    dossier = await visit.dossiers.one(visit.part("code"))
    questions = _questions(visit, dossier, filled)
    return filled.page(visit, "citizen/change_channel.html", dossier=dossier, questions=questions)


async def choose_for_dossier(visit: Visit, form: Posted) -> Response:
    """Keep the new way."""
    body, code = {**_chosen(visit, form), "version": form.version}, visit.part("code")
    await visit.dossiers.act(code, "result-channel", body, form.key, method="PUT")
    return visit.go(Page.MY_DOSSIER, code=code, flash="Đã đổi cách nhận kết quả.")


def _chosen(visit: Visit, form: Posted) -> Json:
    body = {"channel": form.text("channel"), "address": form.text("address") or None}
    needed(visit, body, {"channel": "Chọn cách nhận kết quả"})
    return body


def _questions(visit: Visit, owner: DraftOut | DossierOut, filled: Filled) -> list[Field]:
    """Ask how the result comes back, and where to, when it comes by post."""
    kept = {"channel": owner.result_channel or "", "address": owner.result_address or ""}
    typed: Mapping[str, str] = {**kept, **filled.typed}
    allowed = [name for name in owner.result_channels if name in CHANNELS]
    questions = [
        Field(
            "channel",
            visit.say("Bạn muốn nhận kết quả bằng cách nào?"),
            "radios",
            typed["channel"],
            choices=tuple(Choice(name, *map(visit.say, CHANNELS[name])) for name in allowed),
            error=filled.wrong.get("channel", ""),
        )
    ]
    if "post" in allowed:
        questions.append(
            Field(
                "address",
                visit.say("Địa chỉ nhận qua bưu chính"),
                "long_text",
                typed["address"],
                error=filled.wrong.get("address", ""),
                rows=3,
                show_when="channel=post",
                condition=visit.say("Chỉ trả lời nếu nhận qua bưu chính."),
            )
        )
    return questions


form_page(router, Page.RESULT_CHANNEL, FormFlow(show_of_draft, choose_for_draft, TOLD))
form_page(router, Page.NEW_CHANNEL, FormFlow(show_of_dossier, choose_for_dossier, TOLD))
