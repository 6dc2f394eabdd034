"""Begin to sign in with the outside provider: an attempt is kept, and the browser is sent there."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.oidc import NoProviderError, Secrets, authorization_url
from identity.models import ProviderAttempt
from identity.ports import KeyChest, Provider


class Begun(NamedTuple):
    """Where the browser goes, and what it keeps to be known again."""

    url: str
    binding: str


async def begin_provider_sign_in(
    session: AsyncSession, door: str, *, provider: Provider, chest: KeyChest, now: datetime
) -> Begun:
    """Keep an attempt for one door.

    Raises: NoProviderError, ProviderAwayError.
    Source: QT Đ.3.2; QT Đ.14.1; R-ACC-03
    """
    if not provider.client.issuer:
        raise NoProviderError
    told = await provider.metadata()
    made = Secrets.fresh()
    session.add(ProviderAttempt.begun(made, door, chest.sealed(f"{made.nonce} {made.verifier}"), now))
    await session.flush()
    return Begun(authorization_url(provider.client, told.authorization, made, door), made.binding)
