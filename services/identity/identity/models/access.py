"""The access log: who came, when, from where, with what, and to which end. Rows are only ever added."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.devices import Visitor
from identity.models.base import Base


class Action(StrEnum):
    """What happened to an account (hành động được ghi nhật ký)."""

    REGISTERED = "registered"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_LOCKED = "sign_in_locked"
    SIGNED_OUT = "signed_out"
    RENEWAL_STOLEN = "renewal_stolen"
    SIGN_IN_SUPERSEDED = "sign_in_superseded"
    CONTROL_LOST = "control_lost"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an action
    PASSWORD_RESET_ASKED = "password_reset_asked"  # noqa: S105 - the name of an action
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of an action
    REGISTRATION_REPEATED = "registration_repeated"
    FACTOR_ENROLLED = "factor_enrolled"
    FACTOR_PROVEN = "factor_proven"
    FACTOR_CLEARED = "factor_cleared"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_COPIED = "passkey_copied"
    UNLOCKED = "unlocked"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    PROFILE_CHANGED = "profile_changed"
    HANDED_OVER = "handed_over"
    PHONE_TAKEN = "phone_taken"
    OFFICER_CREATED = "officer_created"
    OFFICER_CHANGED = "officer_changed"
    GRANT_DECIDED = "grant_decided"
    OUT_OF_SCOPE = "out_of_scope"
    CONTACT_READ = "contact_read"
    CLOSING_ASKED = "closing_asked"
    CLOSING_UNDONE = "closing_undone"
    SUSPENSION_PROPOSED = "suspension_proposed"
    SUSPENDED = "suspended"
    SUSPENSION_ENDED = "suspension_ended"
    DESK_AUTHORISED = "desk_authorised"
    RIGHTS_REQUESTED = "rights_requested"
    NOTICE_ENTERED = "notice_entered"
    UNUSED_DISABLED = "unused_disabled"
    HOLDER_NAMED = "holder_named"
    COMMITTED = "committed"
    STATEMENT_ACCEPTED = "statement_accepted"
    DESK_AUTHORISATION_ENDED = "desk_authorisation_ended"


class AccessEntry(Base):
    """One line of the access log (nhật ký truy cập). Source: QT Đ.29.7; R-ACC-18; R-ACC-24."""

    __tablename__ = "access_entry"
    __table_args__ = (Index("ix_access_entry_account_at", "account_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(String(40))
    # What was looked up or changed: a code or an id, never a name, a number or a typed sign-in name.
    subject: Mapped[str | None] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(45))
    device: Mapped[str] = mapped_column(String(20))
    system: Mapped[str] = mapped_column(String(60))
    browser: Mapped[str] = mapped_column(String(60))

    @classmethod
    def of(
        cls,
        action: Action,
        visitor: Visitor,
        now: datetime,
        account: uuid.UUID | None,
        subject: str | None = None,
    ) -> "AccessEntry":
        """Write one line."""
        return cls(
            at=now,
            account_id=account,
            action=action.value,
            subject=subject,
            address=visitor.address[:45],
            device=visitor.device,
            system=visitor.system,
            browser=visitor.browser,
        )
