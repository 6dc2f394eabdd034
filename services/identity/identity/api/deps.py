"""What the routes take from the composition root, and one request as the stories see it."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NamedTuple

from common.api import NowDep
from common.api.deps import built, client_address
from fastapi import Depends, Request
from regulation.links import GRANTS, HAND_OVER, RECOVERY, SIGN_IN

from identity.api.keyring import Keyring
from identity.domain.devices import Visitor, visitor
from identity.domain.passkeys import Site
from identity.domain.rules import AccountRules
from identity.domain.work import COST
from identity.ports import KeyChest, Mail, Passwords, Provider, Tables, Texts


@dataclass(frozen=True)
class Built:
    """What `main` built: rules, means and addresses of this service."""

    rules: AccountRules
    passwords: Passwords
    mail: Mail
    texts: Texts
    tables: Tables
    chest: KeyChest
    keyring: Keyring
    service_clients: dict[str, str]
    public_url: str
    site: Site
    provider: Provider
    work_cost: int = COST
    proof_key: str = ""
    """Marks in tokens what an account proved; empty for none."""

    @property
    def recovery(self) -> str:
        """Give the page where a forgotten account is recovered."""
        return self.public_url + RECOVERY

    @property
    def grants_address(self) -> str:
        """Give the page where rights wait for a second word."""
        return self.public_url + GRANTS

    @property
    def hand_over_address(self) -> str:
        """Give the page where open dossiers are handed over."""
        return self.public_url + HAND_OVER

    @property
    def sign_in_address(self) -> str:
        """Give the page where officers sign in."""
        return self.public_url + SIGN_IN


def where_from(request: Request) -> Visitor:
    """Tell where a request came from."""
    try:
        known = str(ipaddress.ip_address(client_address(request)))
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
