"""The clocks of a dossier at the desk: the check, the promise to the applicant, and until when the unit has it."""

from datetime import datetime
from typing import Any

from regulation.clock import Ledger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.domain.actors import Actor


class Deadlines:
    """What a dossier owes to whom until when, each date with the ledger that explains it."""

    # when it came in, for one that was written down late the real time
    received_at: Mapped[datetime]
    late_entry: Mapped[bool] = mapped_column(default=False)
    late_form: Mapped[str | None]
    late_confirmed_by: Mapped[str | None]

    # the check at the desk
    submitted_at: Mapped[datetime]
    check_started_at: Mapped[datetime]
    check_due_at: Mapped[datetime]
    check_ledger: Mapped[dict[str, Any]]
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[str | None]
    check_overdue: Mapped[bool] = mapped_column(default=False)
    next_due_at: Mapped[datetime]
    supplement_count: Mapped[int] = mapped_column(default=0)
    supplement_approval: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    # the promise
    accepted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    extended_until: Mapped[datetime | None]
    ledger: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    due_sentence: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    forward_ledger: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    forward_due_at: Mapped[datetime | None]
    forwarded_at: Mapped[datetime | None]
    appointment: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    @property
    def late_waits(self) -> bool:
        """Whether it was written down late and waits for a second person. Source: QT Đ.12.1; R-OPS-09"""
        return self.late_entry and self.late_confirmed_by is None

    def handled_from(self, now: datetime) -> datetime:
        """Return when handling time starts on acceptance: at once, or at the real receipt of a late entry.

        Source: TN Đ.11.4.b; QT Đ.12.1; R-INT-12, R-INT-20
        """
        return self.received_at if self.late_entry else now

    def decide(self, by: Actor, at: datetime) -> None:
        """Note who ended the check and when; a late check stays late.

        Source: TN Đ.11.3.a; R-INT-02
        """
        self.checked_at, self.checked_by = at, by.id
        self.check_overdue = self.check_overdue or at > self.check_due_at

    def start_check(self, at: datetime, check: Ledger) -> None:
        """Start a new check clock."""
        self.check_started_at, self.check_ledger = at, check.facts()
        self.check_due_at = self.next_due_at = check.due_at

    def promise(self, at: datetime, promised: Ledger, forwarding: Ledger | None) -> None:
        """Start the handling clock: the promised date explained, and until when the unit has the dossier.

        Forwarding without a time limit of its own is part of the check.
        """
        self.accepted_at, self.due_at = at, promised.due_at
        self.ledger = promised.to_dict()
        self.due_sentence = {lang: promised.explain(lang).sentence for lang in ("vi", "en")}
        self.forward_ledger = forwarding.facts() if forwarding else self.check_ledger
        self.forward_due_at = forwarding.due_at if forwarding else self.check_due_at
        self.next_due_at = min(self.forward_due_at, promised.due_at)

    def resume(self, promised: Ledger) -> None:
        """Let the handling clock run again after a supplement; a new date promised before never lies before it.

        Source: TN Đ.11.4.c; NĐ 61/2018 Đ.19.8; R-PRC-10
        """
        self.due_at = self.next_due_at = promised.due_at
        self.ledger = promised.to_dict()
        self.due_sentence = {lang: promised.explain(lang).sentence for lang in ("vi", "en")}
        if self.extended_until:
            self.extended_until = max(self.extended_until, promised.due_at)
