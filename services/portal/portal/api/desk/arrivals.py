"""How a desk officer wants to hear of what arrives."""

from answers.notify import Arrivals
from fastapi import APIRouter, Response

from portal.adapters.notify import Reached
from portal.api.form_page import Filled, FormFlow, form_page, needed, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, as_typed

router = APIRouter()


async def show(visit: Visit, filled: Filled) -> Response:
    """Show how the officer hears now, and both ways."""
    now = await Reached(visit.link("notify")).arrivals()
    every = visit.say(
        "Trong giờ làm việc, nhiều nhất một tin mỗi {minutes} phút, dù có bao nhiêu hồ sơ.",
        minutes=now.every_minutes,
    )
    daily = "Một tin mỗi ngày làm việc: số hồ sơ chờ kiểm tra, quá hạn kiểm tra, đã bổ sung."
    ways = (
        Choice(Arrivals.AT_ONCE, visit.say("Khi hồ sơ đến"), every),
        Choice(Arrivals.DIGEST, visit.say("Trong bản tổng hợp mỗi sáng"), visit.say(daily)),
    )
    asked = visit.say("Bạn muốn biết có hồ sơ mới khi nào?")
    fields = as_typed(
        [Field("arrivals", asked, "radios", now.arrivals, choices=ways)], filled.typed, filled.wrong
    )
    return filled.page(visit, "desk/arrivals.html", fields=fields, chosen=now.chosen)


async def choose(visit: Visit, form: Posted) -> Response:
    """Keep the choice."""
    body = {"arrivals": form.text("arrivals")}
    needed(visit, body, {"arrivals": "Chọn một cách nhận tin"})
    await Reached(visit.link("notify")).choose_arrivals(body, form.key)
    return visit.go(Page.ARRIVALS, flash="Đã lưu cách nhận tin.")


form_page(router, Page.ARRIVALS, FormFlow(show, choose, told_at("arrivals")), officer)
