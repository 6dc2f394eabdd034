"""The second factor of officers: show it, set it up, renew it; every page whole without JavaScript."""

from textwrap import wrap

from fastapi import APIRouter, Response

from portal.adapters.tokens import fill
from portal.api.account.sign_in import safe_target
from portal.api.form_page import Filled, FormFlow, form_page, needed, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain import account_forms
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403, 429))
KEY_GROUP = 4
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
    tokens = await visit.identity.prove_factor(code)
    fill(visit.session, tokens, visit.built.clock())
    target = safe_target(form.text("tiep"), visit.frame.site)
    if tokens.codes_left is not None:
        return _spent(visit, tokens.codes_left, target)
    return visit.go(target, flash="Đã xác thực hai bước. Bạn có thể tiếp tục.")


def _spent(visit: Visit, left: int, target: str) -> Response:
    """Say that the recovery code is spent, where fresh ones are made and a new app is set up."""
    words = "Đã xác thực bằng một mã khôi phục; mã đó không dùng được nữa. Còn {n} mã."
    visit.session.flash, visit.session.changed = visit.say(words, n=left), True
    return visit.go(Page.ENROL, tiep=target)


async def explain(visit: Visit, filled: Filled) -> Response:
    """Say what an app is for, or of what the own second factor is made; nothing begins before a button is pressed."""
    if visit.session.owes == "proof":
        return visit.go(Page.FACTOR, tiep=Page.ENROL)
    held = await visit.identity.factor()
    if not held.enrolled:
        return filled.page(visit, "account/enrol.html", offer=None)
    target = visit.request.query_params.get("tiep", "")
    on = safe_target(target, visit.frame.site) if target else ""
    return filled.page(visit, "account/factor_state.html", held=held, next_path=on)


async def offer(visit: Visit, form: Posted) -> Response:
    """Show the secret of the app."""
    return await enter(visit, Filled())


async def enter(visit: Visit, filled: Filled) -> Response:
    """Ask for the first code of the app; asked again, the secret is the same."""
    offered = await visit.identity.enrol_factor()
    held = await visit.identity.factor()
    key = " ".join(wrap(offered.key, KEY_GROUP))
    fields = [account_forms.first_factor(visit.say, filled.wrong)]
    told = {"offer": offered, "key": key, "replacing": held.app_since is not None}
    return filled.page(visit, "account/enrol.html", fields=fields, **told)


async def confirm(visit: Visit, form: Posted) -> Response:
    """Turn the second factor on and show the recovery codes, this once."""
    code = form.text("code")
    needed(visit, {"code": code}, ASKED)
    confirmed = await visit.identity.confirm_factor(code)
    fill(visit.session, confirmed.tokens, visit.built.clock())
    if not confirmed.recovery_codes:
        return visit.go(
            Page.ENROL, flash="Ứng dụng xác thực mới đã bật; ứng dụng cũ, nếu có, không dùng được nữa."
        )
    return visit.page("account/recovery_codes.html", codes=confirmed.recovery_codes)


async def again(visit: Visit, filled: Filled) -> Response:
    """Lead who comes back from the proof to where the button stands."""
    return visit.go(Page.ENROL)


async def ask_codes(visit: Visit, filled: Filled) -> Response:
    """Say what fresh recovery codes mean for the old ones."""
    return filled.page(visit, "account/new_codes.html", held=await visit.identity.factor())


async def renew_codes(visit: Visit, form: Posted) -> Response:
    """Make fresh recovery codes and show them, this once."""
    made = await visit.identity.renew_codes()
    return visit.page("account/recovery_codes.html", codes=made.recovery_codes, renewed=True)


form_page(router, Page.FACTOR, FormFlow(show, prove, also=REFUSED), officer)
form_page(router, Page.ENROL, FormFlow(explain, offer, told_at(""), also=REFUSED), officer)
shows(router, Page.ENROL_CODE, again, officer)
sends(router, Page.ENROL_CODE, FormFlow(enter, confirm, also=REFUSED), officer)
form_page(router, Page.NEW_CODES, FormFlow(ask_codes, renew_codes, told_at(""), also=REFUSED), officer)
