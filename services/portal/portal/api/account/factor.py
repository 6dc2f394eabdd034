"""The second factor of officers: show it, or set up an app; every page whole without JavaScript."""

from fastapi import APIRouter, Response

from portal.adapters.tokens import fill
from portal.api.account.sign_in import safe_target
from portal.api.form_page import Filled, FormFlow, form_page, needed, sends, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403, 429))
ASKED = {"code": "Nhập mã xác thực"}


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask for the code; who has no app yet sets one up."""
    if visit.session.owes == "enrolment":
        return visit.go(Page.ENROL)
    fields = [account_forms.factor(visit.say, filled.wrong)]
    target = visit.request.query_params.get("tiep", "") or filled.typed.get("tiep", "")
    held = await visit.spare(visit.identity.passkeys(), None)  # without the list a code still opens
    keys = held is not None and any(one.copied_at is None for one in held.items)
    told = {"keys": keys, "app": held is None or held.app or not held.items}
    return filled.page(visit, "account/factor.html", fields=fields, next_path=target, **told)


async def prove(visit: Visit, form: Posted) -> Response:
    """Show the second factor and go on to what it was asked for."""
    code = form.text("code")
    needed(visit, {"code": code}, ASKED)
    fill(visit.session, await visit.identity.prove_factor(code), visit.built.clock())
    target = safe_target(form.text("tiep"), visit.frame.site)
    return visit.go(target, flash="Đã xác thực hai bước. Bạn có thể tiếp tục.")


async def explain(visit: Visit, filled: Filled) -> Response:
    """Say what an app is for; nothing begins before the button is pressed."""
    return filled.page(visit, "account/enrol.html", offer=None)


async def offer(visit: Visit, form: Posted) -> Response:
    """Show the secret of the app."""
    return await enter(visit, Filled())


async def enter(visit: Visit, filled: Filled) -> Response:
    """Ask for the first code of the app; asked again, the secret is the same."""
    offered = await visit.identity.enrol_factor()
    fields = [account_forms.factor(visit.say, filled.wrong)]
    return filled.page(visit, "account/enrol.html", fields=fields, offer=offered)


async def confirm(visit: Visit, form: Posted) -> Response:
    """Turn the second factor on and show the recovery codes, this once."""
    code = form.text("code")
    needed(visit, {"code": code}, ASKED)
    confirmed = await visit.identity.confirm_factor(code)
    fill(visit.session, confirmed.tokens, visit.built.clock())
    if not confirmed.recovery_codes:
        return visit.go(Page.START, flash="Đã bật ứng dụng xác thực.")
    return visit.page("account/recovery_codes.html", codes=confirmed.recovery_codes)


form_page(router, Page.FACTOR, FormFlow(show, prove, also=REFUSED), officer)
form_page(router, Page.ENROL, FormFlow(explain, offer, told_at(""), also=REFUSED), officer)
sends(router, Page.ENROL_CODE, FormFlow(enter, confirm, also=REFUSED), officer)
