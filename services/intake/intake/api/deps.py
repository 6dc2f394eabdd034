"""What the routes of intake ask for beside session, caller and time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from audit import note
from common.api import CallerDep, DatabaseDep, LangDep, NowDep, SessionDep
from common.api.deps import built, only_for
from common.database import Database
from common.errors import NotFoundError
from common.security import Caller
from fastapi import Depends
from regulation.roles import who_may
from regulation.text import Lang
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.deeds import Deed
from intake.domain.search import Sought, read_query
from intake.models.marks import hiding
from intake.ports import Means
from intake.queries.dossiers import Act
from intake.usecases.note_refusal import note_refusal
from intake.usecases.submit_dossier import Tools


@dataclass(frozen=True)
class Built:
    """What `main` built: the rules, calendar and tools of this province, and what submitting works with."""

    means: Means
    submitting: Tools
    lookups: Any = None
    """What counts the look-ups of strangers (`api.lookups.Lookups`)."""


BuiltDep = Annotated[Built, Depends(built)]


async def means(built: BuiltDep) -> Means:
    """Give the rules, calendar and tools of this province."""
    return built.means


def for_deed(deed: Deed) -> Any:
    """Return the dependency of a route that lets pass who has the right of a deed, however far it reaches."""
    return only_for(who_may(deed.right))


MeansDep = Annotated[Means, Depends(means)]


@dataclass(frozen=True)
class Visit:
    """One request about one dossier: who asks, in which language, when, with what at hand."""

    session: AsyncSession
    means: Means
    caller: Caller
    database: Database
    """For what must not happen inside the request's transaction."""
    lang: Lang
    now: datetime

    def act(self, code: str, version: int) -> Act:
        """Return the change that the caller makes to a dossier as they saw it."""
        return Act(self.session, self.caller, code, version, self.now)

    def sought(self, typed: str) -> Sought:
        """Return what somebody looks for who types this."""
        return read_query(typed, hiding(self.database.ring))

    @asynccontextmanager
    async def watched(self, code: str) -> AsyncIterator[None]:
        """Write down that the caller asked for a dossier outside the own scope; the answer stays the neutral 404."""
        try:
            yield
        except NotFoundError:
            note(outcome=HTTPStatus.NOT_FOUND)
            await note_refusal(self.database, self.caller, code, self.now)
            raise


async def visit(
    *,
    session: SessionDep,
    means: MeansDep,
    caller: CallerDep,
    database: DatabaseDep,
    lang: LangDep,
    now: NowDep,
) -> Visit:
    """Give everything a route about a dossier needs."""
    return Visit(session, means, caller, database, lang, now)


VisitDep = Annotated[Visit, Depends(visit)]
