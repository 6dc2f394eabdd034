"""Sign in with the outside identity provider, where the province has one: go there, and come back."""

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from portal.adapters.http import Json
from portal.api.account.sign_in import safe_target, show_again, sign_in_page, welcome
from portal.api.form_page import Filled, FormFlow, WrongInputError, sends, told_at
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, VisitDep, visit
from portal.domain.addresses import Address, Page, address

REFUSED = frozenset((401, 404, 424, 429))
BINDING, NEXT = "provider", "provider-next"
NOT_IN = "Chưa đăng nhập được bằng tài khoản định danh. Hãy thử lại, hoặc đăng nhập cách khác."


async def begin(visit: Visit, form: Posted) -> Response:
    """Lead to the provider by a page of ours: a form itself may be sent nowhere else."""
    begun = await visit.identity.begin_provider(visit.frame.site)
    target = safe_target(form.text("tiep"), visit.frame.site)
    visit.session.notes |= {BINDING: begun.binding, NEXT: target}
    visit.session.changed = True
    answer = visit.page("account/provider.html", place=begun.url)
    answer.headers["refresh"] = f"0;url={begun.url}"
    return answer


async def end(visit: Visit, form: Posted) -> Response:
    """Sign in with what the provider answered, which is good once."""
    asked, notes = visit.request.query_params, visit.session.notes
    binding, visit.session.changed = notes.pop(BINDING, ""), True
    if not (binding and asked.get("code") and asked.get("state")):
        raise WrongInputError(FormError("", visit.say(NOT_IN)))
    body: Json = {"door": visit.frame.site, "binding": binding, "issuer": asked.get("iss")}
    tokens = await visit.identity.end_provider({**body, "code": asked["code"], "state": asked["state"]})
    target = safe_target(notes.pop(NEXT, ""), visit.frame.site)
    await welcome(visit, tokens)
    if visit.frame.site != "officer":
        await visit.spare(_join(visit), 0)
    return visit.go(target)


async def _join(visit: Visit) -> int:
    """Take over what was written down for the visitor at a counter; that can wait where a service is away."""
    statement = await visit.identity.number_statement()
    return await visit.dossiers.join(statement) if statement else 0


async def refused(visit: Visit, filled: Filled) -> Response:
    """Tell it on the sign-in page; what the provider sent stands in no link of it."""
    target = safe_target(visit.session.notes.pop(NEXT, ""), visit.frame.site)
    shown = {"path": address(Page.SIGN_IN, visit.frame.site), "query": "", "next_path": target}
    return sign_in_page(visit, status=401, errors=filled.errors, **shown)


async def come_back(visit: VisitDep) -> Response:
    """Take what the provider answered; whatever is wrong with it is told in one sentence."""
    return await BACK.answer(visit, Posted(FormData()))


FORM = FormFlow(show_again, begin, told_at(""), REFUSED)
BACK = FormFlow(refused, end, told_at(""), REFUSED)


def routes(page: Address) -> APIRouter:
    """Mount the way there and back at the address that is registered with the provider."""
    router = APIRouter()
    sends(router, page, FORM, visit)
    router.add_api_route(page, come_back, methods=["GET"])
    return router
