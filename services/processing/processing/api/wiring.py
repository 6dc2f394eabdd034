"""What the routes get from the composition root."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from common.api import CallerDep, NowDep
from common.errors import ForbiddenError
from common.security import Caller
from fastapi import Depends, Path, Request

from processing.domain.rules import HandlingRules
from processing.queries import Target
from processing.usecases.issue_decision import Issuing


async def rules(request: Request) -> HandlingRules:
    """Return the rules of the province's profile."""
    return cast(HandlingRules, request.app.state.rules)


async def issuing(request: Request) -> Issuing:
    """Return the means of issuing documents."""
    return cast(Issuing, request.app.state.issuing)


async def officer(caller: CallerDep) -> Caller:
    """Let officers pass. Raises: ForbiddenError."""
    if caller.kind != "officer":
        raise ForbiddenError
    return caller


AgencyPath = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9.]{1,40}$", description="Agency code, for example H42.101")
]
CodePath = Annotated[str, Path(max_length=60, description="Dossier code")]
RulesDep = Annotated[HandlingRules, Depends(rules)]
IssuingDep = Annotated[Issuing, Depends(issuing)]
OfficerDep = Annotated[Caller, Depends(officer)]


@dataclass(frozen=True)
class Desk:
    """One officer before one dossier, at one moment, under the province's rules."""

    target: Target
    rules: HandlingRules
    means: Issuing
    now: datetime


async def desk(
    *, agency: AgencyPath, code: CodePath, caller: OfficerDep, request: Request, now: NowDep
) -> Desk:
    """Gather what every route about one dossier needs."""
    return Desk(Target(caller, agency, code), await rules(request), await issuing(request), now)


DeskDep = Annotated[Desk, Depends(desk)]
