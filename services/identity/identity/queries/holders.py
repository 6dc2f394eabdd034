"""Reads of who holds the province's posts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.holders import Post
from identity.models import RoleHolder

MOST = 300


async def role_holders(session: AsyncSession) -> Sequence[RoleHolder]:
    """List every holder, the newest first."""
    newest = select(RoleHolder).order_by(RoleHolder.from_on.desc(), RoleHolder.post).limit(MOST)
    return (await session.scalars(newest)).all()


async def newest_holder(session: AsyncSession, post: Post) -> RoleHolder | None:
    """Give the holder of a post that begins last, locked."""
    theirs = select(RoleHolder).where(RoleHolder.post == post.value).order_by(RoleHolder.from_on.desc())
    found: RoleHolder | None = await session.scalar(theirs.limit(1).with_for_update())
    return found
