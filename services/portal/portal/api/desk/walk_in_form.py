"""A dossier written down at the counter: the whole form, its papers and the applicant's word on one page."""

from collections.abc import Mapping
from dataclasses import replace

from answers.intake import AcceptedCopyOut, DossierOut, DraftOut, Verdict
from eforms import read_page
from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.adapters.vault import Vault
from portal.adapters.walk_ins import WalkIns
from portal.api.desk.confirming import REFUSED, confirmed, questions, send_code
from portal.api.desk.walk_in import RECEIVES
from portal.api.desk.walk_in_papers import keep_papers
from portal.api.dossier_view import form_reader
from portal.api.form_page import (
    Filled,
    FormFlow,
    WrongInputError,
    form_page,
    needed,
    place_of,
    told_as,
)
from portal.api.forms import RELOAD, Posted
from portal.api.place_lists import with_places
from portal.api.visit import FormError, Visit
from portal.domain.addresses import Page
from portal.domain.eforms import FormPage
from portal.domain.fields import Choice, Field, as_typed
from portal.domain.journey import form_of, papers_of
from portal.domain.late_forms import LATE, NAMES, late_body, late_form
from portal.domain.rivals import Merged, merge

router = APIRouter()
ASKED, STANDING, MYSELF = "submitter", "submitter_standing", "self"
ARRIVED = {
    "desk": "Người nộp đang ở quầy",
    "post": "Hồ sơ gửi qua bưu chính, đã ký giấy",
    "telephone": "Hỗ trợ qua điện thoại, người nộp ký khi đến nhận kết quả",
}
BACK = {"online": "Bản điện tử trên Cổng", "counter": "Tại bộ phận một cửa", "post": "Qua bưu chính công ích"}
RECEIVED = "Chọn lần gián đoạn, ghi ngày, giờ nhận (giờ:phút) và số của phiếu giấy; để trống cả bốn nếu nhận trực tiếp"
AGREED = {
    "agree": "Đánh dấu khi người nộp đã xác nhận lời cam đoan",
    "way": "Chọn hồ sơ đến bằng cách nào",
}


async def show(visit: Visit, filled: Filled, copy: AcceptedCopyOut | None = None) -> Response:
    """Show every question of the form at once, the papers, how the dossier came in, and the copy just accepted."""
    draft = await WalkIns(visit.link("intake")).one(visit.part("draft_id"))
    wrong = _complaints(filled)
    pages = [await _laid_out(visit, draft, filled, page.id) for page in form_of(draft.eform).pages]
    pages.append(_acting(visit, draft, filled))
    pages += await _late(visit, filled)
    closing = as_typed(_closing(visit, draft), filled.typed, wrong)
    places = {field.name: field.first_id for page in pages for field in page.fields}
    errors = [FormError(place_of(error.field, places), error.message) for error in filled.errors]
    kept = await visit.spare(Vault(visit.link("intake")).offers("counter/drafts", draft.id), ())
    return Filled(filled.typed, errors, filled.code).page(
        visit,
        "desk/walk_in_form.html",
        accepted_copy=copy,
        offers=[one for one in kept if not one.taken],
        draft=draft,
        pages=pages,
        papers=papers_of(draft),
        closing=closing,
        attached={c.id: [f for f in draft.attachments if f.component == c.id] for c in papers_of(draft)},
        complaints=wrong,
        shown=visit.built.seal.close(dict(draft.answers), SHOWN),
    )


def _complaints(filled: Filled) -> dict[str, str]:
    return {error.field.split(".")[0]: error.message for error in reversed(filled.errors)}


async def _laid_out(visit: Visit, draft: DraftOut, filled: Filled, page_id: str) -> FormPage:
    reader = form_reader(visit, form_of(draft.eform))
    shown = reader.page(page_id, {**draft.answers, **_not_kept(visit, draft, filled)}, _complaints(filled))
    asked = [field for field in shown.fields if field.kind != "files"]
    return replace(shown, fields=tuple(await with_places(visit, asked)))


