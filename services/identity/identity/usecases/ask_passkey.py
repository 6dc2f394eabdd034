"""Ask for a passkey: what an officer's browser needs to show one of those registered."""

from datetime import datetime
from typing import Any

from common.errors import NotFoundError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.passkeys import Ceremony, Site, request_options
from identity.models import Passkey, PasskeyChallenge


async def ask_passkey(session: AsyncSession, caller: Caller, *, site: Site, now: datetime) -> dict[str, Any]:
    """Give a challenge to the caller's own passkeys, bound to this sign-in.

    Raises: NotFoundError where there is none.
    Source: NB Đ.24.3; R-ACC-10
    """
    signed_in = await queries.sign_in_of(session, caller)
    held = [one for one in await Passkey.all_of(session, signed_in.account_id) if one.copied_at is None]
    if not held:
        raise NotFoundError
    challenge = await PasskeyChallenge.give(session, signed_in.id, Ceremony.PROVING, now)
    return request_options(site, challenge=challenge, known=[one.credential_id for one in held])
