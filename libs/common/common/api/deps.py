"""What a route may ask for: a session, the caller, the time, the language."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar, cast

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel
from regulation.text import Lang
from sqlalchemy.ext.asyncio import AsyncSession

from common.database import Database
from common.errors import (
    AccountLimitedError,
    PasswordChangeRequiredError,
    SecondFactorRequiredError,
    UnauthenticatedError,
)
from common.security import Caller, Verifier

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """One page of a list; `next` is the cursor of the page that follows, nothing at the end."""

    items: list[T]
    total: int
    next: str | None = None


def client_address(request: Request) -> str:
    """Return the last hop of X-Forwarded-For, which the edge writes; hops before it are the client's own claim."""
    last = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return last or (request.client.host if request.client else "")


async def database(request: Request) -> Database:
    """Give the service's database."""
    return cast(Database, request.app.state.database)


async def session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open a session that commits after the route returned and before its answer leaves."""
    async with request.app.state.database.sessions() as opened:
        yield opened
        await opened.commit()


async def built(request: Request) -> object:
    """Give the one value that a service's `main` built for its routes."""
    return request.app.state.built


async def now(request: Request) -> datetime:
    """Tell the time in UTC; it enters here and travels on as an argument."""
    return cast(datetime, request.app.state.now())


def preferred_language(header: str | None) -> Lang:
    """Choose Vietnamese unless the `Accept-Language` header ranks English higher."""
    best: tuple[float, Lang] = (0.0, "vi")
    for part in (header or "").split(","):
        tag, _, quality = part.strip().partition(";q=")
        name = tag.strip().lower()[:2]
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if name in ("vi", "en") and weight > best[0]:
            best = (weight, cast(Lang, name))
    return best[1]


async def language(request: Request) -> Lang:
    """Tell the language of the answer."""
    return preferred_language(request.headers.get("accept-language"))


async def bearer(request: Request) -> Caller | None:
    """Tell whose token it is, whatever its holder still owes; nobody without one. Raises: UnauthenticatedError."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not token:
        return None
    verifier = cast(Verifier | None, request.app.state.verifier)
    if scheme.lower() != "bearer" or verifier is None:
        raise UnauthenticatedError
    request.state.caller = await verifier.verify(token.strip())
    return cast(Caller, request.state.caller)


async def optional_caller(request: Request) -> Caller | None:
    """Tell who calls, nobody without a token. Raises: UnauthenticatedError, SecondFactorRequiredError."""
    who = await bearer(request)
    if who is not None and who.owes:
        raise SecondFactorRequiredError
    return who


async def any_caller(who: Annotated[Caller | None, Depends(bearer)]) -> Caller:
    """Tell who calls, even one who owes a new password or a second factor first. Raises: UnauthenticatedError."""
    if who is None:
        raise UnauthenticatedError
    return who


async def caller(request: Request, who: Annotated[Caller, Depends(any_caller)]) -> Caller:
    """Tell who calls. Raises: UnauthenticatedError, AccountLimitedError, and what is owed first."""
    if who.limited and request.method not in ("GET", "HEAD"):
        raise AccountLimitedError
    if who.owes == "proof":
        raise SecondFactorRequiredError
    if who.must_change_password:
        raise PasswordChangeRequiredError
    if who.owes:
        raise SecondFactorRequiredError
    return who


async def proven(who: Annotated[Caller, Depends(caller)]) -> None:
    """Let pass whose second factor was shown just now. Raises: StepUpRequiredError."""
    who.must_have_proven()


class Only(frozenset[str]):
    """Lets pass who holds one of the roles; a route has it beside its path, so that it comes before the body.

    What a caller may not do is refused before anything is said about what was sent.
    """

    async def __call__(self, who: Annotated[Caller, Depends(caller)]) -> None:
        """Let the caller pass. Raises: UnauthenticatedError, PasswordChangeRequiredError, ForbiddenError."""
        who.require(*self)


async def ask_rights(request: Request) -> None:
    """Ask for the rights of a route whose body could not be read: the framework reads it before it asks anything.

    Raises: UnauthenticatedError, PasswordChangeRequiredError, ForbiddenError.
    """
    route = request.scope.get("route")
    for one in route.dependant.dependencies if isinstance(route, APIRoute) else ():
        if isinstance(one.call, Only):
            await one.call(await caller(request, await any_caller(await bearer(request))))


def only_for(roles: Iterable[str]) -> Any:
    """Return the dependency of a route, or of all routes of a router, that lets pass who holds one of the roles."""
    return Depends(Only(roles))


FRESH_PROOF: Any = Depends(proven)
"""The dependency of a route that signs or grants, behind the one that asks for the right."""
# FastAPI would otherwise commit after the answer: a client could read before its own write is there.
SessionDep = Annotated[AsyncSession, Depends(session, scope="function")]
DatabaseDep = Annotated[Database, Depends(database)]
NowDep = Annotated[datetime, Depends(now)]
LangDep = Annotated[Lang, Depends(language)]
OptionalCallerDep = Annotated[Caller | None, Depends(optional_caller)]
AnyCallerDep = Annotated[Caller, Depends(any_caller)]
CallerDep = Annotated[Caller, Depends(caller)]
