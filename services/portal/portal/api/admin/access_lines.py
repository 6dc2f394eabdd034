"""Inspectors search the access logs of all services side by side, and take out what they found."""

import asyncio
from dataclasses import dataclass
from typing import Any

from answers.identity import AccessLinePageOut
from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.adapters.access_lines import NOT_DONE, AccessLines
from portal.adapters.http import ServiceAnswerError, ServiceUnreachableError
from portal.api.admin.officers import officers
from portal.api.entitled import officer_with
from portal.api.form_page import GATES, Filled, FormFlow, WrongInputError, form_page, sends
from portal.api.forms import Posted
from portal.api.relayed import relay_file
from portal.api.visit import FormError, Visit
from portal.domain.access_search import (
    ACCOUNT_ID,
    LOGS,
    Reader,
    ToldLine,
    begin_of,
    day_said,
    end_of,
    questions,
)
from portal.domain.addresses import Page
from portal.domain.texts import named

router = APIRouter()
LINES = 25
"""Lines of each service on a page."""
MOST_NAMES = 20
"""Officers who are named on a page; each name that is asked for is a line of identity's own log."""
SHORTEST_PURPOSE = 5
AWAY = frozenset((404, 429))
"""Refusals that only this one service has a reason for: it knows no log yet, or is asked too much."""
WORDS = ("purpose", "person", "subject", "deed")


@dataclass(frozen=True)
class FoundIn:
    """What one service knows: `page` is nothing where it did not answer."""

    service: str
    words: str
    page: AccessLinePageOut | None
    lines: tuple[ToldLine, ...]


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask why and what is looked for."""
    return _page(visit, filled)


async def search(visit: Visit, form: Posted) -> Response:
    """Show what every service knows; words and lines travel in the page, never in an address."""
    wish = await _wish(visit, form)
    where = form.text("where")
    services = [where] if where in LOGS else list(LOGS)
    cursor = form.text("cursor")[:400] if where in LOGS else ""
    pages = await asyncio.gather(
        *(_lines(visit, one).page(**wish, limit=LINES, cursor=cursor) for one in services),
        return_exceptions=True,
    )
    answers = {one: _answered(page) for one, page in zip(services, pages, strict=True)}
    reader = await _reader(visit, answers.values(), names=bool(form.text("names")))
    found = [
        FoundIn(one, LOGS[one], page, tuple(map(reader.told, page.items)) if page else ())
        for one, page in answers.items()
    ]
    return _page(visit, Filled(form.typed()), found, older=bool(cursor))


async def take_out(visit: Visit, form: Posted) -> Response:
    """Hand out everything that one service finds; its own name for the file says whether that is a part of the log."""
    where = form.text("where")
    if where not in LOGS:
        raise WrongInputError(FormError("where", visit.say("Chọn một phần của hệ thống để xuất")))
    answer = await _lines(visit, where).csv(**await _wish(visit, form))
    given = answer.headers.get("content-disposition", "").rpartition("filename=")[2].strip('"')
    return relay_file(visit, answer, name=f"{where}-{given or 'access-lines.csv'}")


def _page(
    visit: Visit, filled: Filled, found: list[FoundIn] | None = None, *, older: bool = False
) -> Response:
    fields = questions(visit.say, filled.typed, filled.wrong)
    carried = {one.name: filled.typed.get(one.name, "") for one in fields if one.name != "where"}
    return filled.page(
        visit, "admin/access_lines.html", fields=fields, found=found, carried=carried, older=older
    )


def _lines(visit: Visit, service: str) -> AccessLines:
    return AccessLines(service, visit.link(service))


def _answered(page: AccessLinePageOut | BaseException) -> AccessLinePageOut | None:
    """Give a page; nothing where only this service could not give one. Raises: whatever concerns the search itself."""
    if not isinstance(page, BaseException):
        return page
    away = isinstance(page, ServiceUnreachableError) or (
        isinstance(page, ServiceAnswerError) and page.status in AWAY and page.code not in GATES
    )
    if not away:
        raise page
    return None


async def _reader(visit: Visit, pages: Any, *, names: bool) -> Reader:
    agencies = {
        one.code: named(one, "name", visit.lang)[0] for one in await visit.spare(visit.catalog.agencies(), ())
    }
    who = [line.actor for page in pages if page for line in page.items if line.kind == "officer"]
    asked = list(dict.fromkeys(who))[:MOST_NAMES] if names else []
    found = await asyncio.gather(*(visit.spare(officers(visit).one(one), None) for one in asked))
    return Reader(visit.say, visit.lang, agencies, {one.id: one.full_name for one in found if one})


async def _wish(visit: Visit, form: Posted) -> dict[str, str]:
    """Read what is looked for. Raises: WrongInputError."""
    wrong: list[FormError] = []
    if len(form.text("purpose")) < SHORTEST_PURPOSE:
        wrong.append(FormError("purpose", visit.say("Ghi mục đích tra cứu, ít nhất 5 ký tự")))
    days = {name: day_said(form.text(name)) for name in ("since", "until")}
    for name, day in days.items():
        if form.text(name) and day is None:
            wrong.append(FormError(name, visit.say("Ghi ngày như 31/12/2026")))
    first, last = days["since"], days["until"]
    if first and last and last < first:
        wrong.append(FormError("until", visit.say("Ngày cuối phải từ ngày đầu trở đi")))
    if wrong:
        raise WrongInputError(*wrong)
    return {
        **{name: form.text(name) for name in WORDS},
        "actor": await _actor(visit, form.text("actor")),
        **(NOT_DONE if form.text("not_done") else {}),
        "since": begin_of(first) if first else "",
        "until": end_of(last) if last else "",
    }


async def _actor(visit: Visit, typed: str) -> str:
    """Give the account an officer is meant by; an id stands for itself. Raises: WrongInputError."""
    if not typed or ACCOUNT_ID.fullmatch(typed) or typed in LOGS:
        return typed.lower()
    found = (await officers(visit).page(q=typed[:100], limit=50)).items
    meant = [one for one in found if typed.casefold() in (one.login.casefold(), one.full_name.casefold())]
    meant = meant or list(found)
    if len(meant) == 1:
        return meant[0].id
    if not meant:
        told = visit.say("Không có cán bộ nào như vậy trong phạm vi của bạn")
    else:
        logins = ", ".join(one.login for one in meant[:5])
        told = visit.say("Có {n} cán bộ như vậy; ghi tên đăng nhập: {logins}", n=len(meant), logins=logins)
    raise WrongInputError(FormError("actor", told))


inspector = officer_with(Right.READ_ACCESS_LOG)
form_page(router, Page.ACCESS_LINES, FormFlow(show, search), inspector)
sends(router, Page.ACCESS_LINES_CSV, FormFlow(show, take_out), inspector)
