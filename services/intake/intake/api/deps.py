"""What the routes of intake ask for beside session, caller and time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from common.api import CallerDep, LangDep, NowDep, SessionDep
from common.api.deps import built
from common.database import Database
from common.errors import Lang, NotFoundError
from common.security import Caller
from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import AccessRefusal
from intake.ports import Office
from intake.usecases.submit_dossier import Tools


@dataclass(frozen=True)
class Built:
    """What `main` built: the rules, calendar and tools of this province, and what submitting works with."""

    office: Office
    submitting: Tools


BuiltDep = Annotated[Built, Depends(built)]


async def office(built: BuiltDep) -> Office:
    """Give the rules, calendar and tools of this province."""
    return built.office


OfficeDep = Annotated[Office, Depends(office)]


class Watch:
    """Writes down who asked for a dossier outside their scope; the answer is the same neutral 404 either way."""

    def __init__(self, request: Request) -> None:
        self.database = cast(Database, request.app.state.database)
        self.now = request.app.state.now

    async def refused(self, caller: Caller, code: str) -> None:
        """Keep the refusal in a transaction of its own, because the request's one is rolled back."""
        async with self.database.sessions.begin() as session:
            session.add(_refusal(caller, code, self.now()))

    def __call__(self, caller: Caller, code: str) -> "_Watched":
        """Watch one look at a dossier."""
        return _Watched(self, caller, code)


def _refusal(caller: Caller, code: str, at: datetime) -> AccessRefusal:
    roles = sorted(caller.roles)
    return AccessRefusal(
        at=at, subject=caller.subject, roles=roles, agency=caller.agency, dossier_code=code[:80]
    )


class _Watched:
    def __init__(self, watch: Watch, caller: Caller, code: str) -> None:
        self.watch, self.caller, self.code = watch, caller, code

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, NotFoundError):
            await self.watch.refused(self.caller, self.code)


async def watch(request: Request) -> Watch:
    """Give the watch over data scopes."""
    return Watch(request)


WatchDep = Annotated[Watch, Depends(watch)]


@dataclass(frozen=True)
class Visit:
    """One request about one dossier: who asks, in which language, when, with what at hand."""

    session: AsyncSession
    office: Office
    caller: Caller
    watch: Watch
    lang: Lang
    now: datetime

    @property
    def database(self) -> Database:
        """The database, for what must not happen inside the request's transaction."""
        return self.watch.database


async def visit(
    *,
    session: SessionDep,
    office: OfficeDep,
    caller: CallerDep,
    watch: WatchDep,
    lang: LangDep,
    now: NowDep,
) -> Visit:
    """Give everything a route about a dossier needs."""
    return Visit(session, office, caller, watch, lang, now)


VisitDep = Annotated[Visit, Depends(visit)]
