"""Ask a question: who asks, what about, whom; everything wrong is told at once, with all kept as typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answers.qa import TermsOut
from eforms import prefilled, read_form, read_page
from fastapi import APIRouter, Response

from portal.adapters.http import ServiceAnswerError
from portal.api.dossier_view import form_reader
from portal.api.form_page import Filled, FormFlow, WrongInputError, back_to, form_page
from portal.api.forms import Posted
from portal.api.questions.files import file_box, send_ahead
from portal.api.visit import FormError, Visit, visit
from portal.domain.addresses import Page
from portal.domain.fields import Choice, Field, as_typed, offered
from portal.domain.question_forms import KINDS, USUAL, asked_about, opening

router = APIRouter()
REFUSED = frozenset((401, 403, 404, 429))
"""Refusals that the page explains beside the usual ones."""
DOUBTS = frozenset(("abbreviation", "personal-data"))
"""The rules that a tick answers: the text may be sent all the same."""
SEEN = "warnings_seen"
ABOUT = ("topic", "title", "text")
MARKS = ("id_number", "email", "phone")
"""By what a decision knows whom it keeps from asking."""
Known = Mapping[str, Mapping[str, Any]]


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask who asks, what about, and whom."""
    terms = await visit.questions.terms()
    agencies = offered(await visit.spare(visit.catalog.agencies(), ()), visit.lang)
    wish = visit.request.query_params
    typed = filled.typed or {"procedure": wish.get("procedure", "")[:40], "title": wish.get("q", "")[:200]}
    account = {} if filled.typed else await _account(visit)
    known = _known(terms, account)
    kind = typed.get("asker_kind") or _likely(known)
    kind = kind if kind in KINDS else KINDS[0]
    about = as_typed(asked_about(visit.say, terms, agencies), typed, filled.wrong)
    filled = _at(kind, terms, filled)
    groups = {one: _who(visit, terms, one, filled, known.get(one, {})) for one in KINDS}
    return filled.page(
        visit,
        "questions/ask.html",
        fields=[*about, *groups[kind]],
        about=about,
        groups=groups,
        kind=as_typed([replace(opening(visit.say), value=kind)], typed, filled.wrong)[0],
        terms=terms,
        barred=await _barred(visit, account),
        procedure=await _procedure(visit, typed.get("procedure", "")),
        doubtful=SEEN in filled.wrong or typed.get(SEEN) == "true",
        seen=typed.get(SEEN) == "true",
        box=file_box(visit, filled, terms.files),
        consent=typed.get("consent_name") == "true",
    )


async def _procedure(visit: Visit, code: str) -> Choice | None:
    """Name the procedure the question is about; by its code where the catalogue is away."""
    if not code:
        return None
    found = await visit.spare(visit.catalog.procedure(code), None)
    return offered([found], visit.lang)[0] if found else Choice(code, code)


async def _account(visit: Visit) -> dict[str, Any]:
    """Give what the account knows of its visitor; nothing of a stranger."""
    me = await visit.spare(visit.identity.me(), None) if visit.session.signed_in else None
    return me.model_dump() if me else {}


async def _barred(visit: Visit, account: Mapping[str, Any]) -> str | None:
    """Say that a decision keeps the account from asking; a stranger hears it when the question is sent."""
    if not account:
        return None
    marks = {name: str(account.get(name) or "") for name in MARKS}
    told = await visit.spare(visit.questions.bar_check(marks), None)
    return told.sentence if told else None


def _known(terms: TermsOut, account: Mapping[str, Any]) -> Known:
    """Give what the account knows of whoever asks, by kind."""
    if not account:
        return {}
    known: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        told = {name: prefilled(one, account) for name, one in read_form(terms.forms[kind]).questions.items()}
        known[kind] = {name: value for name, value in told.items() if value is not None}
    return known


def _likely(known: Known) -> str:
    """Tell for whom an account asks: the account of an organisation for it."""
    return KINDS[1] if "organisation_name" in known.get(KINDS[1], {}) else KINDS[0]


def _at(kind: str, terms: TermsOut, filled: Filled) -> Filled:
    """Bring complaints about who asks to the boxes of the kind that was chosen."""
    names = read_form(terms.forms[kind]).questions
    errors = [
        FormError(f"{kind}-{error.field}" if error.field in names else error.field, error.message)
        for error in filled.errors
    ]
    return replace(filled, errors=errors)


def _who(visit: Visit, terms: TermsOut, kind: str, filled: Filled, known: Mapping[str, Any]) -> list[Field]:
    """Lay out the questions about who asks; what is usual, or the account knows, stands there to be changed."""
    reader = form_reader(visit, read_form(terms.forms[kind]))
    prefix = f"{kind}-"
    values = _values(terms, kind, filled.typed) if filled.typed else {**USUAL, **known}
    return [
        replace(
            reader.asked(question, values.get(name), prefix),
            error=filled.wrong.get(prefix + name, ""),
            prefilled=name in known,
        )
        for name, question in reader.form.questions.items()
    ]


def _values(terms: TermsOut, kind: str, typed: Any) -> dict[str, Any]:
    """Read the answers about who asks that were given."""
    form, prefix = read_form(terms.forms[kind]), f"{kind}-"
    boxes = {name.removeprefix(prefix): box for name, box in typed.items() if name.startswith(prefix)}
    read = {name: value for page in form.pages for name, value in read_page(form, page.id, boxes).items()}
    return {name: value for name, value in read.items() if value is not None}


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal at what it is about; a doubt also at the box that sends all the same."""
    names = {"title": visit.say("Tóm tắt câu hỏi"), "text": visit.say("Nội dung câu hỏi")}
    errors = [
        replace(one, message=f"{names[one.field]}: {one.message}") if one.field in names else one
        for one in visit.problems(refusal)
    ]
    doubted = any(problem.rule in DOUBTS for problem in refusal.problems)
    tick = FormError(SEEN, visit.say("Nếu vẫn muốn gửi như đang viết, đánh dấu ô này rồi gửi lại"))
    return [*errors, tick] if doubted else errors


async def ask(visit: Visit, form: Posted) -> Response:
    """Send the question and show the receipt; a decision against what the account proved holds whatever is typed."""
    if sentence := await _barred(visit, await _account(visit)):
        raise WrongInputError(FormError("", sentence))
    terms = await visit.questions.terms()
    files = await send_ahead(visit, form, terms.files)
    kind = form.text("asker_kind") or KINDS[0]
    if kind not in KINDS:
        raise WrongInputError(FormError("asker_kind", visit.say("Chọn bạn hỏi cho ai")))
    body = {
        "asker_kind": kind,
        "values": _values(terms, kind, form.boxes()),
        **{name: form.text(name) for name in ABOUT},
        "agency": form.text("agency") or None,
        "procedure": form.text("procedure") or None,
        "consent_name": form.text("consent_name") == "true",
        SEEN: form.text(SEEN) == "true",
        "files": files,
    }
    asked = await visit.questions.ask(body, form.key)
    if visit.session.signed_in and asked.account:
        return visit.go(Page.MY_QUESTION_SENT, number=asked.number)
    return visit.go(Page.FOLLOWED_SENT, key=asked.key)


form_page(router, Page.ASK, FormFlow(show, ask, told, REFUSED, back_to(Page.ANSWERS)), visit)
