"""Sign in, sign out, stay signed in; the same pages serve citizens and, under their own address, officers."""

import contextlib
from collections.abc import Sequence

from answers.identity import TokenOut
from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError, ServiceUnreachableError
from portal.adapters.sessions import Session
from portal.adapters.tokens import close, fill
from portal.api.form_page import Filled, FormFlow, WrongInputError, sends
from portal.api.forms import Posted, PostedDep
from portal.api.gates import SignInNeededError
from portal.api.visit import FormError, Visit, VisitDep, visit
from portal.domain.addresses import OFFICER_ROOT, Page, root_of
from portal.domain.cookies import DEVICE

SIGNED_IN = "signed_in"
"""How identity names an entry of its access log that opened a session."""
STASH, STASH_SECONDS = "stash", 12 * 3600
REFUSED = {
    "officer": "Tên đăng nhập hoặc mật khẩu không đúng.",
    "citizen": "Thư điện tử, số điện thoại, số định danh hoặc mật khẩu không đúng.",
}
"""Why nobody came in, in the words of the fields of each site's page."""
REMINDER = "Mật khẩu của bạn đã dùng lâu. Nên đổi mật khẩu mới trong trang tài khoản."
"""What is said where the regulation reminds of an old password. Source: R-ACC-14"""


def safe_target(text: str, site: str) -> str:
    """Take a page of this very site to go on to; anything else leads to the start page."""
    inside = text.startswith("/") and not text.startswith("//") and "\\" not in text
    on_site = text.startswith(OFFICER_ROOT) == (site == "officer")
    return text if inside and on_site else root_of(site) or Page.HOME


def sign_in_page(
    visit: Visit, *, status: int = 200, errors: Sequence[FormError] = (), **context: object
) -> Response:
    """Answer with the sign-in page."""
    known = {"stash": "", "next_path": "", "ended": False, "login": "", "work": None, **context}
    return visit.page("account/sign_in.html", status=status, errors=errors, **known)


async def show(visit: VisitDep, tiep: str = "") -> Response:
    """Ask who it is; somebody signed in goes on."""
    target = safe_target(tiep, visit.frame.site)
    if visit.session.signed_in:
        return visit.go(target)
    return sign_in_page(visit, next_path=target, ended=visit.frame.ended)


async def show_again(visit: Visit, filled: Filled) -> Response:
    """Show the page with what is wrong, and give the browser work where identity asks for it."""
    return sign_in_page(
        visit,
        status=422,
        errors=filled.errors,
        work=await visit.identity.work() if filled.code.startswith("work") else None,
        login=filled.typed.get("login", ""),
        next_path=safe_target(filled.typed.get("tiep", ""), visit.frame.site),
        stash=visit.stash,
    )


async def sign_in(visit: Visit, form: Posted) -> Response:
    """Sign in and go on, or take up again what the ended session interrupted."""
    visit.stash = form.text("stash")
    body: Json = {"login": form.text("login"), "password": str(form.form.get("password", ""))}
    body |= {"door": visit.frame.site, "device": visit.frame.kept.get(DEVICE, "")}
    if form.text("work"):
        body["work"] = form.text("work")
    tokens = await visit.identity.sign_in(body)
    if tokens.account.kind != visit.frame.site:  # identity refuses it already, in the same words
        raise WrongInputError(FormError("login", visit.say(REFUSED[visit.frame.site])))
    if tokens.device:
        visit.frame.keeps[DEVICE] = tokens.device
    await welcome(visit, tokens)
    told = REMINDER if tokens.change_due == "remind" else ""
    return _resume(visit) or visit.go(safe_target(form.text("tiep"), visit.frame.site), flash=told)


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell why not, without saying which of name and password is wrong."""
    place = "password" if refusal.code.startswith("work") else "login"
    if refusal.code == "sign-in-refused":
        return [FormError(place, visit.say(REFUSED[visit.frame.site]))]
    others = {p.field for p in refusal.problems} - {"login", "password"}
    message = refusal.problems[0].message if others else refusal.detail
    return [FormError(place, message or visit.say(REFUSED[visit.frame.site]))]


async def welcome(visit: Visit, tokens: TokenOut) -> None:
    """Open a fresh session for the tokens, and learn the name of an officer's agency."""
    visit.frame.session = session = Session()
    fill(session, tokens, visit.built.clock())
    visit.forget_links()
    agency = session.account.get("agency")
    if visit.frame.site == "citizen":
        await remember_last(visit)
    if agency and "agency_name" not in session.account:
        found = await visit.spare(visit.catalog.agency(agency), None)
        session.account["agency_name"] = found.name if found else agency


async def remember_last(visit: Visit) -> None:
    """Remember when the visitor was here before, so that the start page tells what changed since. Source: R-TRK-14"""
    entries = await visit.spare(visit.identity.access_log(), ())
    before = [entry.at for entry in entries if entry.action == SIGNED_IN][1:2]
    if before:
        visit.session.notes["last_here"] = before[0].isoformat()


def _resume(visit: Visit) -> Response | None:
    kept = visit.built.seal.open(visit.stash, STASH_SECONDS, STASH) if visit.stash else None
    if not isinstance(kept, dict) or kept["who"] not in ("", visit.session.account.get("id")):
        return None
    return visit.page("account/resume.html", target=kept["path"], fields=kept["fields"])


async def sign_out(visit: VisitDep, form: PostedDep) -> Response:
    """Sign out here and on the server."""
    if visit.session.signed_in:
        with contextlib.suppress(ServiceAnswerError, ServiceUnreachableError):
            await visit.identity.sign_out()
        close(visit.session)
    target = Page.SIGN_IN if visit.frame.site == "officer" else Page.HOME
    return visit.go(target, flash="Bạn đã đăng xuất.")


async def extend(visit: VisitDep, form: PostedDep) -> Response:
    """Keep the session alive; without JavaScript, come back to the start page."""
    if not visit.session.signed_in:
        raise SignInNeededError
    visit.session.changed = True
    return visit.go(visit.start, flash="Phiên làm việc đã được gia hạn.")


FORM = FormFlow(show_again, sign_in, told, also=frozenset((400, 401, 403, 404, 429)))


def routes(prefix: str) -> APIRouter:
    """Mount the sign-in pages under a site's root."""
    router = APIRouter(prefix=prefix)
    router.add_api_route(Page.SIGN_IN, show, methods=["GET"])
    sends(router, Page.SIGN_IN, FORM, visit)
    router.add_api_route(Page.SIGN_OUT, sign_out, methods=["POST"])
    router.add_api_route(Page.EXTEND, extend, methods=["POST"])
    return router
