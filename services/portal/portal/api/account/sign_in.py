"""Sign in, sign out, stay signed in; the same pages serve citizens and, under their own address, officers."""

import contextlib

from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError, ServiceUnreachableError
from portal.adapters.sessions import Session
from portal.adapters.tokens import close, fill
from portal.api.forms import PostedDep
from portal.api.visit import FormError, SignInNeededError, Visit, VisitDep
from portal.domain.addresses import OFFICER_ROOT, Page, root_of

STASH_SECONDS = 12 * 3600
KINDS = {"citizen": "citizen", "officer": "officer"}


def safe_target(text: str, site: str) -> str:
    """Take a page of this very site to go on to; anything else leads to the start page."""
    inside = text.startswith("/") and not text.startswith("//") and "\\" not in text
    on_site = text.startswith(OFFICER_ROOT) == (site == "officer")
    return text if inside and on_site else root_of(site) or Page.HOME


def sign_in_page(
    visit: Visit, *, errors: tuple[FormError, ...] = (), status: int = 200, **context: object
) -> Response:
    """Answer with the sign-in page."""
    known = {
        "stash": "",
        "next_path": "",
        "ended": False,
        "login": "",
        "captcha": None,
    }
    return visit.page("account/sign_in.html", status=status, errors=errors, **{**known, **context})


async def show(visit: VisitDep, tiep: str = "") -> Response:
    """Ask who it is; somebody signed in goes on."""
    target = safe_target(tiep, visit.frame.site)
    if visit.session.signed_in:
        return visit.go(target)
    return sign_in_page(visit, next_path=target, ended=visit.frame.ended)


async def sign_in(visit: VisitDep, form: PostedDep) -> Response:
    """Sign in and go on, or take up again what the ended session interrupted."""
    target, stash = safe_target(form.text("tiep"), visit.frame.site), form.text("stash")
    answer = {"token": form.text("captcha_token"), "answer": form.text("captcha_answer")}
    body: Json = {"login": form.text("login"), "password": str(form.form.get("password", ""))}
    if answer["token"]:
        body["captcha"] = answer
    try:
        tokens = await visit.identity.sign_in(body)
    except ServiceAnswerError as refusal:
        return await _refused(visit, refusal, login=body["login"], next_path=target, stash=stash)
    if tokens["account"].get("kind") != KINDS[visit.frame.site]:
        return _wrong_door(visit, body["login"])
    await welcome(visit, tokens)
    return _resume(visit, stash) or visit.go(target)


async def welcome(visit: Visit, tokens: Json) -> None:
    """Open a fresh session for the tokens, and learn the name of an officer's agency."""
    visit.frame.session = session = Session()
    fill(session, tokens, visit.house.clock())
    visit.forget_links()
    agency = session.account.get("agency")
    if agency and "agency_name" not in session.account:
        try:
            session.account["agency_name"] = (await visit.catalog.agency(agency)).get("name", agency)
        except (ServiceAnswerError, ServiceUnreachableError):
            session.account["agency_name"] = agency


async def _refused(visit: Visit, refusal: ServiceAnswerError, **typed: str) -> Response:
    captcha = None
    if refusal.code.startswith("captcha"):
        captcha = await visit.identity.captcha()
    fields = {p.field for p in refusal.problems}
    place = "captcha_answer" if captcha else "login"
    message = refusal.problems[0].message if fields - {"login", "password"} else refusal.detail
    errors = (FormError(place, message or visit.say("Tên đăng nhập hoặc mật khẩu không đúng.")),)
    return sign_in_page(visit, errors=errors, status=422, captcha=captcha, **typed)


def _wrong_door(visit: Visit, login: str) -> Response:
    words = {
        "officer": "Đây là cổng dành cho cán bộ. Tài khoản công dân đăng nhập ở Cổng dịch vụ công.",
        "citizen": "Đây là tài khoản cán bộ. Hãy đăng nhập ở cổng dành cho cán bộ.",
    }[visit.frame.site]
    return sign_in_page(visit, errors=(FormError("login", visit.say(words)),), status=422, login=login)


def _resume(visit: Visit, stash: str) -> Response | None:
    kept = visit.house.seal.open(stash, STASH_SECONDS) if stash else None
    if not isinstance(kept, dict) or kept["who"] not in ("", visit.session.account.get("id")):
        return None
    return visit.page("account/resume.html", target=kept["path"], fields=kept["fields"])


async def sign_out(visit: VisitDep, form: PostedDep) -> Response:
    """Sign out here and on the server."""
    if visit.session.signed_in:
        with contextlib.suppress(ServiceAnswerError, ServiceUnreachableError):
            await visit.identity.sign_out()
        close(visit.session)
    return visit.go(Page.SIGN_IN if visit.frame.site == "officer" else Page.HOME, flash="Bạn đã đăng xuất.")


async def extend(visit: VisitDep, form: PostedDep) -> Response:
    """Keep the session alive; without JavaScript, come back to the start page."""
    if not visit.session.signed_in:
        raise SignInNeededError
    visit.session.changed = True
    return visit.go(visit.start, flash="Phiên làm việc đã được gia hạn.")


def routes(prefix: str) -> APIRouter:
    """Mount the sign-in pages under a site's root."""
    router = APIRouter(prefix=prefix)
    router.add_api_route(Page.SIGN_IN, show, methods=["GET"])
    router.add_api_route(Page.SIGN_IN, sign_in, methods=["POST"])
    router.add_api_route(Page.SIGN_OUT, sign_out, methods=["POST"])
    router.add_api_route(Page.EXTEND, extend, methods=["POST"])
    return router
