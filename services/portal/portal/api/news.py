"""Tells open pages that something they show has changed; what it is, each page asks under its own right."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from live import Ear, place, thing

from portal.adapters.streams import FullError
from portal.api.visit import Built, Visit, VisitDep
from portal.domain.addresses import OFFICER_ROOT, Page, address

router = APIRouter()
PURPOSE: Final = "news"
GOOD_FOR: Final = 12 * 3600
"""Seconds for which a page that was shown may follow what it shows."""
BEAT: Final = 15.0
"""Seconds between two signs of life; the gateway closes a stream that is silent for a minute."""
SKEW: Final = 2.0
"""Seconds by which the clocks of two machines may differ."""
LONGEST: Final = 600.0
"""Seconds after which a page asks anew, so that one whose session ended does not follow for ever."""


def follow(visit: Visit, codes: Sequence[str], *agencies: str) -> str:
    """Give the address at which the page being shown learns that these dossiers, or those of an agency, changed.

    The address is sealed for this very account: a page follows only what its visitor was just shown.
    """
    if visit.request.method != "GET" or not visit.session.signed_in:
        return ""
    topics = [*(thing(code) for code in codes), *(place(code) for code in agencies if code)]
    sealed = visit.built.seal.close([visit.session.account.get("id"), topics, visit.built.clock()], PURPOSE)
    return visit.url(address(Page.NEWS, visit.frame.site)) + f"?xem={sealed}"


@router.get(Page.NEWS)
@router.get(OFFICER_ROOT + Page.NEWS)
async def news(visit: VisitDep) -> Response:
    """Stream that something changed, and whether news arrive at all; 204 tells the page to look by itself."""
    asked = visit.request.query_params.get("xem", "")
    opened = visit.built.seal.open(asked, GOOD_FOR, PURPOSE)
    account = visit.session.account.get("id")
    if not visit.session.signed_in or not opened or opened[0] != account:
        return Response(status_code=204)
    place_taken = ExitStack()
    try:
        place_taken.enter_context(visit.built.streams.one_more(str(account)))
    except FullError:
        return Response(status_code=204)
    ear = place_taken.enter_context(visit.built.streams.board.ear(opened[1], since=opened[2] - SKEW))
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    body = _stream(visit.built, ear, place_taken)
    return StreamingResponse(body, media_type="text/event-stream", headers=headers)


async def _stream(built: Built, ear: Ear, place_taken: ExitStack) -> AsyncIterator[str]:
    """Say what the board says; changes that come faster than they are sent are told once."""
    board, until, hearing = built.streams.board, built.clock() + LONGEST, None
    with place_taken:
        yield f"retry: {random.randrange(500, 3000)}\n\n"  # noqa: S311 - pages must not all come back at once
        rung = False
        while not board.closed and built.clock() < until:
            if hearing is not board.hearing:
                hearing = board.hearing
                yield f"event: {'hearing' if hearing else 'deaf'}\ndata: 1\n\n"
            yield "event: changed\ndata: 1\n\n" if rung else ": here\n\n"
            rung = await ear.news(BEAT)
