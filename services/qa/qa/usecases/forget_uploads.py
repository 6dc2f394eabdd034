"""Files whose question was never asked are forgotten."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.attachments import HELD
from qa.models import Attachment, Hold


async def forget_uploads(session: AsyncSession, now: datetime) -> int:
    """Forget what waited too long, and return how many; the store lets go of what no row names any more.

    Source: R-SEC-20
    """
    gone = delete(Attachment).where(
        Attachment.number.is_(None), Attachment.uploaded_at <= now - HELD, ~Hold.of(Attachment.uploaded_by)
    )
    return len((await session.scalars(gone.returning(Attachment.id))).all())
