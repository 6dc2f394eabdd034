"""Offer whoever stands at the desk to rate at the tablet: a code that works once, for minutes."""

from fastapi import APIRouter, Response

from portal.adapters.counter import Counter
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, as_typed

router = APIRouter()
REFUSED = frozenset((403, 404))


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask what was just done; where nothing can be offered the page says when it can."""
    code = visit.part("code")
    told = await visit.found(Counter(visit.link("qa")).offered(code))
    phases = tuple(Choice(one.phase, one.label) for one in told.phases if one.open) if told else ()
    first = phases[-1].value if phases else ""  # what ended last is what was just done
    asked = [Field("phase", visit.say("Vừa làm xong việc gì?"), "radios", first, choices=phases)]
    fields = as_typed(asked, filled.typed, filled.wrong) if phases else []
    return filled.page(visit, "desk/counter_offer.html", fields=fields, code=code)


async def offer(visit: Visit, form: Posted) -> Response:
    """Show a new code; it stands on this page alone."""
    phase, code = form.text("phase"), visit.part("code")
    needed(visit, {"phase": phase}, {"phase": "Chọn việc vừa làm xong"})
    made = await Counter(visit.link("qa")).offer(code, phase)
    tablet, scanned = f"{visit.built.public_url}{visit.url(Page.COUNTER)}", _scanned(visit, made.code)
    return visit.page("desk/counter_code.html", made=made, code=code, scanned=scanned, tablet=tablet)


def _scanned(visit: Visit, code: str) -> str:
    """Give the whole address a phone opens to rate by a code."""
    return f"{visit.built.public_url}{visit.url(Page.COUNTER_CODE, code=code.replace(' ', ''))}"


form_page(router, Page.COUNTER_OFFER, FormFlow(show, offer, also=REFUSED), officer)
