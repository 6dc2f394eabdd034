"""Tokens for the other services of the suite, by client id and secret."""

import hmac
from typing import Literal

from common.api import SessionDep
from common.errors import UnauthenticatedError
from fastapi import APIRouter
from pydantic import BaseModel, Field

from identity.api.deps import VisitDep
from identity.api.tokens import signed
from identity.domain.keys import TOKEN_LIFETIME
from identity.domain.roles import SERVICE_ROLES

router = APIRouter(prefix="/api/identity", tags=["service tokens"])


class ServiceTokenBody(BaseModel):
    """Which service asks, and its secret."""

    client_id: str = Field(max_length=60)
    client_secret: str = Field(max_length=200)


class ServiceTokenOut(BaseModel):
    """A token that speaks for a service and for no person."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme
    expires_in: int


@router.post("/service-tokens")
async def give(body: ServiceTokenBody, session: SessionDep, visit: VisitDep) -> ServiceTokenOut:
    """Give a service its token."""
    expected = visit.built.service_clients.get(body.client_id, "")
    if not hmac.compare_digest(expected.encode(), body.client_secret.encode()) or not expected:
        raise UnauthenticatedError
    claims: dict[str, object] = {
        "sub": body.client_id,
        "kind": "service",
        "roles": sorted(SERVICE_ROLES.get(body.client_id, ())),
        "agency": None,
        "unit": None,
        "scope": None,
        "mcp": False,
    }
    token = await signed(session, visit.built, claims, visit.now)
    return ServiceTokenOut(access_token=token, expires_in=int(TOKEN_LIFETIME.total_seconds()))
