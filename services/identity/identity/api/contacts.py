"""Where to reach people, for services that have the right to ask."""

from typing import Annotated

from common.api import CallerDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel, Field

from identity.api.deps import VisitDep
from identity.domain.contacts import reachable
from identity.domain.roles import CONTACTS
from identity.models import Account
from identity.usecases.read_contacts import read_contacts

router = APIRouter(prefix="/api/identity/contacts", tags=["contacts"])
MOST = 500
"""Accounts one question may name."""


class ReadContactsBody(BaseModel):
    """Whose contacts a service asks for, by account id."""

    account_ids: Annotated[list[str], Field(min_length=1, max_length=MOST)]


class ContactOut(BaseModel):
    """Name, addresses, language and wished channels of one person."""

    account_id: str
    display_name: str
    email: str | None
    phone: str | None
    language: str
    channels: list[str]

    @classmethod
    def of(cls, account: Account) -> "ContactOut":
        """Show how an account's person is reached."""
        return cls(
            account_id=str(account.id),
            display_name=account.display_name,
            email=reachable(account.email),
            phone=account.phone if account.phone_proven else None,
            language=account.language,
            channels=account.channels,
        )


class ContactsOut(BaseModel):
    """The contacts of those accounts that exist."""

    items: list[ContactOut]


@router.post("/readings", dependencies=[only_for([CONTACTS])])
async def read(
    body: ReadContactsBody, caller: CallerDep, session: SessionDep, visit: VisitDep
) -> ContactsOut:
    """Show contacts to a service with the role contacts:read; each reading is written into the access log."""
    found = await read_contacts(session, caller, body.account_ids, visitor=visit.visitor, now=visit.now)
    return ContactsOut(items=[ContactOut.of(account) for account in found])
