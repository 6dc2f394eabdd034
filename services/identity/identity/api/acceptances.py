"""Terms of use, what officers must not do, and their duties: read and accept."""

from datetime import datetime

from common.api import CallerDep, LangDep, SessionDep
from fastapi import APIRouter
from pydantic import BaseModel, Field

from identity.api.deps import VisitDep
from identity.domain.acceptance import Accepted
from identity.domain.terms import USE, Statement
from identity.usecases.accept_statements import accept_statements
from identity.usecases.read_statements import read_statements

router = APIRouter(prefix="/api/identity", tags=["me"])


class TermsOut(BaseModel):
    """A text to accept, in the reader's language."""

    kind: str
    version: str
    title: str
    lines: list[str]
    grounds: str

    @classmethod
    def of(cls, one: Statement, lang: str) -> "TermsOut":
        """Show a text."""
        title, lines = one.said(lang)
        return cls(kind=one.kind, version=one.version, title=title, lines=list(lines), grounds=one.grounds)


class AskedOut(TermsOut):
    """A text the caller is asked to accept, and what was accepted of it."""

    due: bool
    accepted_version: str | None
    accepted_at: datetime | None

    @classmethod
    def shown(cls, one: Statement, lang: str, last: Accepted | None, due: bool) -> "AskedOut":
        """Show a text and how it stands."""
        said = TermsOut.of(one, lang).model_dump()
        version, at = (last.version, last.at) if last else (None, None)
        return cls(**said, due=due, accepted_version=version, accepted_at=at)


class AskedList(BaseModel):
    """Every text the caller is asked to accept."""

    items: list[AskedOut]


class AcceptBody(BaseModel):
    """Which version of which text was read and is accepted."""

    versions: dict[str, str] = Field(min_length=1, max_length=10)


@router.get("/terms")
async def terms(lang: LangDep) -> TermsOut:
    """Show the terms of use."""
    return TermsOut.of(USE, lang)


@router.get("/me/statements")
async def listing(caller: CallerDep, session: SessionDep, visit: VisitDep, lang: LangDep) -> AskedList:
    """List what the caller must accept."""
    asked = await read_statements(session, caller, age=visit.built.rules.password_age, now=visit.now)
    return AskedList(
        items=[
            AskedOut.shown(one, lang, asked.accepted.get(one.kind), one in asked.due)
            for one in asked.statements
        ]
    )


@router.post("/me/statements", status_code=204)
async def accept(body: AcceptBody, caller: CallerDep, session: SessionDep, visit: VisitDep) -> None:
    """Accept what was read."""
    await accept_statements(
        session,
        caller,
        body.versions,
        age=visit.built.rules.password_age,
        visitor=visit.visitor,
        now=visit.now,
    )
