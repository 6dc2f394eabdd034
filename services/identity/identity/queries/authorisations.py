"""Reads of authorisations to settle at the desk."""

import uuid
from collections.abc import Sequence
from datetime import date

from common.errors import NotFoundError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Account, DeskAuthorisation

MOST = 200


async def authorisations_of(session: AsyncSession, account_id: uuid.UUID) -> Sequence[DeskAuthorisation]:
    """List an officer's, those over and withdrawn too, the newest first."""
    theirs = select(DeskAuthorisation).where(DeskAuthorisation.account_id == account_id)
    newest = theirs.order_by(DeskAuthorisation.given_at.desc(), DeskAuthorisation.id.desc()).limit(MOST)
    return (await session.scalars(newest)).all()


async def authorisation(
    session: AsyncSession, account_id: uuid.UUID, identifier: uuid.UUID
) -> DeskAuthorisation:
    """Give one of an officer's, locked. Raises: NotFoundError."""
    found = await session.get(DeskAuthorisation, identifier, with_for_update=True, populate_existing=True)
    if found is None or found.account_id != account_id:
        raise NotFoundError
    return found


async def counting_authorisation(
    session: AsyncSession, account: Account, procedure: str, today: date
) -> DeskAuthorisation | None:
    """Give the one by which an officer settles a procedure today in the agency worked for, if there is one.

    Source: NB Đ.16.4; R-INT-15
    """
    mine = await authorisations_of(session, account.id)
    named = (one for one in mine if procedure in one.procedures and one.agency == account.agency)
    return next((one for one in named if one.counts(today)), None)
