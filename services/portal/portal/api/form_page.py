"""One flow for every form: show the page, read what was sent, save it, tell what is wrong on the same page."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from portal.adapters.http import FilePart, ServiceAnswerError, ServiceUnreachableError
from portal.api.busy import told_when
from portal.api.forms import Posted, PostedDep
from portal.api.visit import FormError, Visit, citizen
from portal.domain.addresses import Address, Page
from portal.domain.days import day_said
from portal.domain.fields import Field

GATES = frozenset(
    (
        "unauthenticated",
        "password-change-required",
        "second-factor-required",
        "step-up-required",
        "account-limited",
    )
)
"""The refusals that lead to another page."""
CORRECTABLE = frozenset((409, 413, 415, 422))
"""The refusals whose cause the visitor can mend on the page."""
LANGUAGE = "language"
"""What the switch of languages sends in a form, so that nothing typed is lost."""
NOT_SENT = "Hệ thống đang bận, chưa gửi được. Nội dung bạn nhập còn nguyên ở đây; hãy gửi lại sau ít phút."
BUSY = "Hệ thống đang bận. Hãy thử lại sau ít phút."
A_DAY = "Ghi ngày như 31/12/2026"
FILE_AGAIN = "Hãy chọn lại tệp."
BACK, LEAVE = "back", "leave"
"""What the way back sends in a form, and the place of the link that leaves what was typed behind."""
NOT_SENT_YET = "Nội dung bạn vừa nhập chưa được gửi. Gửi đi, hoặc bỏ nội dung đó rồi quay lại."


@dataclass(frozen=True)
class Filled:
    """What stands in a form when it is shown: what was typed, and what is wrong with it."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[FormError] = ()
    code: str = ""
    """The service's own name for the refusal; empty where the page itself found the fault."""
    shown: str = ""
    """The sealed note of what stood there when it was filled in, where its page keeps one."""
    boxes: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    """What was typed, and of what may stand several times all of it."""

    @classmethod
    def of(cls, form: Posted, errors: Sequence[FormError] = (), code: str = "") -> "Filled":
        """Take over what was sent."""
        return cls(form.typed(), errors, code, form.text("shown"), form.boxes())

    @property
    def wrong(self) -> dict[str, str]:
        """Map each field to the first complaint about it."""
        return {error.field: error.message for error in reversed(self.errors)}

    def page(
        self, visit: Visit, template: str, *, fields: Sequence[Field] = (), **context: object
    ) -> Response:
        """Answer with the page of the form; a complaint about one of its `fields` leads to where that is answered."""
        places = {one.name: one.first_id for one in fields}
        errors = [FormError(place_of(error.field, places), error.message) for error in self.errors]
        known = {"typed": self.typed, "wrong": self.wrong, "fields": fields, **context}
        return visit.page(template, status=422 if errors else 200, errors=errors, **known)


@dataclass(frozen=True)
class _Unfilled(Filled):
    """A form as it is offered: nothing but its questions is looked at."""

    offered: list[Field] = field(default_factory=list)

    def page(
        self, visit: Visit, template: str, *, fields: Sequence[Field] = (), **context: object
    ) -> Response:
        """Note the questions."""
        self.offered.extend(fields)
        return Response()


class WrongInputError(Exception):
    """What was typed cannot be sent as it is; each line names a field and what to do."""

    def __init__(self, *errors: FormError) -> None:
        super().__init__(*(error.field for error in errors))
        self.errors = errors


async def do_each(
    visit: Visit,
    deeds: Iterable[tuple[str, Callable[[], Awaitable[None]]]],
    also: frozenset[int] = frozenset(),
) -> None:
    """Do several things of one form, each at its place, whatever becomes of the others.

    Raises: WrongInputError with each refusal at its place, of those that can be mended and of `also`.
    """
    wrong: list[FormError] = []
    for place, deed in deeds:
        try:
            await deed()
        except ServiceAnswerError as refusal:
            if refusal.code in GATES or refusal.status not in CORRECTABLE | also:
                raise
            wrong += told_at(place)(visit, refusal)
    if wrong:
        raise WrongInputError(*wrong)


Show = Callable[[Visit, Filled], Awaitable[Response]]
Save = Callable[[Visit, Posted], Awaitable[Response]]
Who = Callable[..., Awaitable[Visit]]
Told = Callable[[Visit, ServiceAnswerError], Sequence[FormError]]
Back = Callable[[Visit], Response]


@dataclass(frozen=True)
class FormFlow:
    """A form: how its page is shown, what saves it, how refusals are told, and which of them it can show at all."""

    show: Show
    save: Save
    told: Told = Visit.problems
    also: frozenset[int] = frozenset()
    """Statuses beside ``CORRECTABLE`` that this page explains itself."""
    back: Back | None = None
    """Where the way back leads; nothing typed is lost on it unasked."""

    async def answer(self, visit: Visit, form: Posted) -> Response:
        """Save what was sent and go on, or show the page again with what is wrong."""
        if form.text("next") == LANGUAGE:
            return await self.show(visit, Filled.of(form))
        if form.text("next") == BACK and self.back is not None:
            return await self._leave(visit, form, self.back)
        try:
            return await self.save(visit, form)
        except WrongInputError as wrong:
            return await self.show(visit, Filled.of(form, wrong.errors))
        except ServiceAnswerError as refusal:
            gate = refusal.code in GATES
            if gate or refusal.status not in CORRECTABLE | self.also:
                raise
            return await self.show(visit, Filled.of(form, self.told(visit, refusal), refusal.code))
        except ServiceUnreachableError as away:
            return await self._kept(visit, form, away)

    async def _leave(self, visit: Visit, form: Posted, back: Back) -> Response:
        """Go back where nothing was typed; else show the page again and ask."""
        offered = _Unfilled()
        await self.show(visit, offered)
        if form.differs(offered.offered):
            return await self.show(visit, Filled.of(form, [FormError(LEAVE, visit.say(NOT_SENT_YET))]))
        return back(visit)

    async def _kept(self, visit: Visit, form: Posted, away: ServiceUnreachableError) -> Response:
        """Show the page again with all that was typed: whoever answers for it is away or has too much to do.

        Raises: ServiceUnreachableError when the page cannot be shown without that service either.
        """
        visit.repeats = form.key
        told = [NOT_SENT, FILE_AGAIN] if form.chosen("") and not form.kept else [NOT_SENT]
        shown = await self.show(visit, Filled.of(form, [FormError("", visit.say(one)) for one in told]))
        if shown.status_code in range(300, 400):
            raise away
        return told_when(shown)


