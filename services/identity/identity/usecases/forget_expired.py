"""The end of what has expired and serves nobody any more."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from audit import did
from regulation.holds import Held
from regulation.retention import Record, Retention, key_of
from sqlalchemy import Text, cast, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from identity import queries
from identity.models import (
    Challenge,
    FactorOffer,
    FormerMail,
    KnownDevice,
    PasskeyChallenge,
    ProviderAttempt,
    SigningKey,
    SignInSession,
    SignInTally,
    SpentWork,
)

DAY: Final = timedelta(days=1)
BATCH: Final = 1000


class _Kept(NamedTuple):
    """Rows about people, by the kind of record they are, and since when nobody needs one."""

    record: Record
    rows: type[Any]
    since: InstrumentedAttribute[Any]


_KEPT: Final = (
    _Kept(Record.CODE, Challenge, Challenge.expires_at),
    _Kept(Record.SIGN_IN, SignInSession, SignInSession.expires_at),
    _Kept(Record.DEVICE, KnownDevice, KnownDevice.last_at),
)


async def forget_expired(
    session: AsyncSession, retention: Retention, now: datetime, limit: int = BATCH
) -> int:
    """Erase a batch of codes, sign-ins and devices whose time is over; the access log says how many of which.
    Those of an account that a decision keeps stay.

    Return how many went, so that whoever asks can ask again. Source: R-SEC-16; R-SEC-20
    """
    gone = 0
    for record, rows, since in _KEPT:
        keys = rows.__table__.primary_key.columns
        held = cast(rows.account_id, Text).in_(queries.held(Held.ACCOUNT))
        gone_by = since < retention.over_before(record, now)
        old = select(*keys).where(gone_by, held.is_not(True)).limit(limit)
        erased = await session.execute(delete(rows).where(tuple_(*keys).in_(old)).returning(*keys))
        if count := len(erased.all()):
            await did(
                session, "identity", "forget-expired", subject=record, purpose=key_of(record), count=count
            )
        gone += count
    return gone


async def forget_spent(session: AsyncSession, now: datetime) -> None:
    """Delete counts, spent work, challenges, attempts and keys that nobody can use any more; they tell of nobody."""
    await session.execute(delete(ProviderAttempt).where(ProviderAttempt.expires_at < now - DAY))
    await session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < now - DAY))
    await session.execute(delete(FactorOffer).where(FactorOffer.offered_at < now - DAY))
    await session.execute(delete(FormerMail).where(FormerMail.until_at < now))
    await session.execute(delete(SpentWork).where(SpentWork.used_at < now - DAY))
    await session.execute(delete(SignInTally).where(SignInTally.last_at < now - DAY))
    await session.execute(delete(SigningKey).where(SigningKey.published_until < now - DAY))