def _not_kept(visit: Visit, draft: DraftOut, filled: Filled) -> Json:
    """Return what was typed and could not be kept: a refusal takes nothing back.

    Of several boxes one alone is known here: those stand as the draft has them.
    """
    was = visit.built.seal.open(filled.shown, SHOWN_SECONDS, SHOWN)
    if not filled.errors or not isinstance(was, dict):
        return {}
    typed = _answers(draft, dict(filled.typed))
    single = {name: value for name, value in typed.items() if not isinstance(value, list)}
    return merge(was, single, draft.answers).own


def _acting(visit: Visit, draft: DraftOut, filled: Filled) -> FormPage:
    """Ask who hands in, where it is not the applicant."""
    kept = draft.submitter.answers or {STANDING: MYSELF}
    reader = form_reader(visit, form_of(draft.submitter.eform))
    return reader.page(ASKED, kept, _complaints(filled))


async def _name_submitter(walk_ins: WalkIns, draft: DraftOut, form: Posted) -> None:
    """Keep who hands in where that is said or was."""
    told = read_page(form_of(draft.submitter.eform), ASKED, form.boxes())
    if draft.submitter.answers or told.get(STANDING) not in (None, MYSELF):
        await walk_ins.name_submitter(draft.id, told)


async def _late(visit: Visit, filled: Filled) -> list[FormPage]:
    """Ask when it was really received, where an outage was declared."""
    known = await visit.spare(WalkIns(visit.link("intake")).late(), None)
    if known is None or not known.outages:
        return []
    form = late_form(known.outages, visit.say, visit.lang)
    shown = form_reader(visit, form).page(
        LATE, read_page(form, LATE, dict(filled.typed)), _complaints(filled)
    )
    return [replace(shown, fields=tuple(replace(one, required=False) for one in shown.fields))]


def _received(visit: Visit, form: Posted) -> Json | None:
    """Read when it was really received. Raises: WrongInputError."""
    try:
        return late_body(read_page(late_form((), visit.say, visit.lang), LATE, form.boxes()))
    except ValueError:
        raise WrongInputError(FormError("late_on", visit.say(RECEIVED))) from None


def _closing(visit: Visit, draft: DraftOut) -> list[Field]:
    """Ask how the result goes back and how the dossier came in."""
    offered = [name for name in draft.result_channels if name in BACK]
    usual = "counter" if "counter" in offered else offered[0] if offered else ""
    back = tuple(Choice(name, visit.say(BACK[name])) for name in offered)
    ways = tuple(Choice(name, visit.say(words)) for name, words in ARRIVED.items())
    asked = [
        Field("way", visit.say("Hồ sơ đến bằng cách nào?"), "radios", "desk", choices=ways),
        *questions(visit),
        Field(
            "result_channel",
            visit.say("Người nộp nhận kết quả bằng cách nào?"),
            "radios",
            draft.result_channel or usual,
            choices=back,
        ),
    ]
    if "post" in offered:
        only = visit.say("Chỉ trả lời nếu nhận qua bưu chính.")
        asked.append(
            Field(
                "result_address",
                visit.say("Địa chỉ nhận qua bưu chính"),
                value=draft.result_address or "",
                show_when="result_channel=post",
                condition=only,
            )
        )
    return asked


async def save(visit: Visit, form: Posted) -> Response:
    """Keep what was typed and chosen; hand in when that was pressed."""
    draft_id, walk_ins, wanted = visit.part("draft_id"), WalkIns(visit.link("intake")), form.text("next")
    if wanted == "discard":
        await walk_ins.discard(draft_id)
        return visit.go(Page.WALK_IN, flash="Đã bỏ hồ sơ đang nhập.")
    draft = await walk_ins.one(draft_id)
    merged = _merged(visit, draft, form)
    await walk_ins.save(draft_id, merged.own, draft.version)
    await _name_submitter(walk_ins, draft, form)
    if wanted == "renew":
        await walk_ins.renew(draft_id, (await walk_ins.one(draft_id)).version)
        return visit.go(Page.WALK_IN_FORM, draft_id=draft_id, flash=RENEWED)
    copy = await keep_papers(visit, walk_ins, draft, form)
    if merged.clashing:
        raise WrongInputError(*(FormError(name, visit.say(ELSEWHERE)) for name in merged.clashing))
    if wanted == "submit":
        return await _hand_in(visit, walk_ins, draft, form)
    kept = {n: v for n, v in form.typed().items() if n in {*KEPT, RELOAD} or n.startswith("late_")}
    if wanted == "code":
        kept |= await send_code(visit, await walk_ins.one(draft_id))
    return await show(visit, Filled(kept), copy)


