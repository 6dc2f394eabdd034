"""Requests of agencies for officers' rights: list and enter."""

import uuid
from datetime import date, datetime

from audit import note
from common.api import CallerDep, IdempotencyDep, LangDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field
from regulation.codes.agency import LONGEST
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.typed import Typed

from identity.api.deps import VisitDep
from identity.domain.people import login_name, officer_name
from identity.domain.registered import Case, Document, Person
from identity.domain.registration import Checks
from identity.models import RegisteredPerson, RightsRequest
from identity.usecases.enter_request import enter_request
from identity.usecases.read_requests import read_requests

router = APIRouter(
    prefix="/api/identity/rights-requests",
    tags=["officers"],
    dependencies=[only_for(who_may(Right.GRANT_RIGHTS))],
)
MOST = 500


class PersonBody(BaseModel):
    """One line of the list: sign-in name, name, and the cases."""

    login: str = Field(max_length=60)
    full_name: str = Field(max_length=200)
    cases: list[Case] = Field(min_length=1, max_length=4)


class RightsRequestBody(BaseModel):
    """The request of an agency: number, day and list."""

    agency: str = Field(max_length=LONGEST)
    document_number: Typed = Field(min_length=1, max_length=60)
    document_on: Day
    persons: list[PersonBody] = Field(min_length=1, max_length=MOST)


class RegisteredOut(BaseModel):
    """One person of a request, the cases named in the reader's language."""

    login: str
    full_name: str
    cases: list[str]
    case_names: list[str]

    @classmethod
    def of(cls, row: RegisteredPerson, lang: str) -> "RegisteredOut":
        """Show one line of the list."""
        names = [Case(case).said(lang) for case in row.cases]
        return cls(login=row.login, full_name=row.full_name, cases=row.cases, case_names=names)


class RightsRequestOut(BaseModel):
    """A request, and its list."""

    id: uuid.UUID
    agency: str
    document_number: str
    document_on: date
    entered_at: datetime
    persons: list[RegisteredOut]

    @classmethod
    def of(cls, row: RightsRequest, people: list[RegisteredPerson], lang: str) -> "RightsRequestOut":
        """Show a request."""
        return cls(
            id=row.id,
            agency=row.agency,
            document_number=row.document_number,
            document_on=row.document_on,
            entered_at=row.entered_at,
            persons=[RegisteredOut.of(one, lang) for one in people],
        )


class RightsRequestList(BaseModel):
    """The requests in the caller's reach, the newest first, and whether rights need one here."""

    items: list[RightsRequestOut]
    needed: bool


@router.get("")
async def listing(
    caller: CallerDep, session: SessionDep, visit: VisitDep, lang: LangDep
) -> RightsRequestList:
    """List the requests."""
    office = visit.built.rules.office_grants
    found = await read_requests(session, caller, office_grants=office)
    return RightsRequestList(
        items=[RightsRequestOut.of(row, people, lang) for row, people in found], needed=office
    )


class EnteredOut(BaseModel):
    """What was entered."""

    id: uuid.UUID


@router.post("", dependencies=[FRESH_PROOF], status_code=201, response_model=EnteredOut)
async def enter(
    *,
    body: RightsRequestBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    idem: IdempotencyDep,
) -> EnteredOut | Response:
    """Enter a request."""
    note(purpose=body.document_number)
    if (hit := await idem.replay(session)) is not None:
        return hit
    made = await enter_request(
        session,
        caller,
        body.agency,
        Document(body.document_number, body.document_on),
        _people(body.persons),
        office_grants=visit.built.rules.office_grants,
        visitor=visit.visitor,
        now=visit.now,
    )
    answer = EnteredOut(id=made.id)
    await idem.remember(session, 201, answer)
    return answer


def _people(lines: list[PersonBody]) -> list[Person]:
    """Read the lines of a list, each fault named by its line. Raises: InvalidInputError."""
    checks, people = Checks(), []
    for number, line in enumerate(lines):
        name = checks.keep(officer_name, line.full_name, f"persons.{number}.full_name")
        login = checks.keep(login_name, line.login, f"persons.{number}.login")
        if name and login:
            people.append(Person(login, name, tuple(dict.fromkeys(line.cases))))
    checks.finish()
    return people
