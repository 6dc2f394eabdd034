"""What the routes take from the composition root, and one request as the stories see it."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NamedTuple

from common.api import NowDep
from common.api.deps import built
from fastapi import Depends, Request
from regulation.links import RECOVERY, SIGN_IN

from identity.api.keyring import Keyring
from identity.domain.devices import Visitor, visitor
from identity.domain.rules import AccountRules
from identity.ports import KeyChest, Mail, Passwords


@dataclass(frozen=True)
class Built:
    """What `main` built: rules, means and addresses of this service."""

    rules: AccountRules
    passwords: Passwords
    mail: Mail
    chest: KeyChest
    keyring: Keyring
    service_clients: dict[str, str]
    public_url: str

    @property
    def recovery(self) -> str:
        """Give the page where a forgotten account is recovered."""
        return self.public_url + RECOVERY

    @property
    def sign_in_address(self) -> str:
        """Give the page where officers sign in."""
        return self.public_url + SIGN_IN


def where_from(request: Request) -> Visitor:
    """Tell where a request came from.

    The gateway writes the client's address as the last hop of X-Forwarded-For; hops before it are the
    client's own claim and are not believed.
    """
    last = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    address = last or (request.client.host if request.client else "")
    try:
        known = str(ipaddress.ip_address(address))
    except ValueError:
        known = None
    return visitor(known, request.headers.get("user-agent"))


class Visit(NamedTuple):
    """One request as the stories see it: what the service has at hand, where the request came from, and when."""

    built: Built
    visitor: Visitor
    now: datetime


BuiltDep = Annotated[Built, Depends(built)]


async def visit(request: Request, built: BuiltDep, now: NowDep) -> Visit:
    """Tell everything about a request that is neither its body nor its caller."""
    return Visit(built, where_from(request), now)


VisitDep = Annotated[Visit, Depends(visit)]
