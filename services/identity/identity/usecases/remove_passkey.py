"""Remove a passkey: it is lost, or not used any more; who must have a second factor keeps one."""

import uuid
from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus

from audit import keep_refusal
from common.errors import NotFoundError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.passkeys import LastFactorError
from identity.models import AccessEntry, Action, Passkey, RecoveryCode


async def remove_passkey(
    session: AsyncSession,
    caller: Caller,
    passkey_id: uuid.UUID,
    *,
    asked_of: Collection[str],
    visitor: Visitor,
    now: datetime,
) -> None:
    """Take one of the caller's own passkeys away; `asked_of` are the roles that must have a second factor.

    Raises: NotFoundError (also for somebody else's), LastFactorError.
    Source: NB Đ.24.3; QT Đ.29.7; R-ACC-10
    """
    account = await queries.own_account(session, caller, lock=True)
    held = await Passkey.all_of(session, account.id)
    row = next((one for one in held if one.id == passkey_id), None)
    if row is None:
        raise NotFoundError
    good = [one for one in held if one.id != passkey_id and one.copied_at is None]
    left = bool(good) or await queries.has_app(session, account.id)
    if not left and not set(asked_of).isdisjoint(account.roles):
        await keep_refusal(session, HTTPStatus.CONFLICT)
        raise LastFactorError(rule="last-factor")
    await session.delete(row)
    await session.flush()
    if not await queries.has_factor(session, account.id):
        await RecoveryCode.forget(session, account.id)  # they help nobody who has no second factor
    session.add(AccessEntry.of(Action.PASSKEY_REMOVED, visitor, now, account.id, str(passkey_id)))
