"""Where to reach a person, for services that have the right to ask."""

from common.api import CallerDep, SessionDep
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from identity.api.deps import VisitDep
from identity.usecases.read_contact import read_contact

router = APIRouter(prefix="/api/identity/contacts", tags=["contacts"])


class ContactOut(BaseModel):
    """Name, addresses, language and wished channels of one person."""

    model_config = ConfigDict(from_attributes=True)

    display_name: str
    email: str
    phone: str | None
    language: str
    channels: list[str]


@router.get("/{account_id}")
async def show(account_id: str, caller: CallerDep, session: SessionDep, visit: VisitDep) -> ContactOut:
    """Show a contact to a service with the role contacts:read."""
    return ContactOut.model_validate(
        await read_contact(session, caller, account_id, visitor=visit.visitor, now=visit.now)
    )
