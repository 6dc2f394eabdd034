"""Writes every deed down with the deed: in its transaction, or before its answer leaves; else nothing is answered."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final

import structlog
from common.api.problems import problem
from common.database import Database
from common.errors import UnavailableError
from common.logs import where
from sqlalchemy import column, event, insert, table
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audit.lines import Line, current, note
from audit.tables import LINE, WRITTEN

_INSERT: Final = insert(table(LINE, *(column(name) for name in WRITTEN)))
_KEY: Final = "line of the access log"
_COUNTS: Final = "commits a count, and no deed yet"
REFUSED: Final = frozenset({403, 404})
"""Answers to somebody known that are written down though nothing was shown: a door was tried."""
log = structlog.get_logger()


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    line = current.get()
    if line is None or line.kept or line.caller is None or session.info.get("database") is not line.database:
        return
    if session.in_nested_transaction() or not line.route or not {_KEY, _COUNTS}.isdisjoint(session.info):
        return
    session.connection().execute(_INSERT, line.columns())
    session.info[_KEY] = line


@event.listens_for(Session, "after_commit")
def _kept(session: Session) -> None:
    if (line := session.info.pop(_KEY, None)) is not None:
        line.kept = True


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_KEY, None)


@asynccontextmanager
async def trying(session: AsyncSession) -> AsyncIterator[None]:
    """Count a try of something secret, and commit the count before it is judged.

    The count is no deed: the line of the access log is written with what the try leads to, or with its refusal,
    whatever that is; also when it is refused in here because there were too many.
    """
    if (line := current.get()) is not None:
        line.tried = True
    yield
    session.info[_COUNTS] = True
    try:
        await session.commit()
    finally:
        del session.info[_COUNTS]


async def keep_refusal(session: AsyncSession, status: HTTPStatus) -> None:
    """Commit what a refusal leaves behind, with a line that says how it will be answered."""
    note(outcome=status)
    await session.commit()


class WrittenDown:
    """ASGI middleware: no answer to somebody known leaves before its line is committed.

    `silent` are routes, as `GET /api/…`, that show nobody's data, each with the reason.
    """

    def __init__(self, app: ASGIApp, database: Database, silent: Mapping[str, str]) -> None:
        self.app, self.database, self.silent = app, database, silent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and watch over its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        line, stopped = Line(scope, self.database, self.silent), False

        async def sending(message: Message) -> None:
            nonlocal stopped
            if message["type"] == "http.response.start" and not await self._is_written(
                line, message["status"]
            ):
                stopped = True
                await problem(Request(scope), UnavailableError())(scope, receive, send)
            if not stopped:
                await send(message)

        before = current.set(line)
        try:
            await self.app(scope, receive, sending)
        finally:
            current.reset(before)

    async def _is_written(self, line: Line, status: int) -> bool:
        """Write what no transaction of the deed wrote; False when that cannot be done."""
        told = status < 300 or status in REFUSED or (line.tried and status < 500)
        if line.kept or line.caller is None or not line.route or not told:
            return True
        try:
            async with self.database.engine.begin() as connection:
                await connection.execute(_INSERT, line.columns(status))
        except Exception as error:
            log.error("an answer was held back: its line could not be written", error=where(error))
            return False
        line.kept = True
        return True


def writing_down(app: Starlette, database: Database, silent: Mapping[str, str] | None = None) -> None:
    """Write down what is done through an app. `silent` names routes that show nobody's data, with the reason."""
    told: dict[str, Any] = {"database": database, "silent": silent or {}}
    app.user_middleware.append(Middleware(WrittenDown, **told))