class Options(Protocol):
    """What a service gives for the browser itself."""

    @property
    def public_key(self) -> Mapping[str, Any]:
        """Give it as the browser takes it."""


async def for_script(visit: Visit, asked: Awaitable[Options], page: Address) -> Response:
    """Give a script what it hands to the browser, or where the visitor must go first, or why not."""
    try:
        return JSONResponse((await asked).public_key)
    except ServiceAnswerError as refusal:
        leads = ""
        if refusal.status == 401:
            leads = visit.url(Page.SIGN_IN, tiep=page)
        elif refusal.code in GATES:
            leads = visit.url(Page.FACTOR, tiep=page)
        return JSONResponse({"leads": leads, "says": refusal.detail}, refusal.status)
    except ServiceUnreachableError:
        return JSONResponse({"leads": "", "says": visit.say(BUSY)}, 503)


def shows(router: APIRouter, page: Address, show: Show, who: Who = citizen) -> None:
    """Show a form's page at an address."""

    async def ask(visit: Annotated[Visit, Depends(who)]) -> Response:
        return await show(visit, Filled())

    router.add_api_route(page, ask, methods=["GET"], name=f"ask {page.name}")


def sends(router: APIRouter, page: Address, form: FormFlow, who: Who = citizen) -> None:
    """Take what a form sends to an address."""

    async def take(visit: Annotated[Visit, Depends(who)], posted: PostedDep) -> Response:
        return await form.answer(visit, posted)

    router.add_api_route(page, take, methods=["POST"], name=f"take {page.name}")


def form_page(router: APIRouter, page: Address, form: FormFlow, who: Who = citizen) -> None:
    """Show a form and take what it sends, both at one address."""
    shows(router, page, form.show, who)
    sends(router, page, form, who)


def back_to(page: Address, *parts: str) -> Back:
    """Lead back to a page that has these parts of the address in common."""
    return lambda visit: visit.go(page, **{name: visit.part(name) for name in parts})


def needed(visit: Visit, body: Mapping[str, object], words: Mapping[str, str]) -> None:
    """Insist on the texts that may not stay empty. Raises: WrongInputError."""
    missing = [FormError(name, visit.say(text)) for name, text in words.items() if not body[name]]
    if missing:
        raise WrongInputError(*missing)


def days_of(visit: Visit, form: Posted, names: Mapping[str, str]) -> dict[str, str]:
    """Read the days that are asked for, as people write them; `names` are the fields with their place on the page.

    Raises: WrongInputError with each that is none.
    """
    days = {name: day_said(form.text(name)) for name in names}
    wrong = [FormError(names[name], visit.say(A_DAY)) for name, day in days.items() if day is None]
    if wrong:
        raise WrongInputError(*wrong)
    return {name: day.isoformat() for name, day in days.items() if day}


def place_of(path: str, ids: Mapping[str, str]) -> str:
    """Give the id where something is put right: of a date, its day, month or year."""
    name, _, part = path.partition(".")
    return f"{name}-{part}" if part and name in ids else ids.get(path, path)


def told_in_full(visit: Visit, refusal: ServiceAnswerError) -> Sequence[FormError]:
    """Tell refusals at the answers they are about, with the part of an answer that is wrong."""
    if not refusal.problems:
        return visit.problems(refusal)
    return [FormError("" if p.field == "version" else p.field, p.message) for p in refusal.problems]


def day_typed(visit: Visit, name: str, typed: str) -> str:
    """Read a day as people write it, for a service. Raises: WrongInputError."""
    if (day := day_said(typed)) is None:
        raise WrongInputError(FormError(name, visit.say("Ghi ngày như 31/12/2026")))
    return day.isoformat()


def told_at(place: str) -> Told:
    """Tell every refusal at one place of the page; ``""`` is its top."""
    return lambda visit, refusal: [FormError(place, error.message) for error in visit.problems(refusal)]


def told_as(names: Mapping[str, str]) -> Told:
    """Tell refusals at our own names of the service's fields."""
    return lambda visit, refusal: visit.problems(refusal, names)


async def file_part(visit: Visit, form: Posted, place: str) -> FilePart:
    """Take the chosen file as a part of a request to a service. Raises: WrongInputError when there is none."""
    upload: UploadFile | None = form.file(place)
    if upload is None:
        raise WrongInputError(FormError(place, visit.say("Chọn một tệp hoặc chụp ảnh giấy tờ")))
    return await part_of(upload)


async def part_of(upload: UploadFile) -> FilePart:
    """Take an uploaded file as a part of a request to a service."""
    kind = upload.content_type or "application/octet-stream"
    return ("file", (upload.filename or "tep", await upload.read(), kind))
