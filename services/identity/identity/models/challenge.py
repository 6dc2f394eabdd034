"""One-time codes that wait for an answer."""

import json
import uuid
from datetime import datetime
from typing import Any

from common.sealed import Sealed, SealedRow
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.codes import LIFETIME, Purpose, must_be_open, must_be_sendable
from identity.models.base import Base


class Challenge(SealedRow, Base):
    """A one-time code (mã xác nhận dùng một lần) sent to an address, kept as a hash."""

    __tablename__ = "challenge"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    # None when somebody asked a reset for a name that does not exist: nothing tells the two apart.
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    plain_sent_to: Mapped[str | None] = mapped_column("sent_to", String(254))
    sent_to_sealed: Mapped[str | None] = mapped_column(Text)
    sent_to = Sealed[str | None](str, str)
    code_hash: Mapped[str] = mapped_column(String(200))
    plain_payload: Mapped[dict[str, Any]] = mapped_column("payload", default=dict)
    payload_sealed: Mapped[str | None] = mapped_column(Text)
    payload = Sealed[dict[str, Any]](json.loads, json.dumps, empty={})
    created_at: Mapped[datetime]
    last_sent_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    sendings_count: Mapped[int] = mapped_column(default=1)
    attempts_count: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]

    @classmethod
    def sent(
        cls,
        purpose: Purpose,
        code_hash: str,
        now: datetime,
        *,
        account_id: uuid.UUID | None = None,
        sent_to: str | None = None,
        payload: dict[str, Any] | None = None,
    ) -> "Challenge":
        """Make a challenge whose code is on its way."""
        return cls(
            id=uuid.uuid4(),  # random throughout: whoever knows the id may try codes
            purpose=purpose.value,
            account_id=account_id,
            sent_to=sent_to,
            code_hash=code_hash,
            payload=payload or {},
            created_at=now,
            last_sent_at=now,
            expires_at=now + LIFETIME,
            sendings_count=1,
            attempts_count=0,
        )

    def count_attempt(self, now: datetime) -> None:
        """Count a try before it is judged, so that many at once cannot outrun the limit.

        Raises: CodeWrongError, CodeExhaustedError.
        """
        must_be_open(
            now=now,
            expires_at=self.expires_at,
            attempts_count=self.attempts_count,
            used=self.used_at is not None,
        )
        self.attempts_count += 1

    def send_again(self, code_hash: str, now: datetime) -> None:
        """Replace the code by a new one; the old one is void.

        Raises: CodeSentTooOftenError.
        """
        must_be_sendable(now=now, last_sent_at=self.last_sent_at, sendings_count=self.sendings_count)
        self.code_hash = code_hash
        self.last_sent_at = now
        self.expires_at = now + LIFETIME
        self.sendings_count += 1
        self.attempts_count = 0

    def use(self, now: datetime) -> None:
        """Spend the code.

        Raises: CodeWrongError when it was spent in the meantime.
        """
        must_be_open(now=now, expires_at=self.expires_at, attempts_count=0, used=self.used_at is not None)
        self.used_at = now
