"""What the routes take from the composition root."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from common.api import CallerDep, NowDep
from common.api.deps import built, only_for
from common.errors import ForbiddenError
from common.security import Caller
from fastapi import Depends, Path
from regulation.codes import agency, dossier
from regulation.roles import who_may
from regulation.zone import local_day

from processing.domain.deeds import Deed
from processing.domain.rules import HandlingRules
from processing.ports import Means
from processing.queries import Target


@dataclass(frozen=True)
class Built:
    """What `main` built: the rules of the province's profile, and the means of issuing documents."""

    rules: HandlingRules
    means: Means


BuiltDep = Annotated[Built, Depends(built)]


async def officer(caller: CallerDep) -> Caller:
    """Let officers pass. Raises: ForbiddenError."""
    if not caller.is_officer:
        raise ForbiddenError
    return caller


def for_deed(deed: Deed) -> Any:
    """Return the dependency of a route that lets pass who has the right of a deed, however far it reaches."""
    return only_for(who_may(deed.right))


AgencyPath = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9.]+$", max_length=agency.LONGEST, description="Agency code, for example H42.101"
    ),
]
CodePath = Annotated[str, Path(max_length=dossier.LONGEST, description="Dossier code")]
OfficerDep = Annotated[Caller, Depends(officer)]


@dataclass(frozen=True)
class Visit:
    """One officer before one dossier, at one moment, under the province's rules."""

    target: Target
    rules: HandlingRules
    means: Means
    now: datetime


async def visit(
    *, agency: AgencyPath, code: CodePath, caller: OfficerDep, built: BuiltDep, now: NowDep
) -> Visit:
    """Gather what every route about one dossier needs."""
    return Visit(Target(caller, agency, code, local_day(now)), built.rules, built.means, now)


VisitDep = Annotated[Visit, Depends(visit)]
