"""Rights that wait for a second person's word."""

import uuid
from datetime import datetime

from common.ids import uuid7
from regulation.roles import Scope
from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.errors import GrantDecidedError
from identity.domain.grants import Outcome, Waiting
from identity.models.account import Account
from identity.models.base import Base


class GrantProposal(Base):
    """A proposal to give an officer roles that nobody gives alone (đề nghị cấp quyền). Source: R-ACC-17."""

    __tablename__ = "grant_proposal"
    __table_args__ = (
        Index(
            "uq_grant_proposal_waiting", "account_id", unique=True, postgresql_where=text("outcome IS NULL")
        ),
        Index("ix_grant_proposal_account", "account_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    agency: Mapped[str] = mapped_column(String(60))
    roles: Mapped[list[str]]
    scope: Mapped[str | None] = mapped_column(String(10))
    """The wider data scope that is proposed; None where it stays as it is."""
    proposed_by: Mapped[str] = mapped_column(String(60))
    proposed_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(300))

    @classmethod
    async def waiting(cls, session: AsyncSession, account_id: uuid.UUID) -> "GrantProposal | None":
        """Find what waits for an officer."""
        found: GrantProposal | None = await session.scalar(
            select(cls).where(cls.account_id == account_id, cls.outcome.is_(None)).with_for_update()
        )
        return found

    @classmethod
    async def propose(
        cls, session: AsyncSession, account: Account, wanted: Waiting, by: str, now: datetime
    ) -> "GrantProposal":
        """Propose roles and a scope for an officer, in the place of what waited before."""
        await cls.replace(session, account, by, now)
        made = cls(
            id=uuid7(),
            account_id=account.id,
            agency=account.agency or "",
            roles=list(wanted.roles),
            scope=wanted.scope,
            proposed_by=by,
            proposed_at=now,
        )
        session.add(made)
        return made

    @classmethod
    async def replace(cls, session: AsyncSession, account: Account, by: str, now: datetime) -> None:
        """End what waits for an officer: a newer word is said."""
        if (older := await cls.waiting(session, account.id)) is not None:
            older.decide(by, Outcome.REPLACED, now)
            await session.flush()

    @property
    def asked(self) -> Waiting:
        """What is proposed."""
        return Waiting(tuple(self.roles), Scope(self.scope) if self.scope else None)

    def decide(self, by: str, outcome: Outcome, now: datetime, reason: str | None = None) -> None:
        """Say what becomes of it, once. Raises: GrantDecidedError."""
        if self.outcome is not None:
            raise GrantDecidedError(rule="once")
        self.outcome, self.decided_by, self.decided_at, self.reason = outcome.value, by, now, reason
