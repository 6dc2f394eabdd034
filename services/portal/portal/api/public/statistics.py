"""The public figures: charts, the same numbers as a table, and a file for spreadsheet programs."""

from answers.stats import Group, RowOut, Shown
from fastapi import APIRouter, Response
from regulation.channels import FILED

from portal.adapters import formats
from portal.api.relayed import relay_file
from portal.api.visit import Visit, VisitDep
from portal.domain.addresses import Page
from portal.domain.charts import columns, shares
from portal.domain.fields import Choice, Field, offered
from portal.domain.texts import named

router = APIRouter()
GROUPS = {
    Group.AGENCY: "Cơ quan",
    Group.LEVEL: "Cấp hành chính",
    Group.KIND: "Loại cơ quan",
    Group.FIELD: "Lĩnh vực",
    Group.CHANNEL: "Cách nộp",
}
PERIODS = {Shown.MONTH: "Tháng", Shown.QUARTER: "Quý", Shown.YEAR: "Năm"}
CHANNELS = {channel: words["vi"] for channel, words in FILED.items()}
FILTERS = ("period", "year", "group", "agency", "field", "channel")
MOST_BARS = 14
MOST_PERIODS = 6


@router.get(Page.FIGURES)
async def show(visit: VisitDep) -> Response:
    """Show the figures of the running period and of the year so far."""
    chosen = _chosen(visit)
    found = await visit.stats.public(**chosen)
    last = found.totals[-1] if found.totals else None
    rows = [row for row in found.rows if last and row.period == last.period]
    return visit.page(
        "public/statistics.html",
        found=found,
        rows=rows,
        last=last,
        over_time=columns(
            [
                (formats.period(t.period, visit.lang), (t.received, t.finished))
                for t in found.totals[-MOST_PERIODS:]
            ]
        ),
        by_group=shares([_share(visit, row) for row in rows[:MOST_BARS]]),
        questions=await _questions(visit, chosen),
        csv=visit.url(Page.FIGURES_CSV, **chosen),
        group_label=visit.say(GROUPS[Group(chosen["group"])]),
    )


@router.get(Page.FIGURES_CSV)
async def csv(visit: VisitDep) -> Response:
    """Hand out the same figures as CSV."""
    return relay_file(visit, await visit.stats.csv(**_chosen(visit)))


def _chosen(visit: Visit) -> dict[str, str]:
    asked = {name: visit.request.query_params.get(name, "")[:60] for name in FILTERS}
    offered = visit.built.public_periods
    asked["period"] = asked["period"] if asked["period"] in offered else offered[0]
    asked["group"] = asked["group"] if asked["group"] in GROUPS else Group.AGENCY
    asked["year"] = asked["year"] if asked["year"].isdigit() else ""
    return asked


def _share(visit: Visit, row: RowOut) -> tuple[str, float | None, str]:
    share = row.on_time_percent
    words = visit.say("chưa có hồ sơ xong") if share is None else f"{formats.number(share, visit.lang)} %"
    return named(row, "name", visit.lang)[0], share, words


async def _questions(visit: Visit, chosen: dict[str, str]) -> list[Field]:
    everything = Choice("", visit.say("Tất cả"))
    agencies = offered(await visit.catalog.agencies(), visit.lang)
    this_year = visit.now.year
    years = [Choice(str(year), str(year)) for year in range(this_year, this_year - 5, -1)]
    lists = {
        "period": (
            "Kỳ",
            [Choice(code, visit.say(PERIODS[Shown(code)])) for code in visit.built.public_periods],
        ),
        "year": ("Năm", years),
        "group": ("Chia theo", [Choice(code, visit.say(words)) for code, words in GROUPS.items()]),
        "agency": ("Cơ quan", [everything, *agencies]),
        "channel": (
            "Cách nộp",
            [everything, *(Choice(c, visit.say(words)) for c, words in CHANNELS.items())],
        ),
    }
    return [
        Field(name, visit.say(label), "select", chosen[name], choices=tuple(choices))
        for name, (label, choices) in lists.items()
    ]
