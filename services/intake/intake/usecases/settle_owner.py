"""Say whether open dossiers still need the person of an account, and let go of what was the person's alone."""

from datetime import datetime

from audit import did
from common.inbox import Meta
from common.outbox import record
from regulation.retention import Record, key_of
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.events import OwnerSettled
from intake.models import Attachment, DiscardedFile, Draft, PersonAccount, VaultPaper, VaultUse
from intake.queries.dossiers import open_count
from intake.queries.drafts import drafts_of
from intake.queries.holds import is_held


async def settle_owner(session: AsyncSession, account_id: str, meta: Meta, now: datetime) -> None:
    """Announce how many dossiers need their person: who is owed an answer must be reached until it is given.

    A dossier that a decision keeps needs its person too.

    Source: NB Đ.15.2; R-NTF-01; R-SEC-20
    """
    settled = OwnerSettled(
        aggregate_id=account_id,
        aggregate_version=meta.aggregate_version,
        agency=None,
        occurred_at=now,
        account_id=account_id,
        open_count=await open_count(session, account_id),
    )
    await record(session, settled)


async def forget_owner(session: AsyncSession, account_id: str) -> None:
    """Erase the drafts and the vault of an account that is no more; its dossiers stay, as the law on archives asks.

    Who is kept by decision keeps the drafts.

    Source: Luật 33/2024; TT 13/2023; R-SEC-20
    """
    if await session.scalar(select(is_held(account_id))):
        return  # the days of drafts begin to count again when it is let go
    ids = await drafts_of(session, account_id)
    await session.execute(delete(Attachment).where(Attachment.draft_id.in_(ids)))
    await session.execute(delete(Draft).where(Draft.id.in_(ids)))
    await session.execute(delete(PersonAccount).where(PersonAccount.account_id == account_id))
    await session.execute(delete(DiscardedFile).where(DiscardedFile.owner_id == account_id))
    theirs = select(VaultPaper.id).where(VaultPaper.owner_id == account_id)
    await session.execute(delete(VaultUse).where(VaultUse.paper_id.in_(theirs)))
    await session.execute(delete(VaultPaper).where(VaultPaper.owner_id == account_id))
    rule = key_of(Record.ACCOUNT)
    await did(session, "intake", "erase-accounts", subject=account_id, purpose=rule, count=len(ids))
