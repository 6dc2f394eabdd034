"""The opened signing key of this process, and the public keys as others read them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from common.database import Database
from common.errors import UnavailableError
from common.security import Signer
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.keys import KEPT_AFTER, published, signing_key
from identity.models import SigningKey
from identity.ports import KeyChest
from identity.usecases.rotate_key import rotate_key

PATIENCE = 2.0  # seconds; whoever asks for the keys waits three
log = structlog.get_logger()


class Keyring:
    """Opens each sealed key once, because opening is slow on purpose."""

    def __init__(self, chest: KeyChest) -> None:
        """Begin with nothing opened."""
        self._chest = chest
        self._signers: dict[str, Signer] = {}
        self._read: tuple[datetime, Sequence[SigningKey]] | None = None

    def signer(self, key: SigningKey) -> Signer:
        """Give the signer of one key."""
        if key.kid not in self._signers:
            self._signers = {key.kid: Signer(self._chest.open(key.sealed), key.kid)}
        return self._signers[key.kid]

    async def current(self, session: AsyncSession, now: datetime) -> SigningKey | None:
        """Give the key that signs now; None before the first one is made."""
        return signing_key(await queries.signing_keys(session), now)

    async def jwks(self, database: Database, now: datetime) -> dict[str, Any]:
        """Give the public halves of all keys others must trust now; the very first call makes the first key.

        While the database is away, the keys read last are given, until no token signed before can still be alive.

        Raises: UnavailableError.
        """
        try:
            async with asyncio.timeout(PATIENCE), database.sessions.begin() as session:
                keys = await self._keys(session, now)
            self._read = now, keys
        except Exception as error:  # whatever it was, keys read before are better than none
            log.warning("keys not read", error=type(error).__name__)
            if self._read is None or now >= self._read[0] + KEPT_AFTER:
                raise UnavailableError from error
        found = [key.public_jwk for key in published(self._read[1], now)]
        if not found:
            raise UnavailableError
        return {"keys": found}

    async def _keys(self, session: AsyncSession, now: datetime) -> Sequence[SigningKey]:
        keys = await queries.signing_keys(session)
        if published(keys, now):
            return keys
        await rotate_key(session, self._chest, now, only_when_due=True)
        return await queries.signing_keys(session)
