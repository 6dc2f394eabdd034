"""Sign-ins and their renewal tokens."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from common.addresses import network_of
from common.ids import uuid7
from sqlalchemy import ColumnElement, ForeignKey, Index, String, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.devices import Visitor
from identity.domain.sessions import (
    ANSWER_LOST,
    RENEWAL_LIFETIME,
    SAME_MOMENT,
    Idling,
    fingerprint,
    new_secret,
    slept,
)
from identity.events import SignInSuperseded
from identity.models.access import AccessEntry, Action
from identity.models.account import Account
from identity.models.base import Base


class SignInSession(Base):
    """One sign-in (phiên đăng nhập) on one device."""

    __tablename__ = "sign_in_session"
    __table_args__ = (
        Index("ix_sign_in_session_ended_at", "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    proven_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(60))

    def end(self, now: datetime) -> None:
        """End the sign-in; ending twice keeps the first instant."""
        self.ended_at = self.ended_at or now


class RefreshToken(Base):
    """A renewal token (mã gia hạn phiên), kept as a hash and good for one use."""

    __tablename__ = "refresh_token"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sign_in_session.id", ondelete="CASCADE"), index=True
    )
    issued_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    async def answered(self, session: AsyncSession) -> bool:
        """Tell whether somebody came with a token that was given for this one."""
        if self.used_at is None:
            return False
        used = select(RefreshToken.token_hash).where(self._later, RefreshToken.used_at.is_not(None))
        return await session.scalar(used.limit(1)) is not None

    async def void_answers(self, session: AsyncSession, now: datetime) -> None:
        """Make what was given for this token and never arrived worthless: who comes with it has stolen it."""
        never = update(RefreshToken).where(self._later, RefreshToken.used_at.is_(None))
        await session.execute(never.values(used_at=now - ANSWER_LOST - SAME_MOMENT))

    @property
    def _later(self) -> ColumnElement[bool]:
        return (
            (RefreshToken.session_id == self.session_id)
            & (RefreshToken.issued_at >= self.used_at)
            & (RefreshToken.token_hash != self.token_hash)
        )


@dataclass(frozen=True)
class Opened:
    """An account with an open sign-in and the renewal secret that the client gets to see once."""

    account: Account
    session: SignInSession
    token: RefreshToken
    secret: str
    device: str | None = None
    """The secret by which the device is known from now on; None when it keeps the one it has, or wants none."""

    @classmethod
    def now(cls, account: Account, visitor: Visitor, now: datetime) -> "Opened":
        """Begin a sign-in of this account."""
        session = SignInSession(
            id=uuid7(),
            account_id=account.id,
            started_at=now,
            expires_at=now + RENEWAL_LIFETIME,
            address=visitor.address[:45],
            browser=visitor.browser,
        )
        return cls.renewed(account, session, now)

    @classmethod
    def renewed(cls, account: Account, session: SignInSession, now: datetime) -> "Opened":
        """Give the next renewal token of a sign-in."""
        secret = new_secret()
        token = RefreshToken(token_hash=fingerprint(secret), session_id=session.id, issued_at=now)
        return cls(account, session, token, secret)

    async def keep(self, session: AsyncSession) -> None:
        """Write the sign-in, then its token, which points at it."""
        session.add(self.session)
        await session.flush()
        session.add(self.token)
        await session.flush()

    async def end_others(
        self, session: AsyncSession, visitor: Visitor, idling: Idling, now: datetime
    ) -> SignInSuperseded | None:
        """End the account's other sign-ins, each with its line; give the fact where one was in use elsewhere.

        Elsewhere is another network than the visitor's; a sign-in in which nobody did anything for long is in use by
        nobody. Source: NB Đ.24.3; QT Đ.13.3; R-ACC-16
        """
        mine = (SignInSession.account_id == self.account.id) & (SignInSession.id != self.session.id)
        going_on = mine & SignInSession.ended_at.is_(None) & (SignInSession.expires_at > now)
        idle, elsewhere = idling.of(self.account.roles, officer=self.account.is_officer), False
        for other in await session.scalars(select(SignInSession).where(going_on).with_for_update()):
            used = select(func.max(RefreshToken.issued_at)).where(RefreshToken.session_id == other.id)
            issued_at = await session.scalar(used) or other.started_at
            awake = not slept(now=now, issued_at=issued_at, idle=idle)
            elsewhere |= awake and network_of(other.address) != visitor.network
            other.end(now)
            session.add(
                AccessEntry.of(Action.SIGN_IN_SUPERSEDED, visitor, now, self.account.id, str(other.id))
            )
        if not elsewhere:
            return None
        return SignInSuperseded(
            aggregate_id=str(self.session.id),
            aggregate_version=1,
            agency=self.account.agency,
            occurred_at=now,
            officer_id=str(self.account.id),
        )
