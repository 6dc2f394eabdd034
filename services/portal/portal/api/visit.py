"""One visitor's request: who asks, in which language, and the ways to answer with a page."""

import uuid
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

import httpx
from common.api.deps import client_address
from common.api.problems import incident
from common.ended import Ended
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from portal.adapters.catalog import Catalog
from portal.adapters.http import Link, ServiceAnswerError, ServiceUnreachableError, plain
from portal.adapters.identity import Identity
from portal.adapters.intake import DeskLists, Dossiers, Drafts
from portal.adapters.notices import Notices
from portal.adapters.notify import Inbox
from portal.adapters.processing import Processing
from portal.adapters.questions import Questions
from portal.adapters.registers import Registers
from portal.adapters.rendering import Renderer, localized
from portal.adapters.sessions import Seal, Session
from portal.adapters.stats import Stats
from portal.adapters.streams import Streams
from portal.adapters.tokens import Tokens
from portal.adapters.ways import Ways
from portal.api.busy import FAILURES, KEY_USED, SENT_BEFORE
from portal.api.gates import pass_gates
from portal.api.shell import Frame
from portal.domain.addresses import Address, Page

T = TypeVar("T")
U = TypeVar("U")
LANGUAGE_TAGS = {"vi": "vi, en;q=0.5", "en": "en, vi;q=0.5"}


@dataclass(frozen=True)
class Built:
    """What all requests of the portal share."""

    base_url: Ways
    public_url: str
    """Where people open the portal; printed in QR codes."""
    session_minutes: int
    """How long a session of somebody not signed in is kept without a request."""
    renderer: Renderer
    http: httpx.AsyncClient
    seal: Seal
    tokens: Tokens
    ended: Ended
    clock: Any  # gives the epoch second
    streams: Streams = field(default_factory=Streams)
    notices: Notices = field(default_factory=Notices)
    security_contact: str = ""  # where a weakness of the site is reported
    lookups: tuple[str, ...] = ()  # ways in operation
    public_periods: tuple[str, ...] = ("month", "quarter", "year")  # the usual one first


@dataclass(frozen=True)
class FormError:
    """One line of the error summary: the field it points at and what to do."""

    field: str
    message: str


