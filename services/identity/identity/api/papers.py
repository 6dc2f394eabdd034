"""What agencies wrote about an officer: for which cases registered, notices that end rights, commitments."""

import uuid
from datetime import date, datetime

from audit import note
from common.api import CallerDep, IdempotencyDep, LangDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Right, Role, is_another_person, who_may
from regulation.typed import Typed
from regulation.zone import local_day
from starlette.background import BackgroundTasks

from identity.api.deps import VisitDep
from identity.api.grants import send_all
from identity.api.officers import OfficerOut
from identity.domain.registered import Document, NoticeKind, Population, population
from identity.models import Commitment, OfficerNotice
from identity.usecases.enter_commitment import Signed, commit_oneself, enter_commitment
from identity.usecases.enter_notice import enter_notice
from identity.usecases.read_papers import read_papers

router = APIRouter(prefix="/api/identity", tags=["officers"])
GRANTERS = only_for(who_may(Right.GRANT_RIGHTS))


class NoticeBody(BaseModel):
    """Why rights change or end, and the agency's paper."""

    kind: NoticeKind
    document_number: Typed = Field(min_length=1, max_length=60)
    document_on: Day


class CommitmentBody(BaseModel):
    """A commitment signed on paper."""

    document_number: Typed = Field(min_length=1, max_length=60)
    signed_on: Day
    until_on: Day


class NoticeOut(BaseModel):
    """A notice, and the roles the officer had before."""

    kind: NoticeKind
    document_number: str
    document_on: date
    roles_before: list[str]
    entered_at: datetime

    @classmethod
    def of(cls, row: OfficerNotice, lang: str) -> "NoticeOut":
        """Show a notice."""
        return cls(
            kind=NoticeKind(row.kind),
            document_number=row.document_number,
            document_on=row.document_on,
            roles_before=[Role(role).said(lang) for role in row.roles_before],
            entered_at=row.entered_at,
        )


class CommitmentOut(BaseModel):
    """A commitment; without a number it was accepted in the system."""

    document_number: str | None
    signed_on: date
    until_on: date

    @classmethod
    def of(cls, row: Commitment) -> "CommitmentOut":
        """Show a commitment."""
        return cls(document_number=row.document_number, signed_on=row.signed_on, until_on=row.until_on)


class ReferenceOut(BaseModel):
    """A request that names the officer."""

    document_number: str
    document_on: date
    cases: list[str]


class PapersOut(BaseModel):
    """What was written about an officer, and what counts now."""

    held: list[str]
    """The cases the officer is registered for."""
    held_names: list[str]
    population: Population
    requests: list[ReferenceOut]
    notices: list[NoticeOut]
    commitments: list[CommitmentOut]
    may_notice: bool
    """Whether the caller may enter a notice: nobody does so for himself."""


@router.get("/officers/{officer_id}/papers", dependencies=[GRANTERS])
async def show(
    officer_id: uuid.UUID, caller: CallerDep, session: SessionDep, visit: VisitDep, lang: LangDep
) -> PapersOut:
    """Show an officer's papers."""
    rules, visitor, now = visit.built.rules, visit.visitor, visit.now
    account, papers = await read_papers(
        session, caller, str(officer_id), office_grants=rules.office_grants, visitor=visitor, now=now
    )
    held, until = sorted(papers.held), papers.committed_until
    return PapersOut(
        held=[case.value for case in held],
        held_names=[case.said(lang) for case in held],
        population=population(
            held=papers.held, needed=rules.commitment_needed, until=until, today=local_day(now)
        ),
        requests=[
            ReferenceOut(document_number=r.document_number, document_on=r.document_on, cases=p.cases)
            for r, p in papers.requests
        ],
        notices=[NoticeOut.of(one, lang) for one in papers.notices],
        commitments=[CommitmentOut.of(one) for one in papers.commitments],
        may_notice=is_another_person(caller.subject, str(account.id)),
    )


@router.post(
    "/officers/{officer_id}/notices",
    dependencies=[GRANTERS, FRESH_PROOF],
    status_code=201,
    response_model=OfficerOut,
)
async def notice(
    *,
    officer_id: uuid.UUID,
    body: NoticeBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    lang: LangDep,
    idem: IdempotencyDep,
    later: BackgroundTasks,
) -> OfficerOut | Response:
    """Enter a notice: rights end at once."""
    note(purpose=body.document_number)
    if (hit := await idem.replay(session)) is not None:
        return hit
    done = await enter_notice(
        session,
        caller,
        str(officer_id),
        body.kind,
        Document(body.document_number, body.document_on),
        office_grants=visit.built.rules.office_grants,
        work_address=visit.built.hand_over_address,
        visitor=visit.visitor,
        now=visit.now,
    )
    answer = OfficerOut.of(done.account, lang)
    await idem.remember(session, 201, answer)
    later.add_task(send_all, visit.built.mail, done.letters)
    return answer


@router.post(
    "/officers/{officer_id}/commitments",
    dependencies=[GRANTERS, FRESH_PROOF],
    status_code=201,
    response_model=CommitmentOut,
)
async def enter(
    *,
    officer_id: uuid.UUID,
    body: CommitmentBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    idem: IdempotencyDep,
) -> CommitmentOut | Response:
    """Enter a commitment signed on paper."""
    note(purpose=body.document_number)
    if (hit := await idem.replay(session)) is not None:
        return hit
    paper = Signed(body.document_number, body.signed_on, body.until_on)
    office, visitor, now = visit.built.rules.office_grants, visit.visitor, visit.now
    made = await enter_commitment(
        session, caller, str(officer_id), paper, office_grants=office, visitor=visitor, now=now
    )
    answer = CommitmentOut.of(made)
    await idem.remember(session, 201, answer)
    return answer


@router.post("/me/commitments", dependencies=[only_for(who_may(Right.READ_OFFICERS))], status_code=201)
async def commit(caller: CallerDep, session: SessionDep, visit: VisitDep) -> CommitmentOut:
    """Accept the commitment in the system, for a year."""
    return CommitmentOut.of(await commit_oneself(session, caller, visitor=visit.visitor, now=visit.now))
