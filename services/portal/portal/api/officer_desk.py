"""One dossier at the desk: look at it, judge every component, hand out its files."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError, ServiceUnreachableError
from portal.api.forms import Posted, PostedDep
from portal.api.visit import LEADERS, FormError, OfficerDep, Visit, relay_file
from portal.domain.deadlines import Deadline, deadline
from portal.domain.eforms import FormReader, hidden
from portal.domain.queues import beside

router = APIRouter(prefix="/can-bo")
VERDICTS = (("ok", "Đạt"), ("missing", "Thiếu"), ("wrong", "Chưa đúng"))
CLOSED = frozenset({"redirected", "refused", "returned"})
FILE_KINDS = {"van-ban": "documents", "tep": "files"}


@router.get("/ho-so/{code}")
async def somewhere(visit: OfficerDep, code: str) -> Response:
    """Lead from a notice to the page where this officer works on the dossier."""
    leads = visit.roles & LEADERS
    desk = "desk_officer" in visit.roles or (leads and await _at_the_desk(visit, code))
    return visit.go(f"/can-bo/{'tiep-nhan' if desk else 'giai-quyet'}/{code}")


async def _at_the_desk(visit: Visit, code: str) -> bool:
    """Say whether nobody but the desk has the dossier yet."""
    return (await visit.dossiers.one(code))["state"] in ("submitted", "supplement_requested")


@router.get("/ho-so")
async def some_list(visit: OfficerDep) -> Response:
    """Lead from a notice about many dossiers to the officer's start page."""
    return visit.go("/can-bo")


@router.get("/tiep-nhan/{code}")
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
        "officer/desk_dossier.html",
        status=status,
        errors=errors or (),
        dossier=dossier,
        clock=clock(visit, dossier),
        sections=await sections(visit, dossier),
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


def shown_file(visit: Visit, dossier: Json) -> Json | None:
    """Pick the file for the viewer: the one asked for, else the first that was not replaced."""
    files = [file for component in dossier["components"] for file in component["files"]]
    wanted = visit.request.query_params.get("tep", "")
    chosen: Json | None = next((file for file in files if file["id"] == wanted), None)
    return chosen or next((file for file in files if not file["replaced"]), None)


def clock(visit: Visit, dossier: Json) -> Deadline:
    """Say how much of the check is left, or that nothing runs."""
    paused = dossier["state"] == "supplement_requested"
    return deadline(dossier["check_remaining_minutes"], visit.say, paused=paused)


async def sections(visit: Visit, dossier: Json) -> list[Json]:
    """Lay the answers out by the pages of the form, in words."""
    form, answers = (dossier["procedure"].get("eform") or {}), dossier["answers"]
    form = form.get("definition") or form
    reader, unasked = FormReader(form, visit.lang, visit.say), hidden(form, answers)
    places = await place_names(visit, answers)
    found = []
    for page in form.get("pages", ()):
        items = [
            i
            for i in page["fields"]
            if i["widget"] not in ("file", "explanation") and i["name"] not in unasked
        ]
        rows = [(reader.field(i, {}, {}).label, reader.told(i, answers, places)) for i in items]
        if rows:
            found.append({"page": page, "rows": rows})
    return found


async def place_names(visit: Visit, answers: Json) -> dict[str, str]:
    """Give the names of the provinces and communes in the answers; codes stay where the catalogue is away."""
    provinces = {a["province"] for a in answers.values() if isinstance(a, dict) and a.get("province")}
    found: dict[str, str] = {}
    try:
        for province in ("", *sorted(provinces)) if provinces else ():
            found.update({str(u["code"]): str(u["name"]) for u in await visit.catalog.units(province)})
    except (ServiceAnswerError, ServiceUnreachableError):
        return found
    return found


@router.post("/tiep-nhan/{code}/kiem-tra")
async def judge(visit: OfficerDep, code: str, form: PostedDep) -> Response:
    """Keep what was found for each component, then go where the pressed button leads."""
    items = verdicts_of(form)
    target = {"accept": "nhan", "supplement": "bo-sung"}.get(form.text("next"), "")
    if items:
        try:
            body = {"version": int(form.text("version") or 0), "items": items}
            await visit.dossiers.act(code, "checklist", body, form.key, method="PUT")
        except ServiceAnswerError as refusal:
            if refusal.status not in (409, 422):
                raise
            errors = [FormError("", e.message) for e in visit.problems(refusal)]
            return await desk_page(visit, await visit.dossiers.one(code), errors, form.typed())
    path = f"/can-bo/tiep-nhan/{code}"
    return visit.go(f"{path}/{target}") if target else visit.go(path, flash="Đã lưu kết quả kiểm tra.")


def verdicts_of(form: Posted) -> list[Json]:
    """Read the verdicts chosen for the components."""
    names = [name.removeprefix("verdict-") for name in form.typed() if name.startswith("verdict-")]
    return [
        {"component": name, "verdict": form.text(f"verdict-{name}"), "note": form.text(f"note-{name}")}
        for name in names
    ]


@router.post("/{place}/{code}/mo-tep")
async def open_unscanned(visit: OfficerDep, place: str, code: str, form: PostedDep) -> Response:
    """Remember that the officer has read the warning and opens the unscanned files of this dossier."""
    visit.session.notes["unscanned"], visit.session.changed = code, True
    return visit.go(f"/can-bo/{place}/{code}?tep={form.text('tep')}#viewer")


def forewarned(visit: Visit, code: str) -> bool:
    """Say whether the warning was read for this very dossier; looking at another one forgets it."""
    kept = visit.session.notes.get("unscanned", "")
    if kept and kept != code:
        del visit.session.notes["unscanned"]
        visit.session.changed = True
    return kept == code


@router.get("/{place}/{code}/{kind}/{number}/xem")
async def view(visit: OfficerDep, place: str, code: str, kind: str, number: str) -> Response:
    """Show a file inside the viewer of the dossier page."""
    return await _file(visit, code, kind, number, framed=True)


@router.get("/{place}/{code}/{kind}/{number}/tai-ve")
async def download(visit: OfficerDep, place: str, code: str, kind: str, number: str) -> Response:
    """Download a file."""
    return await _file(visit, code, kind, number, framed=False)


async def _file(visit: Visit, code: str, kind: str, number: str, *, framed: bool) -> Response:
    kind = FILE_KINDS.get(kind, "files")
    answer = await visit.dossiers.file(code, kind, number, opened=forewarned(visit, code))
    return relay_file(visit, answer, framed=framed)