@dataclass
class Visit:
    """One request, with the services bound to the visitor and the page tools."""

    request: Request
    built: Built
    frame: Frame
    stash: str = ""  # what an ended session interrupted, sealed; the sign-in page carries it
    repeats: str = ""  # the request key of a form that is shown again and must count once
    _links: dict[str, Link] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        """Give the session, empty for somebody not signed in."""
        return self.frame.session

    @property
    def lang(self) -> str:
        """Give the language of the page."""
        return self.frame.lang

    @property
    def now(self) -> datetime:
        """Give the instant of the request, UTC."""
        return datetime.fromtimestamp(self.built.clock(), UTC)

    @property
    def rights(self) -> frozenset[str]:
        """Give what identity says the visitor may do, as ``desk.read``; none where nobody is signed in."""
        return frozenset(self.session.account.get("rights", ()))

    def link(self, service: str) -> Link:
        """Give the way to a service on behalf of this visitor."""
        if service not in self._links:
            headers = {
                "Accept-Language": LANGUAGE_TAGS[self.lang],
                "User-Agent": plain(self.request.headers.get("user-agent", "")),
                "X-Forwarded-For": client_address(self.request),
            }
            if self.session.access_token:
                headers["Authorization"] = f"Bearer {self.session.access_token}"
            self._links[service] = Link(self.built.http, self.built.base_url(service), headers)
        return self._links[service]

    def forget_links(self) -> None:
        """Bind the services anew after the tokens changed."""
        self._links.clear()

    @property
    def catalog(self) -> Catalog:
        """Give the catalogue."""
        return Catalog(self.link("catalog"))

    @property
    def identity(self) -> Identity:
        """Give the accounts."""
        return Identity(self.link("identity"))

    @property
    def drafts(self) -> Drafts:
        """Give the visitor's drafts."""
        return Drafts(self.link("intake"))

    @property
    def dossiers(self) -> Dossiers:
        """Give the dossiers in the visitor's reach."""
        return Dossiers(self.link("intake"))

    @property
    def desk(self) -> DeskLists:
        """Give the one-stop desk's lists."""
        return DeskLists(self.link("intake"))

    @property
    def processing(self) -> Processing:
        """Give the dossiers in the hands of the officer's agency."""
        return Processing.nearest(self.link("processing"), self.session.account, self.built.base_url)

    @property
    def inbox(self) -> Inbox:
        """Give the visitor's messages."""
        return Inbox(self.link("notify"))

    @property
    def stats(self) -> Stats:
        """Give the public figures."""
        return Stats(self.link("stats"))

    @property
    def questions(self) -> Questions:
        """Give the questions and answers."""
        return Questions(self.link("qa"), self.built.base_url)

    @property
    def registers(self) -> Registers:
        """Give the books."""
        return Registers(self.link("registers"))

    def say(self, vietnamese: str, **parts: object) -> str:
        """Say a sentence in the language of the page."""
        return self.built.renderer.say(self.lang, vietnamese, **parts)

    def url(self, target: Address | str, /, **parts: object) -> str:
        """Give the address of a page, or of a path of this site, in the language of this one."""
        return localized(target, self.frame.prefix, self.frame.site, **parts)

    def page(
        self, template: str, *, status: int = 200, errors: Sequence[FormError] = (), **context: object
    ) -> HTMLResponse:
        """Answer with a page."""
        return HTMLResponse(self.fragment(template, errors=errors, **context), status)

    def fragment(self, template: str, **context: object) -> str:
        """Render a template with what every page knows."""
        flash, self.session.flash = self.session.flash, ""
        self.session.changed = self.session.changed or bool(flash)
        known: Mapping[str, object] = {
            "account": self.session.account if self.session.signed_in else None,
            "rights": self.rights,
            "flash": flash,
            "path": self.frame.path,
            "query": self.request.url.query,
            "lasting": self.session.lasting(self.built.clock(), self.built.session_minutes * 60),
            "form_token": self.form_token,
            "request_key": lambda: self.repeats or str(uuid.uuid4()),
            "errors": (),
            "follows": "",
            "notices": self.built.notices.told,
            "now": self.now,
        }
        return self.built.renderer.page(
            template, self.lang, self.frame.prefix, self.frame.site, {**known, **context}
        )

    def form_token(self) -> str:
        """Make the hidden token of a form; a visitor without session gets one."""
        self.session.changed = self.session.changed or not self.session.seen_at
        return self.session.form_token()

    def go(self, target: Address | str, /, *, flash: str = "", **parts: object) -> RedirectResponse:
        """Send the visitor to another page, with a sentence to show there."""
        if flash:
            self.session.flash, self.session.changed = self.say(flash), True
        return RedirectResponse(quote(self.url(target, **parts), safe="/?&=%#.,:+-_~"), 303)

    @property
    def start(self) -> Address:
        """Give the first page of the visitor's site."""
        return Page.START if self.frame.site == "officer" else Page.HOME

    def failure(self, status: int, *, kind: str = "", detail: str = "", wait: int = 0) -> HTMLResponse:
        """Answer with the page of a failure."""
        kind = kind or FAILURES.get(status, "broken")
        code = incident(self.request)
        return self.page("failure.html", status=status, kind=kind, detail=detail, wait=wait, incident=code)

    async def spare(self, answer: Awaitable[T], instead: U, *, refusals: bool = True) -> T | U:
        """Wait for what a page can do without; ``instead`` where a service is away or, with ``refusals``, says no."""
        try:
            return await answer
        except (ServiceAnswerError, ServiceUnreachableError) as error:
            if isinstance(error, ServiceAnswerError) and (error.status == 401 or not refusals):
                raise
            return instead

    async def found(self, answer: Awaitable[T]) -> T | None:
        """Wait for what was looked up by a code; nothing where no such code is known or it is malformed."""
        try:
            return await answer
        except ServiceAnswerError as refusal:
            if refusal.status not in (400, 404, 422):
                raise
            return None

    async def unread(self) -> int:
        """Count the unread messages; none where nobody is signed in or the inbox is away."""
        return await self.spare(self.inbox.unread(), 0) if self.session.signed_in else 0

    def part(self, name: str) -> str:
        """Give a part of the page's address."""
        return str(self.request.path_params[name])

    def lookup_address(self, code: str) -> str:
        """Give the address a dossier's QR code opens."""
        return self.built.public_url + Page.TRACKING.at(code=code)

    def problems(
        self, refusal: ServiceAnswerError, names: Mapping[str, str] | None = None
    ) -> list[FormError]:
        """Turn a service's refusal into lines of the error summary, naming our fields."""
        if refusal.code == KEY_USED:
            return [FormError("", self.say(SENT_BEFORE))]
        names = {"version": "", **(names or {})}  # a version stands in no field that one could go to
        lines = [FormError(names.get(p.field, p.field.split(".")[-1]), p.message) for p in refusal.problems]
        return lines or [FormError("", refusal.detail or self.say("Không thực hiện được. Hãy thử lại."))]


async def visit(request: Request) -> Visit:
    """Open the visit: find who asks, renewing the tokens when they are about to end."""
    built: Built = request.app.state.built
    frame: Frame = request.state.frame
    opened = Visit(request, built, frame)
    await built.notices.now(Registers(Link(built.http, built.base_url("registers"))))
    if frame.session.signed_in and await built.ended.over(frame.session.session_id):
        frame.session, frame.ended = Session(changed=True), True
    if frame.session.signed_in:
        frame.renewed = await built.tokens.renew(opened.identity, frame.session, seen=not frame.background)
        opened.forget_links()
    return opened


async def citizen(visit: Annotated[Visit, Depends(visit)]) -> Visit:
    """Open the visit of a signed-in citizen or organisation."""
    return _signed_in(visit)


async def officer(visit: Annotated[Visit, Depends(visit)]) -> Visit:
    """Open the visit of a signed-in officer."""
    return _signed_in(visit)


def _signed_in(visit: Visit) -> Visit:
    pass_gates(visit.session, visit.frame.path, visit.frame.site)
    return visit


VisitDep = Annotated[Visit, Depends(visit)]
CitizenDep = Annotated[Visit, Depends(citizen)]
OfficerDep = Annotated[Visit, Depends(officer)]
