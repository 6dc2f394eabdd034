"""The periodic review of officers' accounts: what it finds, what was decided, and confirming it."""

import uuid
from datetime import datetime

from common.api import CallerDep, IdempotencyDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may
from regulation.typed import Typed

from identity.api.deps import VisitDep
from identity.api.rights_requests import EnteredOut
from identity.domain.reviewing import Fate
from identity.queries.reviews import MOST, Report, Unused
from identity.usecases.read_review import read_review
from identity.usecases.review_accounts import review_accounts

router = APIRouter(
    prefix="/api/identity/usage-reviews",
    tags=["officers"],
    dependencies=[only_for(who_may(Right.GRANT_RIGHTS))],
)


class UnusedOut(BaseModel):
    """An officer with rights who did not sign in."""

    id: uuid.UUID
    login: str
    full_name: str
    agency: str
    last_used_at: datetime | None

    @classmethod
    def of(cls, one: Unused) -> "UnusedOut":
        """Show one."""
        who = one.account
        return cls(
            id=who.id,
            login=who.login or "",
            full_name=who.full_name,
            agency=who.agency or "",
            last_used_at=one.last_used_at,
        )


class ReviewLineOut(BaseModel):
    """What became of one account."""

    login: str
    full_name: str
    last_used_at: datetime | None
    fate: Fate
    reason: str | None


class ReviewOut(BaseModel):
    """A review that was done."""

    id: uuid.UUID
    agency: str
    since: datetime
    entered_at: datetime
    lines: list[ReviewLineOut]

    @classmethod
    def of(cls, report: Report) -> "ReviewOut":
        """Show a report."""
        lines = [
            ReviewLineOut(
                login=who.login or "",
                full_name=who.full_name,
                last_used_at=line.last_used_at,
                fate=Fate(line.fate),
                reason=line.reason,
            )
            for line, who in report.lines
        ]
        done = report.review
        return cls(id=done.id, agency=done.agency, since=done.since, entered_at=done.entered_at, lines=lines)


class ReviewListOut(BaseModel):
    """The cycle in months (0 for none), what it finds now, when a review is due, and earlier reports."""

    months: int
    since: datetime | None
    due_at: datetime | None
    unused: list[UnusedOut]
    items: list[ReviewOut]


class ReviewBody(BaseModel):
    """The list as it was seen, and the reason for each account that is kept."""

    officers: list[str] = Field(max_length=MOST)
    kept: dict[str, Typed] = Field(default={}, max_length=MOST)


@router.get("")
async def listing(caller: CallerDep, session: SessionDep, visit: VisitDep) -> ReviewListOut:
    """Show the review as it stands."""
    rules = visit.built.rules
    found = await read_review(
        session, caller, months=rules.review_months, office_grants=rules.office_grants, now=visit.now
    )
    return ReviewListOut(
        months=rules.review_months,
        since=found.since,
        due_at=found.due_at,
        unused=[UnusedOut.of(one) for one in found.unused],
        items=[ReviewOut.of(one) for one in found.reports],
    )


@router.post("", dependencies=[FRESH_PROOF], status_code=201, response_model=EnteredOut)
async def confirm(
    *, body: ReviewBody, caller: CallerDep, session: SessionDep, visit: VisitDep, idem: IdempotencyDep
) -> EnteredOut | Response:
    """Confirm the list: disable what is not kept, and keep the report."""
    if (hit := await idem.replay(session)) is not None:
        return hit
    rules = visit.built.rules
    made = await review_accounts(
        session,
        caller,
        body.officers,
        body.kept,
        months=rules.review_months,
        office_grants=rules.office_grants,
        visitor=visit.visitor,
        now=visit.now,
    )
    answer = EnteredOut(id=made.id)
    await idem.remember(session, 201, answer)
    return answer
