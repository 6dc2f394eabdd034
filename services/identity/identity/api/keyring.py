"""The opened signing key of this process, and the public keys as others read them."""

from datetime import datetime
from typing import Any

from common.security import Signer
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.keys import published, signing_key
from identity.models import SigningKey
from identity.ports import KeyChest


class Keyring:
    """Opens each sealed key once, because opening is slow on purpose."""

    def __init__(self, chest: KeyChest) -> None:
        """Begin with nothing opened."""
        self._chest = chest
        self._signers: dict[str, Signer] = {}

    def signer(self, key: SigningKey) -> Signer:
        """Give the signer of one key."""
        if key.kid not in self._signers:
            self._signers = {key.kid: Signer(self._chest.open(key.sealed), key.kid)}
        return self._signers[key.kid]

    async def current(self, session: AsyncSession, now: datetime) -> SigningKey | None:
        """Give the key that signs now; None before the first one is made."""
        return signing_key(await queries.signing_keys(session), now)

    async def jwks(self, session: AsyncSession, now: datetime) -> dict[str, Any]:
        """Give the public halves of all keys others must trust now."""
        return {"keys": [key.public_jwk for key in published(await queries.signing_keys(session), now)]}
