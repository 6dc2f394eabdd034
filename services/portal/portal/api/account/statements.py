"""What must be read and accepted before anything else: terms of use, what officers must not do, their duties."""

from fastapi import APIRouter, Response

from portal.api.account.sign_in import safe_target
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.visit import Visit, citizen
from portal.domain.addresses import Page


async def show(visit: Visit, filled: Filled) -> Response:
    """Show each text, those that are due first, with what was accepted of the others and when."""
    told = sorted(await visit.identity.statements(), key=lambda one: not one.due)
    target = filled.typed.get("tiep", "") or visit.request.query_params.get("tiep", "")
    due = [one for one in told if one.due]
    error = filled.wrong.get("agreed", "")
    return filled.page(visit, "account/statements.html", told=told, due=due, next_path=target, error=error)


async def accept(visit: Visit, form: Posted) -> Response:
    """Accept the versions that were shown, and go on to where the visitor wanted to go."""
    needed(visit, {"agreed": form.text("agreed")}, {"agreed": "Đánh dấu rằng bạn đã đọc và đồng ý"})
    shown = (pair.partition(":") for pair in form.texts("versions"))
    await visit.identity.accept({kind: version for kind, _, version in shown})
    visit.session.statements_due, visit.session.changed = False, True
    return visit.go(safe_target(form.text("tiep"), visit.frame.site), flash="Đã ghi nhận xác nhận của bạn.")


def routes(prefix: str) -> APIRouter:
    """Mount the page under a site's root."""
    mounted = APIRouter(prefix=prefix)
    form_page(mounted, Page.STATEMENTS, FormFlow(show, accept), citizen)
    return mounted
