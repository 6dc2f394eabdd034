"""Take another channel in place of one that failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from common.database import Database
from common.ids import uuid7
from sqlalchemy import and_
from sqlalchemy.dialects.postgresql import insert

from notify.domain.channels import OUTSIDE, Channel
from notify.domain.delivery import NOT_CHOSEN, State
from notify.models import Delivery
from notify.queries.reached import missed_deliveries

LATEST: Final = timedelta(days=1)
"""After so long a failure is no longer mended; nobody wants yesterday's news by a second way."""


async def fall_back(database: Database, channels: Sequence[Channel], now: datetime) -> int:
    """Queue for each delivery that failed the other outside channel of the province; return how many.

    What another channel carried, or is carrying, needs no second way; one that failed itself is not tried again.

    Source: NB Đ.8.2; TN Đ.11.5.c; R-NTF-13
    """
    if len([one for one in channels if one in OUTSIDE]) < len(OUTSIDE):
        return 0
    async with database.sessions.begin() as session:
        missed = await missed_deliveries(session, now - LATEST)
        rows = [
            _instead(one, channel, now) for one in missed for channel in OUTSIDE if channel != one.channel
        ]
        if rows:
            await session.execute(_AGAIN, rows)
    return len(rows)


def _instead(missed: Delivery, channel: Channel, now: datetime) -> dict[str, object]:
    return {
        "id": uuid7(),
        "message_id": missed.message_id,
        "event_id": missed.event_id,
        "recipient": missed.recipient,
        "channel": channel.value,
        "state": State.QUEUED.value,
        "attempts": 0,
        "next_attempt_at": now,
        "instead_of": missed.channel,
    }


_NEW = insert(Delivery)
_AGAIN = _NEW.on_conflict_do_update(
    index_elements=["event_id", "recipient", "channel"],
    set_={
        "state": _NEW.excluded.state,
        "next_attempt_at": _NEW.excluded.next_attempt_at,
        "instead_of": _NEW.excluded.instead_of,
        "finished_at": None,
        "reason": None,
    },
    where=and_(Delivery.state == State.SKIPPED, Delivery.reason == NOT_CHOSEN),
)
