"""The answer of every way to sign in: a short-lived access token and the renewal token behind it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from regulation.roles import rights_of
from sqlalchemy.ext.asyncio import AsyncSession

from identity.api.deps import Built
from identity.domain.keys import TOKEN_LIFETIME
from identity.domain.sessions import token_id
from identity.models import Account, Opened
from identity.usecases.rotate_key import rotate_key


class AccountOut(BaseModel):
    """Who signed in, and what the roles allow: the rights of `docs/roles.md`."""

    id: str
    kind: Literal["citizen", "officer"]
    display_name: str
    roles: list[str]
    rights: list[str]
    agency: str | None
    unit: str | None
    scope: str

    @classmethod
    def of(cls, account: Account) -> "AccountOut":
        """Show an account."""
        return cls(
            id=str(account.id),
            kind="officer" if account.is_officer else "citizen",
            display_name=account.display_name,
            roles=account.roles,
            rights=sorted(rights_of(account.roles)),
            agency=account.agency,
            unit=account.unit,
            scope=account.scope,
        )


class TokenOut(BaseModel):
    """An access token good for `expires_in` seconds, and what renews it."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme
    expires_in: int
    refresh_token: str
    must_change_password: bool
    account: AccountOut


async def token_out(session: AsyncSession, built: Built, opened: Opened, now: datetime) -> TokenOut:
    """Sign the access token of an open sign-in."""
    account = opened.account
    claims: dict[str, object] = {
        "sub": str(account.id),
        "kind": account.kind,
        "roles": account.roles,
        "agency": account.agency,
        "unit": account.unit,
        "scope": account.scope,
        "jti": token_id(opened.session.id),
        "mcp": account.must_change_password,
    }
    return TokenOut(
        access_token=await signed(session, built, claims, now),
        expires_in=int(TOKEN_LIFETIME.total_seconds()),
        refresh_token=opened.secret,
        must_change_password=account.must_change_password,
        account=AccountOut.of(account),
    )


async def signed(session: AsyncSession, built: Built, claims: dict[str, object], now: datetime) -> str:
    """Sign claims with the key of the hour; the very first call makes it."""
    key = await built.keyring.current(session, now)
    if key is None:
        await rotate_key(session, built.chest, now, only_when_due=True)
        key = await built.keyring.current(session, now)
    assert key is not None, "the first key signs at once"
    return built.keyring.signer(key).sign(claims, TOKEN_LIFETIME)