SHOWN, SHOWN_SECONDS = "walk-in", 7 * 24 * 3600
"""The note of what a window showed, and how long it may stand open and still know."""
ELSEWHERE = "Một cửa sổ khác vừa lưu câu trả lời này; điều nhập ở đây chưa được giữ. Hãy sửa lại nếu cần."
RENEWED = "Đã chuyển sang phiên bản mới của thủ tục. Hãy xem lại cả tờ."
KEPT = frozenset(
    {"way", "result_channel", "result_address", "agree", "checked", "confirmation", "code_id", "code_ending"}
)
"""What the page holds beside the answers, which the draft keeps."""


def _merged(visit: Visit, draft: DraftOut, form: Posted) -> Merged:
    """Take what this window changed: what another one saved meanwhile is none of its business."""
    was, typed = (
        visit.built.seal.open(form.text("shown"), SHOWN_SECONDS, SHOWN),
        _answers(draft, form.boxes()),
    )
    return merge(was, typed, draft.answers) if isinstance(was, dict) else Merged(typed, {})


def _answers(draft: DraftOut, typed: Mapping[str, str | list[str]]) -> Json:
    eform = form_of(draft.eform)
    found: Json = {}
    for page in eform.pages:
        found |= read_page(eform, page.id, typed, {**draft.answers, **found})
    return found


async def _hand_in(visit: Visit, walk_ins: WalkIns, draft: DraftOut, form: Posted) -> Response:
    """Hand it in; where all papers were compared already, go on to the appointment, else to the check."""
    given: Json = {"agree": form.text("agree") == "true", "way": form.text("way")}
    await _must_be_whole(visit, walk_ins, draft, given)
    body = {
        "draft_id": draft.id,
        "declaration_accepted": given["agree"],
        "declaration_version": draft.declaration.version,
        "way": given["way"],
        **await confirmed(visit, form),
        "result_channel": form.text("result_channel") or None,
        "result_address": form.text("result_address") or None,
        "late": _received(visit, form),
    }
    code = (await walk_ins.hand_in(body, form.key)).code
    checked = form.text("checked") == "true" and await visit.spare(_check(visit, code, form.key), False)
    return visit.go(Page.ACCEPT if checked else Page.DESK_DOSSIER, code=code, flash="Đã ghi nhận hồ sơ.")


async def _must_be_whole(visit: Visit, walk_ins: WalkIns, draft: DraftOut, given: Json) -> None:
    """Insist on what is agreed and chosen; what else is missing is told with it, so that one round is enough.

    Raises: WrongInputError.
    """
    try:
        needed(visit, given, AGREED)
    except WrongInputError as missing:
        still = (await walk_ins.one(draft.id)).problems
        told = [FormError(one.field, one.message) for one in still]
        raise WrongInputError(*told, *missing.errors) from None


async def _check(visit: Visit, code: str, key: str) -> bool:
    """Write down that everything is in order; where that fails, the check begins where it always does."""
    dossier = await visit.dossiers.one(code)
    await visit.dossiers.act(code, "checklist", _all_right(dossier), key, method="PUT")
    return True


def _all_right(dossier: DossierOut) -> Json:
    """Find in order what is there; what is missing and not asked for stays as it is."""
    there = [one.id for one in dossier.components if one.filled_by_form or one.files]
    items = [{"component": name, "verdict": Verdict.OK, "note": ""} for name in there]
    return {"version": dossier.version, "items": items}


form_page(router, Page.WALK_IN_FORM, FormFlow(show, save, told_as(NAMES), also=REFUSED), RECEIVES)
