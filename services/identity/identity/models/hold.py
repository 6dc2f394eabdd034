"""Holds: what no time erases, by decision of two people."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from regulation.holds import Held, HoldState
from sqlalchemy import Date, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.holding import HoldDecidedError, HoldDecision, must_be_another
from identity.events import HoldChanged
from identity.models.base import Base


class Hold(Base):
    """A hold (việc giữ lại theo quyết định): proposed, confirmed by another, ended by two people's word. R-SEC-20."""

    __tablename__ = "hold"
    __table_args__ = (
        Index("ix_hold_keeps", "kind", "subject", postgresql_where=text("ended_at IS NULL")),
        Index("ix_hold_until", "until_on", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(60))
    """The id of an account, the code of a dossier, the number of a question or of feedback."""
    state: Mapped[str] = mapped_column(String(20))
    decision_number: Mapped[str] = mapped_column(String(60))
    ground: Mapped[str] = mapped_column(String(500))
    until_on: Mapped[date] = mapped_column(Date)
    proposed_by: Mapped[str] = mapped_column(String(60))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(60))
    confirmed_at: Mapped[datetime | None]
    release_number: Mapped[str | None] = mapped_column(String(60))
    release_ground: Mapped[str | None] = mapped_column(String(500))
    release_proposed_by: Mapped[str | None] = mapped_column(String(60))
    release_proposed_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(60))
    ended_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None] = mapped_column(Date)

    @classmethod
    def proposed(
        cls, kind: Held, subject: str, decision: HoldDecision, until_on: date, *, by: str, now: datetime
    ) -> "Hold":
        """Begin one: it keeps from now on, and waits for a second person's word."""
        return cls(
            id=uuid7(),
            version=1,
            kind=kind.value,
            subject=subject,
            state=HoldState.PROPOSED.value,
            decision_number=decision.number,
            ground=decision.ground,
            until_on=until_on,
            proposed_by=by,
            proposed_at=now,
        )

    @property
    def proposer(self) -> str:
        """Whose word needs a second one now."""
        return (self.release_proposed_by if self._stands is HoldState.RELEASE_PROPOSED else None) or (
            self.proposed_by
        )

    @property
    def _stands(self) -> HoldState:
        return HoldState(self.state)

    def confirm(self, by: str, now: datetime) -> None:
        """Let what was proposed count: the hold, or its end. Raises: HoldDecidedError, SecondKeeperNeededError."""
        self._judge(by)
        if self._stands is HoldState.PROPOSED:
            self.confirmed_by, self.confirmed_at = by, now
        else:
            self.ended_by, self.ended_at = by, now
        self._become(self._stands.confirmed())

    def refuse(self, by: str, now: datetime) -> None:
        """Refuse what was proposed. Raises: HoldDecidedError, SecondKeeperNeededError."""
        self._judge(by)
        if self._stands is HoldState.PROPOSED:
            self.ended_by, self.ended_at = by, now
        self._become(self._stands.refused())

    def propose_release(self, decision: HoldDecision, by: str, now: datetime) -> None:
        """Propose to let go; until another person confirms, all is kept. Raises: HoldDecidedError."""
        if self._stands is not HoldState.IN_FORCE:
            raise HoldDecidedError(rule="state")
        self.release_number, self.release_ground = decision
        self.release_proposed_by, self.release_proposed_at = by, now
        self._become(HoldState.RELEASE_PROPOSED)

    def _judge(self, by: str) -> None:
        if not self._stands.waits:
            raise HoldDecidedError(rule="once")
        must_be_another(self.proposer, by)

    def _become(self, state: HoldState) -> None:
        self.state, self.version = state.value, self.version + 1

    def changed(self, now: datetime) -> HoldChanged:
        """Tell whether it keeps."""
        return HoldChanged(
            aggregate_id=str(self.id),
            aggregate_version=self.version,
            agency=None,
            occurred_at=now,
            hold_id=str(self.id),
            kind=self.kind,
            subject=self.subject,
            keeps=self._stands.keeps,
        )
