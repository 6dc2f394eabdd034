"""Note that a person opened a notice."""

import uuid
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.models import Message


async def read_message(session: AsyncSession, recipient: str, id_: uuid.UUID, now: datetime) -> Message:
    """Write when the notice was first opened; a later opening keeps that time.

    Raises:
        NotFoundError: it does not exist or is somebody else's.
    """
    message = await queries.own_message(session, recipient, id_)
    message.read_at = message.read_at or now
    return message
