"""Save a view: the queue as it is looked at now, under a name."""

from datetime import datetime

from common.ids import uuid7
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.saved_views import Look, SavedViewNameTakenError, room
from intake.models import SavedView
from intake.queries.saved_views import name_taken, view_count


async def save_view(session: AsyncSession, caller: Caller, name: str, look: Look, now: datetime) -> SavedView:
    """Keep a way of looking at the desk's queues for the caller.

    Raises: TooManySavedViewsError, SavedViewNameTakenError.

    Source: TN Đ.12.1; R-INT-01
    """
    room(await view_count(session, caller))
    if await name_taken(session, caller, name):
        raise SavedViewNameTakenError(field="name", rule="unique", name=name)
    view = SavedView(
        id=uuid7(),
        owner_id=caller.subject,
        name=name,
        list=look.list_,
        chosen=look.chosen,
        columns=[*look.columns],
        saved_at=now,
    )
    session.add(view)
    await session.flush()
    return view
