"""What an inspector asks of the access log, and to which end."""

from datetime import datetime
from typing import Annotated, Final, Literal, NamedTuple

from fastapi import Depends, Query, Request
from regulation.days import Moment
from regulation.typed import Typed

from audit.lines import Deed, looked_for, note

MOST_ABOUT: Final = 24_000
"""Letters of keys: three services tell two hundred each at most."""


class Asked(NamedTuple):
    """What an inspector asks for; empty words ask for everything.

    `person` stands as lines keep it: names as typed, numbers and addresses as marks; `typed` is what was typed.
    `about` are keys of what is the person's elsewhere: with them lines are found where nobody knows who she is.
    """

    actor: str
    subject: str
    deed: Deed | None
    address: str
    refused: bool
    since: datetime | None
    until: datetime | None
    person: str = ""
    typed: str = ""
    route: str = ""
    about: tuple[str, ...] = ()


Word = Annotated[str, Query(max_length=200)]


async def asked(
    *,
    request: Request,
    purpose: Annotated[Typed, Query(min_length=5, max_length=300, description="why; it is written down")],
    actor: Word = "",
    subject: Word = "",
    deed: Deed | None = None,
    address: Word = "",
    outcome: Literal["refused"] | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
    person: Annotated[
        str, Query(max_length=200, description="name, identity number, telephone or e-mail")
    ] = "",
    route: Annotated[str, Query(max_length=200, description="a part of method and address of a route")] = "",
    about: Annotated[
        str, Query(max_length=MOST_ABOUT, description="`keys` of other services, by commas")
    ] = "",
) -> Asked:
    """Read what is asked for, and have the purpose written down with it.

    Lines keep numbers and addresses as marks: a person is looked for by the mark of the number, and this search keeps
    the same mark, so that the log tells who looked for whom in the log.
    """
    note(purpose=purpose)
    typed = person.strip()
    word = looked_for(typed, request.app.state.database.ring) if typed else ""
    return Asked(
        actor.strip(),
        subject.strip(),
        deed,
        address.strip(),
        outcome is not None,
        since,
        until,
        word,
        typed,
        route.strip(),
        tuple(filter(None, map(str.strip, about.split(",")))) if typed else (),
    )


AskedDep = Annotated[Asked, Depends(asked)]
