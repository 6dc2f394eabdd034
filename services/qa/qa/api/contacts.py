"""How to reach askers and senders without an account, for the service that sends notices."""

from typing import Annotated

from common.api import SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.links import FOLLOWED_FEEDBACK, FOLLOWED_QUESTION

from qa.queries.feedback import senders
from qa.queries.questions import reached

router = APIRouter(prefix="/api/qa/contacts", tags=["contacts"])
MOST = 500
"""Questions one reading may name."""
CONTACTS = "contacts:read"
"""What the token of a service says that may ask."""


class ReadAskersBody(BaseModel):
    """Of which questions and feedback the askers and senders are to be reached."""

    numbers: Annotated[list[str], Field(min_length=1, max_length=MOST)]


class AskerContactOut(BaseModel):
    """Where an asker without an account is reached, and the page the asker follows the question on.

    No telephone: text messages cost, and nobody proved that the number typed is the asker's.
    """

    number: str
    email: str | None
    link: str


class AskerContactsOut(BaseModel):
    """The contacts of those questions whose asker is still known."""

    items: list[AskerContactOut]


@router.post("/readings", dependencies=[only_for([CONTACTS])])
async def read(body: ReadAskersBody, session: SessionDep) -> AskerContactsOut:
    """Show to the service that sends notices how they are reached. Source: R-QNA-25; R-FBK-10"""
    found = await reached(session, body.numbers)
    items = [
        AskerContactOut(
            number=one.number,
            email=one.asker_email,
            link=FOLLOWED_QUESTION.format(key=one.asker_key) if one.asker_key else "",
        )
        for one in found
    ]
    for sent in await senders(session, body.numbers):
        told = sent.sender or {}
        link = FOLLOWED_FEEDBACK.format(key=told["key"]) if told.get("key") else ""
        items.append(AskerContactOut(number=sent.number, email=told.get("email"), link=link))
    return AskerContactsOut(items=items)
