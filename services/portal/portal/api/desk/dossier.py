"""One dossier at the desk: look at it, judge every component."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.dossier_view import forewarned, sections, shown_file
from portal.api.forms import Posted, PostedDep
from portal.api.visit import FormError, OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.deadlines import Deadline, deadline
from portal.domain.journey import form_of
from portal.domain.queues import beside

router = APIRouter()
VERDICTS = (("ok", "Đạt"), ("missing", "Thiếu"), ("wrong", "Chưa đúng"))
NEXT = {"accept": Page.ACCEPT, "supplement": Page.REQUEST_SUPPLEMENT}
CLOSED = frozenset({"redirected", "refused", "returned"})


@router.get(Page.DESK_DOSSIER)
async def show(visit: OfficerDep, code: str) -> Response:
    """Show a dossier with its answers, files and checklist."""
    return await desk_page(visit, await visit.dossiers.one(code))


async def desk_page(
    visit: Visit, dossier: Json, errors: list[FormError] | None = None, typed: Json | None = None
) -> Response:
    """Answer with the dossier page of the desk."""
    before, after = beside(visit.session.notes.get("desk_codes", "").split(","), str(dossier["code"]))
    status = 422 if errors else 200
    return visit.page(
        "desk/dossier.html",
        status=status,
        errors=errors or (),
        dossier=dossier,
        clock=clock(visit, dossier),
        sections=await sections(visit, form_of(dossier["procedure"]), dossier["answers"]),
        verdicts=VERDICTS,
        typed=typed or {},
        shown=shown_file(visit, dossier),
        forewarned=forewarned(visit, str(dossier["code"])),
        before=before,
        after=after,
        correctable=correctable(visit, dossier),
    )


def correctable(visit: Visit, dossier: Json) -> bool:
    """Say whether this officer may correct the applicant's contact data now."""
    return "desk_officer" in visit.roles and dossier["state"] not in CLOSED


def clock(visit: Visit, dossier: Json) -> Deadline:
    """Say how much of the check is left, or that nothing runs."""
    paused = dossier["state"] == "supplement_requested"
    return deadline(dossier["check_remaining_minutes"], visit.say, paused=paused)


@router.post(Page.CHECK)
async def judge(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Keep what was found for each component, then go where the pressed button leads."""
    items = verdicts_of(form)
    if items:
        try:
            body = {"version": int(form.text("version") or 0), "items": items}
            await visit.dossiers.act(code, "checklist", body, form.key, method="PUT")
        except ServiceAnswerError as refusal:
            if refusal.status not in (409, 422):
                raise
            errors = [FormError("", e.message) for e in visit.problems(refusal)]
            return await desk_page(visit, await visit.dossiers.one(code), errors, form.typed())
    if form.text("next") in NEXT:
        return visit.go(NEXT[form.text("next")], code=code)
    return visit.go(Page.DESK_DOSSIER, code=code, flash="Đã lưu kết quả kiểm tra.")


def verdicts_of(form: Posted) -> list[Json]:
    """Read the verdicts chosen for the components."""
    names = [name.removeprefix("verdict-") for name in form.typed() if name.startswith("verdict-")]
    return [
        {"component": name, "verdict": form.text(f"verdict-{name}"), "note": form.text(f"note-{name}")}
        for name in names
    ]
