"""Evaluating how agencies serve online: the list, beginning one, its figures, concluding."""

from answers.qa import EvaluationOut
from answers.stats import SharesOut
from common.spreadsheets import BOM, table
from fastapi import APIRouter, Response

from portal.adapters.evaluations import Evaluations
from portal.api.form_page import Filled, FormFlow, day_typed, form_page, needed
from portal.api.forms import Posted
from portal.api.paging import cursor_of
from portal.api.surveys.building import FORBIDDEN
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain.addresses import Page
from portal.domain.evaluated import OF, SHARES, sheet
from portal.domain.fields import Choice, Field, as_typed

router = APIRouter()
PERIODS = {"quarter": "Quý", "year": "Năm"}


def evaluations(visit: Visit) -> Evaluations:
    """Give the service of evaluations on behalf of an officer."""
    return Evaluations(visit.link("qa"))


async def show(visit: Visit, filled: Filled) -> Response:
    """List the evaluations, and ask which period is evaluated next."""
    say = visit.say
    choices = tuple(Choice(value, say(words)) for value, words in PERIODS.items())
    questions = [
        Field("cycle", say("Đánh giá theo"), "radios", "quarter", choices=choices),
        Field("day", say("Một ngày trong kỳ"), width="10", hint=say("Ví dụ: 31/12/2026")),
    ]
    found = await evaluations(visit).listed(cursor=cursor_of(visit))
    fields = as_typed(questions, filled.typed, filled.wrong)
    return filled.page(visit, "surveys/evaluations.html", found=found, fields=fields)


async def begin(visit: Visit, form: Posted) -> Response:
    """Begin an evaluation."""
    body = {"cycle": form.text("cycle"), "day": day_typed(visit, "day", form.text("day"))}
    needed(visit, body, {"cycle": "Chọn quý hoặc năm"})
    made = await evaluations(visit).begin(body, form.key)
    return visit.go(Page.EVALUATION, number=made.number)


async def show_one(visit: Visit, filled: Filled) -> Response:
    """Show the figures of an evaluation, and its conclusion or the box for it."""
    one = await evaluations(visit).one(visit.part("number"))
    said = filled.typed.get("conclusion", "")
    served = await _served(visit, one)
    return filled.page(
        visit, "surveys/evaluation.html", one=one, said=said, served=served, shares=SHARES, of=OF
    )


async def _served(visit: Visit, one: EvaluationOut) -> tuple[SharesOut, ...]:
    """Read how the agencies' dossiers went in the days that are evaluated."""
    return await visit.stats.shares(period=one.cycle, day=one.first.isoformat())


@router.get(Page.EVALUATION_CSV)
async def csv(visit: OfficerDep) -> Response:
    """Hand the whole table out for spreadsheet programs; what is not told on the page is not told here."""
    one = await evaluations(visit).one(visit.part("number"))
    heads = [visit.say(words) for words in ("Mã", "Cơ quan", *SHARES.values())]
    rows = sheet(one, await _served(visit, one), heads, visit.say("trên số việc"))
    lines = BOM + table(rows, "en" if visit.lang == "en" else "vi")
    headers = {"content-disposition": f'attachment; filename="motcua-{one.number}.csv"'}
    return Response(lines, media_type="text/csv; charset=utf-8", headers=headers)


async def close(visit: Visit, form: Posted) -> Response:
    """Conclude."""
    body = {"conclusion": form.text("conclusion"), "version": form.version}
    needed(visit, body | {"version": True}, {"conclusion": "Ghi kết luận"})
    number = visit.part("number")
    await evaluations(visit).close(number, body)
    return visit.go(Page.EVALUATION, number=number, flash="Đã kết luận; số liệu được giữ như lúc này.")


form_page(router, Page.EVALUATIONS, FormFlow(show, begin, also=FORBIDDEN), officer)
form_page(router, Page.EVALUATION, FormFlow(show_one, close, also=FORBIDDEN), officer)
