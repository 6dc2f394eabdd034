"""Confirming by a code at the counter, instead of a signature on paper."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from common.errors import DomainError


class NotConfirmedByCodeError(DomainError):
    """No code confirmed what is handed in, or it changed since. Source: QT Đ.25.2; R-INT-16."""

    code = "not-confirmed-by-code"
    vi = (
        "Mã xác nhận không ứng với hồ sơ này: chưa có mã, mã đã quá hạn, hoặc điều đã khai hay địa chỉ nhận mã đã thay "
        "đổi sau khi gửi. Hãy gửi mã mới hoặc để người nộp ký giấy."
    )
    en = (
        "The code does not match this dossier: there is none, it is too old, or what was declared or the address "
        "changed after it was sent. Send a new code, or let the applicant sign on paper."
    )


def fingerprint(answers: Mapping[str, Any], submitter: Mapping[str, Any]) -> str:
    """Return the mark of what somebody confirms: the same answers give the same one, any other another."""
    told = orjson.dumps([dict(answers), dict(submitter)], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(told).hexdigest()[:32]


@dataclass(frozen=True)
class ByCode:
    """What identity states of a code that was read aloud: to which officer, sent where, for which draft as it stood."""

    officer: str
    sent_to: str
    draft: str
    fingerprint: str

    def must_confirm(self, *, officer: str, draft: str, mark: str, reached: Collection[str]) -> None:
        """Refuse a code for another draft, of another officer, for other answers, or sent to somebody else.

        Raises: NotConfirmedByCodeError.
        Source: QT Đ.25.2; NB Đ.27.1; R-INT-16
        """
        same = (self.officer, self.draft, self.fingerprint) == (officer, draft, mark)
        if not same or not self.sent_to or self.sent_to not in reached:
            raise NotConfirmedByCodeError(field="code", rule="one-time-code")
