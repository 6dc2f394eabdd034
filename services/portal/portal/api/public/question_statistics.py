"""The public figures of questions and feedback: a chart, the same numbers as a table, and a file for spreadsheets."""

from answers.stats import QuestionFiguresOut, QuestionGroup, Shown, Subject
from fastapi import APIRouter, Response

from portal.adapters import formats
from portal.api.public.statistics import MOST_PERIODS, PERIODS
from portal.api.relayed import relay_file
from portal.api.visit import Visit, VisitDep
from portal.domain.addresses import Page
from portal.domain.agency_tree import Step, step
from portal.domain.charts import columns
from portal.domain.fields import Choice, Field, offered

router = APIRouter()
SUBJECTS = {Subject.QUESTION: "Câu hỏi", Subject.FEEDBACK: "Phản ánh, kiến nghị"}
GROUPS = {QuestionGroup.AGENCY: "Cơ quan", QuestionGroup.TOPIC: "Chủ đề"}
CHOSEN = ("subject", "period", "year", "group", "agency")
YEARS = 5


@router.get(Page.QUESTION_FIGURES)
async def show(visit: VisitDep) -> Response:
    """Show the figures of the running period and of the year so far."""
    chosen = _chosen(visit)
    found = await visit.stats.questions(**chosen)
    last = found.totals[-1] if found.totals else None
    over_time = [
        (formats.period(one.period, visit.lang), (one.received, one.answered_in_time + one.answered_late))
        for one in found.totals[-MOST_PERIODS:]
    ]
    return visit.page(
        "public/question_statistics.html",
        found=found,
        rows=_steps(found, chosen),
        chosen=chosen,
        last=last,
        over_time=columns(over_time),
        questions=await _asked(visit, chosen),
        csv=visit.url(Page.QUESTION_FIGURES_CSV, **chosen),
        subject_label=visit.say(SUBJECTS[Subject(chosen["subject"])]),
        group_label=visit.say(GROUPS[QuestionGroup(chosen["group"])]),
    )


@router.get(Page.QUESTION_FIGURES_CSV)
async def csv(visit: VisitDep) -> Response:
    """Hand out the same figures as CSV."""
    return relay_file(visit, await visit.stats.questions_csv(**_chosen(visit)))


def _steps(found: QuestionFiguresOut, chosen: dict[str, str]) -> list[Step]:
    """Return the rows of the running period; of agencies the one that is chosen and those right below it."""
    rows = [row for row in found.rows if found.totals and row.period == found.totals[-1].period]
    if chosen["group"] != QuestionGroup.AGENCY:
        return [Step(row, opens=False) for row in rows]
    return step(rows, chosen["agency"], lambda row: row.key)


def _chosen(visit: Visit) -> dict[str, str]:
    asked = {name: visit.request.query_params.get(name, "")[:60] for name in CHOSEN}
    periods = visit.built.public_periods
    asked["period"] = asked["period"] if asked["period"] in periods else periods[0]
    asked["group"] = asked["group"] if asked["group"] in GROUPS else QuestionGroup.AGENCY
    asked["subject"] = asked["subject"] if asked["subject"] in SUBJECTS else Subject.QUESTION
    asked["year"] = asked["year"] if asked["year"].isdigit() else ""
    return asked


async def _asked(visit: Visit, chosen: dict[str, str]) -> list[Field]:
    agencies = offered(await visit.catalog.agencies(), visit.lang)
    this_year = visit.now.year
    lists = {
        "subject": ("Số liệu về", [Choice(code, visit.say(words)) for code, words in SUBJECTS.items()]),
        "period": (
            "Kỳ",
            [Choice(code, visit.say(PERIODS[Shown(code)])) for code in visit.built.public_periods],
        ),
        "year": ("Năm", [Choice(str(year), str(year)) for year in range(this_year, this_year - YEARS, -1)]),
        "group": ("Chia theo", [Choice(code, visit.say(words)) for code, words in GROUPS.items()]),
        "agency": ("Cơ quan", [Choice("", visit.say("Tất cả")), *agencies]),
    }
    return [
        Field(name, visit.say(label), "select", chosen[name], choices=tuple(choices))
        for name, (label, choices) in lists.items()
    ]
