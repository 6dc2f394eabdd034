"""Suspensions of accounts by decision."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from sqlalchemy import Date, ForeignKey, Index, String, case, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.suspending import Decision, SuspendedAlreadyError, SuspensionDecidedError, in_force
from identity.models.base import Base


class Suspension(Base):
    """A suspension (tạm ngừng tài khoản): proposed, confirmed by another, over by its day or by a word. R-SEC-08."""

    __tablename__ = "suspension"
    __table_args__ = (
        Index("uq_suspension_open", "account_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_suspension_account", "account_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    decision_number: Mapped[str] = mapped_column(String(60))
    ground: Mapped[str] = mapped_column(String(500))
    appeal: Mapped[str] = mapped_column(String(500))
    until_on: Mapped[date] = mapped_column(Date)
    proposed_by: Mapped[str] = mapped_column(String(60))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(60))
    confirmed_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(60))
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None] = mapped_column(String(500))

    @classmethod
    async def open_of(cls, session: AsyncSession, account_id: uuid.UUID) -> "Suspension | None":
        """Find the one of an account that nobody ended, in force or not."""
        mine = select(cls).where(cls.account_id == account_id, cls.ended_at.is_(None))
        found: Suspension | None = await session.scalar(mine)
        return found

    @classmethod
    async def of(cls, session: AsyncSession, account_id: uuid.UUID, today: date) -> "Suspension | None":
        """Find the one of an account that counts today."""
        found = await cls.open_of(session, account_id)
        return found if found is not None and found.counts(today) else None

    @classmethod
    async def forget_words(cls, session: AsyncSession, account_id: uuid.UUID) -> None:
        """Empty what was written about a person; number, days and who decided stay."""
        ended = case((cls.ended_reason.is_(None), None), else_="")
        await session.execute(
            update(cls)
            .where(cls.account_id == account_id)
            .values(ground="", appeal="", ended_reason=ended)
            .execution_options(synchronize_session=False)
        )

    @classmethod
    async def propose(
        cls,
        session: AsyncSession,
        account_id: uuid.UUID,
        decision: Decision,
        *,
        by: str,
        now: datetime,
        today: date,
    ) -> "Suspension":
        """Propose one; an older one that is over by its day makes room. Raises: SuspendedAlreadyError."""
        older = await cls.open_of(session, account_id)
        if older is not None and older.until_on >= today:
            raise SuspendedAlreadyError(rule="once")
        if older is not None:
            older.ended_at, older.ended_by = now, by
            await session.flush()
        made = cls(
            id=uuid7(),
            account_id=account_id,
            decision_number=decision.number,
            ground=decision.ground,
            appeal=decision.appeal,
            until_on=decision.until_on,
            proposed_by=by,
            proposed_at=now,
        )
        session.add(made)
        return made

    def counts(self, today: date) -> bool:
        """Tell whether it counts on a day."""
        confirmed, ended = self.confirmed_at is not None, self.ended_at is not None
        return in_force(confirmed=confirmed, ended=ended, until_on=self.until_on, today=today)

    def confirm(self, by: str, now: datetime) -> None:
        """Let it count from now on. Raises: SuspensionDecidedError."""
        if self.confirmed_at is not None or self.ended_at is not None:
            raise SuspensionDecidedError(rule="once")
        self.confirmed_by, self.confirmed_at = by, now

    def end(self, by: str, reason: str, now: datetime) -> None:
        """Refuse it before it counted, or lift it. Raises: SuspensionDecidedError."""
        if self.ended_at is not None:
            raise SuspensionDecidedError(rule="once")
        self.ended_by, self.ended_at, self.ended_reason = by, now, reason
