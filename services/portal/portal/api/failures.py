"""What a visitor sees when something is not there, not allowed, too much, or broken."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import structlog
from common.api.problems import incident
from common.errors import DomainError
from common.logs import where
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.adapters.http import ServiceAnswerError, ServiceUnreachableError
from portal.adapters.tokens import close
from portal.api.account.sign_in import STASH, sign_in_page
from portal.api.busy import AWAY, FAILURES, again_after, told_when
from portal.api.forms import HIDDEN, StrangeFormError, same_origin
from portal.api.gates import (
    FactorNeededError,
    LostLinkError,
    PasswordChangeNeededError,
    SignInNeededError,
    StatementsNeededError,
)
from portal.api.visit import Visit
from portal.domain.addresses import Page

log = structlog.get_logger()
STASH_LIMIT = 200_000
SECRET = frozenset({"password", "new", "current"})
"""Fields that are typed anew rather than written into a page."""


def _visit(request: Request) -> Visit:
    return Visit(request, request.app.state.built, request.state.frame)


async def need_sign_in(request: Request, error: Exception) -> Response:
    """Ask for sign-in and keep what was typed: sealed in the sign-in page, for the same person only."""
    visit = _visit(request)
    who = str(visit.session.account.get("id", ""))
    if visit.session.signed_in:
        close(visit.session)
    if request.headers.get("hx-request"):
        text = visit.say(
            "Phiên làm việc đã hết. Bấm “Lưu và tiếp tục” để đăng nhập lại; nội dung vừa nhập được giữ."
        )
        return HTMLResponse(text)
    if request.method == "GET":
        return visit.go(Page.SIGN_IN, tiep=_here(request, visit))
    stash = await _stash(visit, who)
    return sign_in_page(visit, status=401, stash=stash, ended=True)


def _here(request: Request, visit: Visit) -> str:
    """Return where the visitor is, with what the address asks for."""
    return visit.frame.path + (f"?{request.url.query}" if request.url.query else "")


async def _stash(visit: Visit, who: str) -> str:
    fields = dict(await _fields(visit.request))
    return (
        visit.built.seal.close({"path": visit.frame.path, "fields": fields, "who": who}, STASH)
        if fields
        else ""
    )


async def _fields(request: Request) -> list[tuple[str, str]]:
    """Return what a form of ours sent and may be sent again; nothing where it is somebody else's, or too much.

    A field that stands several times, as boxes do, comes as often.
    """
    if not same_origin(request):
        return []
    sent, gone = (await request.form()).multi_items(), HIDDEN - {"request_key", "shown"}
    fields = [(name, value) for name, value in sent if isinstance(value, str) and name not in gone]
    return fields if sum(len(value) for _, value in fields) <= STASH_LIMIT else []


async def need_password(request: Request, error: Exception) -> Response:
    """Lead to the page where the first password is replaced."""
    return _visit(request).go(Page.PASSWORD)


async def need_statements(request: Request, error: Exception) -> Response:
    """Lead to what must be read and accepted, and from there back to this page."""
    visit = _visit(request)
    return visit.go(Page.STATEMENTS, tiep=visit.frame.path)


async def need_factor(request: Request, error: Exception) -> Response:
    """Lead to the second factor, and from there back to this page; a citizen, who has none, signs in anew."""
    visit = _visit(request)
    if visit.frame.site != "officer":
        with suppress(ServiceAnswerError, ServiceUnreachableError):
            await visit.identity.sign_out()
        close(visit.session)
        again = "Việc này cần đăng nhập lại ngay trước đó. Hãy đăng nhập rồi làm lại."
        return visit.go(Page.SIGN_IN, flash=again, tiep=visit.frame.path)
    return visit.go(Page.FACTOR, tiep=_here(request, visit))


async def service_said_no(request: Request, error: Exception) -> Response:
    """Show a service's refusal that no page handled."""
    if not isinstance(error, ServiceAnswerError):
        raise error
    if error.status == 401:
        return await need_sign_in(request, error)
    if error.code == "password-change-required":
        visit = _visit(request)
        visit.session.must_change_password = visit.session.changed = True
        return await need_password(request, error)
    if error.code in ("second-factor-required", "step-up-required"):
        return await need_factor(request, error)
    if error.code == "account-limited":
        return _visit(request).page("account/limited.html", status=403)
    if error.code == "draft-already-submitted" and error.place:
        visit, code = _visit(request), error.place.rpartition("/")[2]
        return visit.go(Page.DESK_DOSSIER if visit.frame.site == "officer" else Page.SUBMITTED, code=code)
    status = error.status if error.status in FAILURES else 422
    return _visit(request).failure(status, detail=error.detail, wait=error.retry_after)


async def service_away(request: Request, error: Exception) -> Response:
    """Say that a part of the suite does not answer; what was sent stands in the page, to be sent again."""
    visit = _visit(request)
    fields = await _fields(request) if request.method == "POST" else []
    if not fields or request.headers.get("hx-request"):
        answer = told_when(visit.failure(AWAY))
        if request.method == "GET":
            answer.headers["refresh"] = again_after()  # as the page of the edge does
        return answer
    return told_when(_kept(visit, fields, status=200, old=False))


def upload_refused(request: Request, error: DomainError) -> Response:
    """Say that a file was too large, or that too many are being sent at this moment."""
    answer = _visit(request).failure(error.status)
    return told_when(answer) if error.status == AWAY else answer


async def strange_form(request: Request, error: Exception) -> Response:
    """Say that the page was too old to be sent; what our own page sent stands in the answer, to be sent again."""
    visit = _visit(request)
    if not visit.session.signed_in and visit.frame.ended and same_origin(request):
        return await need_sign_in(request, error)
    fields = await _fields(request)
    if not fields or request.headers.get("hx-request"):
        return visit.failure(403, kind="old_form")
    return _kept(visit, fields, status=403, old=True)


def _kept(visit: Visit, fields: Sequence[tuple[str, str]], *, status: int, old: bool) -> HTMLResponse:
    left = [(name, value) for name, value in fields if name not in SECRET]
    code = incident(visit.request)
    return visit.page("kept.html", status=status, fields=left, incident=code, old=old)


async def lost_link(request: Request, error: Exception) -> Response:
    """Say that a link was not copied whole, and where to look for it."""
    return _visit(request).page("questions/lost_link.html", status=404)


async def http_error(request: Request, error: Exception) -> Response:
    """Show the page of an HTTP error raised by the framework."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _visit(request).failure(404 if status == 405 else status)


async def strange_address(request: Request, error: Exception) -> Response:
    """Treat an address whose parts make no sense as a page that does not exist."""
    return _visit(request).failure(404)


class Apology:
    """Innermost middleware: a failure nobody foresaw becomes a page that says so and shows nothing of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the page answer; apologise when it cannot."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            log.error("page failed", error=where(error))
            await _visit(Request(scope, receive)).failure(500)(scope, receive, send)


HANDLERS: Mapping[Any, Any] = {
    SignInNeededError: need_sign_in,
    PasswordChangeNeededError: need_password,
    FactorNeededError: need_factor,
    StatementsNeededError: need_statements,
    ServiceAnswerError: service_said_no,
    ServiceUnreachableError: service_away,
    StrangeFormError: strange_form,
    LostLinkError: lost_link,
    HTTPException: http_error,
    RequestValidationError: strange_address,
}


def add_failure_pages(app: FastAPI) -> None:
    """Replace the JSON problems of the other services by pages."""
    app.user_middleware.append(Middleware(Apology))  # appended is innermost
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
