"""What was received on paper while the system was down, and is written down afterwards (nhập bù)."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from common.errors import DomainError
from regulation.text import cleaned_line, one_hyphen

LATEST: Final = timedelta(days=31)
"""How long after it was received a dossier may still be written down."""
RECEIVING: Final = "submission"
"""What an entry of the books has to touch to be an outage in which papers were received by hand."""


class LateEntryOffError(DomainError):
    """The province writes nothing down afterwards. Source: `intake.offline_backfill`."""

    code = "late-entry-off"
    status = 403
    vi = "Quy chế của tỉnh không cho nhập bù hồ sơ nhận ngoài hệ thống."
    en = "The province's regulation does not provide for late entries."


class OutsideOutageError(DomainError):
    """The time of receipt lies in no declared outage, or in the future. Source: QT Đ.12.1; R-INT-20."""

    code = "outside-outage"
    vi = "Thời điểm nhận phải nằm trong một lần gián đoạn đã ghi trong sổ sự cố hoặc bảo trì, và không ở tương lai."
    en = "The time of receipt must lie within an outage that is in the incident or maintenance book, not in the future."


class LateEntryTooLateError(DomainError):
    """It was received so long ago that nobody writes it down any more."""

    code = "late-entry-too-late"
    vi = "Chỉ nhập bù hồ sơ nhận trong {days} ngày gần nhất."
    en = "Only what was received within the last {days} days can be written down late."


class LateFormTakenError(DomainError):
    """Another dossier of the desk was written down from the form of that number."""

    code = "late-form-taken"
    status = 409
    vi = "Phiếu giấy số này của đơn vị đã được nhập bù."
    en = "The paper form of that number was written down already."


class LateNotConfirmedError(DomainError):
    """A late entry waits for a second person. Source: QT Đ.12.1; R-OPS-09."""

    code = "late-entry-not-confirmed"
    status = 409
    vi = "Hồ sơ nhập bù chờ người thứ hai xác nhận thời điểm nhận."
    en = "The late entry waits for a second person to confirm its time of receipt."


class LateConfirmedByWriterError(DomainError):
    """Who wrote a late entry down cannot confirm it too."""

    code = "late-entry-second-person"
    status = 403
    vi = "Người đã nhập bù hồ sơ không tự xác nhận; cần một cán bộ khác."
    en = "Who wrote the late entry down does not confirm it; it takes another officer."


@dataclass(frozen=True)
class Outage:
    """Lần gián đoạn: when the system was down, as the book of incidents or of maintenance says; None is not known."""

    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Late:
    """When the papers were really received, in which outage, and the number of the pre-printed form."""

    received_at: datetime
    outage: str
    form_number: str

    def must_fit(self, outage: Outage | None, now: datetime, *, allowed: bool) -> None:
        """Let pass what was received during a declared outage, not long ago.

        Raises: LateEntryOffError, OutsideOutageError, LateEntryTooLateError.

        Source: QT Đ.12.1; R-INT-20, R-OPS-09
        """
        if not allowed:
            raise LateEntryOffError
        began = outage.began_at if outage else None
        ended = outage.ended_at if outage else None
        if began is None or not began <= self.received_at <= min(ended or now, now):
            raise OutsideOutageError(field="received_at", rule="outage")
        if self.received_at < now - LATEST:
            raise LateEntryTooLateError(field="received_at", rule="outage", days=LATEST.days)


def stops_receipt(touches: Collection[str] | None) -> bool:
    """Tell whether an entry of the books kept desks from receiving; facts that do not say it are believed.

    Source: QT Đ.12.1; R-INT-20
    """
    return touches is None or RECEIVING in touches


def as_printed(number: str) -> str:
    """Return a form's number as it is compared: however it is typed, one form is one number. Source: R-INT-20"""
    return one_hyphen(cleaned_line(unicodedata.normalize("NFKC", number))).upper()
