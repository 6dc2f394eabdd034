"""Counts look-ups by network, whichever door they use, and asks a second question where somebody may be guessing."""

from collections import OrderedDict, deque
from http import HTTPStatus
from typing import Annotated, Final

import structlog
from common.addresses import network_of
from common.api import DatabaseDep, LangDep
from common.api.deps import client_address
from common.api.problems import problem
from common.errors import TooManyRequestsError
from common.metrics import registry
from fastapi import APIRouter, Depends, Request
from live import Limiter
from prometheus_client import Counter
from pydantic import BaseModel, Field
from regulation.codes import DossierCode, UnreadableDossierCodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake.api.deps import MeansDep
from intake.api.tracking import TrackingOut, tracked
from intake.domain.errors import DossierNotFoundError, LookupQuestionNeededError
from intake.domain.lookups import ANSWERS, LOOKS, MISSES, SIBLINGS, SPAN, answers, siblings
from intake.queries.tracking import answer_of, public_state

DOSSIERS: Final = "/api/intake/tracking/"
PAPERS: Final = "/api/intake/verifications/"
REMEMBERED: Final = 10_000
"""Networks whose last codes are remembered in this process."""
RECENT: Final = 16
"""Codes remembered of each."""
log = structlog.get_logger()
walks = Counter("motcua_intake_lookup_walks", "Networks that read codes off", registry=registry)


class Lookups:
    """What one network looked up: one bucket for all doors, shared by all replicas."""

    def __init__(self, limiter: Limiter, pattern: str, scale: float) -> None:
        self.limiter, self.pattern, self.scale = limiter, pattern, scale
        self._asked: OrderedDict[str, deque[int]] = OrderedDict()

    def _most(self, most: int) -> int:
        return max(1, round(most * self.scale))

    async def _count(self, name: str, who: str, most: int) -> bool:
        return await self.limiter.allows(f"lookup {name}", who, most=self._most(most), seconds=SPAN)

    async def _spent(self, name: str, who: str, most: int) -> bool:
        return await self.limiter.spent(f"lookup {name}", who, most=self._most(most), seconds=SPAN)

    async def suspicious(self, who: str) -> bool:
        """Say whether a network missed, asked or walked too much of late."""
        return await self._spent("misses", who, MISSES) or await self._spent("walks", who, 1)

    async def look(self, who: str, code: str) -> bool:
        """Count a look-up of a dossier; False where it needs the second question first.

        Who loads the pages of a few dossiers again and again looks each of them up once.
        """
        read = self._read(code)
        if read is not None and self._asked_before(who, read):
            return not await self.suspicious(who)
        within = await self._count("looks", who, LOOKS)
        if read is not None:
            await self._count_sibling(who, siblings(read))
        return within and not await self.suspicious(who)

    async def _count_sibling(self, who: str, which: str) -> None:
        if not await self._count("siblings", f"{who} {which}", SIBLINGS) and await self._count(
            "walks", who, 1
        ):
            walks.inc()
            log.warning("dossier codes are read off", network=who)

    def _read(self, code: str) -> DossierCode | None:
        try:
            return DossierCode.parse(code, self.pattern)
        except UnreadableDossierCodeError:
            return None

    def _asked_before(self, who: str, code: DossierCode) -> bool:
        """Say whether a network asked for a dossier of late, and remember that it does."""
        asked, named = self._asked.setdefault(who, deque(maxlen=RECENT)), hash(code)
        self._asked.move_to_end(who)
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
        before = named in asked
        if not before:
            asked.append(named)
        return before

    async def missed(self, who: str) -> None:
        """Count a code that nobody has."""
        await self._count("misses", who, MISSES)

    async def may_answer(self, who: str) -> bool:
        """Say whether a network may still answer the question."""
        return not await self._spent("answers", who, ANSWERS)

    async def answered_wrong(self, who: str) -> None:
        """Count a wrong answer."""
        await self._count("answers", who, ANSWERS)


class Watched:
    """ASGI middleware before what is kept: counts each look-up, and its miss."""

    def __init__(self, app: ASGIApp, lookups: Lookups) -> None:
        self.app, self.lookups = app, lookups

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a look-up pass, or ask the second question."""
        path = scope["path"] if scope["type"] == "http" and scope["method"] == "GET" else ""
        if not path.startswith((DOSSIERS, PAPERS)):
            await self.app(scope, receive, send)
            return
        request, who = Request(scope), network_of(client_address(Request(scope)))
        if path.startswith(DOSSIERS):
            if not await self.lookups.look(who, path.removeprefix(DOSSIERS)):
                await problem(request, LookupQuestionNeededError(rule="second-question"))(
                    scope, receive, send
                )
                return
        elif await self.lookups.suspicious(who):
            await problem(request, TooManyRequestsError(SPAN))(scope, receive, send)
            return

        async def heard(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.NOT_FOUND:
                await self.lookups.missed(who)
            await send(message)

        await self.app(scope, receive, heard)


router = APIRouter(prefix="/api/intake", tags=["public"])


class LookupBody(BaseModel):
    """A dossier's code, and the last four digits of the applicant's telephone or identity number."""

    code: str = Field(max_length=80)
    digits: str = Field(max_length=20)


def lookups_of(request: Request) -> Lookups:
    """Give what counts the look-ups of this app."""
    found: Lookups = request.app.state.built.lookups
    return found


@router.post("/lookups")
async def look_up(
    *,
    body: LookupBody,
    request: Request,
    database: DatabaseDep,
    means: MeansDep,
    lang: LangDep,
    lookups: Annotated[Lookups, Depends(lookups_of)],
) -> TrackingOut:
    """Look a dossier up with the answer to the second question; a wrong one hears what an unknown code hears."""
    who = network_of(client_address(request))
    if not await lookups.may_answer(who):
        raise TooManyRequestsError(SPAN)
    pool, pattern = await database.pool(), means.rules.code_pattern
    try:
        wanted = DossierCode.parse(body.code, pattern).format(pattern)
    except UnreadableDossierCodeError:
        wanted = ""
    row, known = await public_state(pool, wanted), await answer_of(database, wanted)
    if row is None or known is None or not answers(body.digits, phone=known.phone, number=known.number):
        await lookups.answered_wrong(who)
        raise DossierNotFoundError
    return tracked(row, lang)
