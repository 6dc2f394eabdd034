"""Inspectors search the access logs of all services side by side, and take out what they found."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answers.identity import AccessLinePageOut
from fastapi import APIRouter, Response
from regulation.roles import Right, Scope

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
    FIRST,
    LOGS,
    NEXT,
    Log,
    Reader,
    ToldLine,
    begin_of,
    end_of,
    questions,
)
from portal.domain.addresses import Page
from portal.domain.days import day_said
from portal.domain.texts import named

router = APIRouter()
LINES = 25
"""Lines of each service on a page."""
MOST_NAMES = 20
"""Officers who are named on a page; each name that is asked for is a line of identity's own log."""
SHORTEST_PURPOSE = 5
AWAY = frozenset((404, 429))
"""Refusals that only this one service has a reason for: it knows no log yet, or is asked too much."""
WORDS = ("purpose", "person", "subject", "route", "deed", "about")


@dataclass(frozen=True)
class FoundIn:
    """What one log knows: `page` is nothing where nobody answered."""

    log: Log
    page: AccessLinePageOut | None
    lines: tuple[ToldLine, ...] = ()


@dataclass(frozen=True)
class Search:
    """One search: who asks whom for what, and behind which line."""

    visit: Visit
    wish: Mapping[str, str]
    cursor: str = ""

    async def everywhere(self, chosen: Sequence[Log]) -> tuple[dict[Log, AccessLinePageOut | None], str]:
        """Ask the logs that are chosen; return what each answered, and by which keys the later ones were asked.

        Who knows people is asked first, if only for the keys of what is hers, so that what others wrote down about that
        is found too. One that is away then is among the answers: without it the rest may lack something.
        """
        about, answers = self.wish["about"], dict[Log, AccessLinePageOut | None]()
        keyed = bool(self.wish["person"]) and not self.cursor and not about
        for services in (FIRST, NEXT) if keyed else ():
            here = [one for one in chosen if one.service in services and not one.agency]
            there = [Log(name, LOGS[name]) for name in services if all(name != one.key for one in here)]
            found = await self._asked([*here, *there], about, limits=[LINES] * len(here) + [1] * len(there))
            answers |= {log: page for log, page in found.items() if log in here or page is None}
            about = ",".join(
                filter(None, (about, *(key for page in found.values() if page for key in page.keys)))
            )
        rest = [one for one in chosen if one not in answers]
        answers |= await self._asked(rest, about, limits=[LINES] * len(rest))
        order = [*chosen, *(one for one in answers if one not in chosen)]
        return {one: answers[one] for one in order}, about

    async def _asked(
        self, logs: Sequence[Log], about: str, *, limits: Sequence[int]
    ) -> dict[Log, AccessLinePageOut | None]:
        wish = {**self.wish, "about": about, "cursor": self.cursor}
        pages = await asyncio.gather(
            *(
                _lines(self.visit, log).page(**wish, limit=limit)
                for log, limit in zip(logs, limits, strict=True)
            ),
            return_exceptions=True,
        )
        return {log: _answered(page) for log, page in zip(logs, pages, strict=True)}


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask why and what is looked for."""
    return _page(visit, filled, await _logs(visit))


async def search(visit: Visit, form: Posted) -> Response:
    """Show what every service knows; words and lines travel in the page, never in an address."""
    logs, where = await _logs(visit), form.text("where")
    cursor = form.text("cursor")[:400] if where in logs else ""
    asking = Search(visit, await _wish(visit, form), cursor)
    answers, about = await asking.everywhere([logs[where]] if where in logs else list(logs.values()))
    reader = await _reader(visit, answers.values(), names=bool(form.text("names")))
    found = [
        FoundIn(log, page, tuple(map(reader.told, page.items)) if page else ())
        for log, page in answers.items()
    ]
    typed = {**form.typed(), "about": about}
    return _page(visit, Filled(typed), logs, found, older=bool(cursor))


async def take_out(visit: Visit, form: Posted) -> Response:
    """Hand out everything that one log finds; its own name for the file says whether that is a part of it."""
    log = (await _logs(visit)).get(form.text("where"))
    if log is None:
        raise WrongInputError(FormError("where", visit.say("Chọn một phần của hệ thống để xuất")))
    answer = await _lines(visit, log).csv(**await _wish(visit, form))
    given = answer.headers.get("content-disposition", "").rpartition("filename=")[2].strip('"')
    return relay_file(visit, answer, name=f"{log.key.replace('@', '-')}-{given or 'access-lines.csv'}")


async def _logs(visit: Visit) -> dict[str, Log]:
    """Give every log by its name in forms: one of each service, and those of agencies with an instance of their own."""
    apart = [(name, agency) for name in LOGS for agency in visit.built.base_url.apart(name)]
    names = await _agencies(visit) if apart else {}
    own = [Log(name, LOGS[name], agency, names.get(agency, agency)) for name, agency in apart]
    return {one.key: one for one in (*(Log(*row) for row in LOGS.items()), *own)}


def _page(
    visit: Visit,
    filled: Filled,
    logs: Mapping[str, Log],
    found: list[FoundIn] | None = None,
    *,
    older: bool = False,
) -> Response:
    fields = questions(visit.say, filled.typed, filled.wrong, logs.values())
    names = [*(one.name for one in fields if one.name != "where"), "about"]
    pages = [one.page for one in found or () if one.page]
    unkeyed = bool(filled.typed.get("person")) and any(one.reach != Scope.PROVINCE for one in pages)
    return filled.page(
        visit,
        "admin/access_lines.html",
        fields=fields,
        found=found,
        carried={name: filled.typed.get(name, "") for name in names},
        older=older,
        unkeyed=unkeyed,
    )


def _lines(visit: Visit, log: Log) -> AccessLines:
    return AccessLines.of(visit.link(log.service), visit.built.base_url, log.service, log.agency)


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
    agencies = await _agencies(visit)
    who = [line.actor for page in pages if page for line in page.items if line.kind == "officer"]
    asked = list(dict.fromkeys(who))[:MOST_NAMES] if names else []
    found = await asyncio.gather(*(visit.spare(officers(visit).one(one), None) for one in asked))
    return Reader(visit.say, visit.lang, agencies, {one.id: one.full_name for one in found if one})


async def _agencies(visit: Visit) -> dict[str, str]:
    """Give the names of agencies by their codes; nothing while nobody tells them."""
    found = await visit.spare(visit.catalog.agencies(), ())
    return {one.code: named(one, "name", visit.lang)[0] for one in found}


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
