"""What it takes to ask another unit or agency for its opinion (lấy ý kiến phối hợp), and how far that has come."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from common.errors import ConflictError, FieldProblem, InvalidInputError
from regulation.calendar import WorkingCalendar
from regulation.clock import Ledger, due, rule_for
from regulation.durations import Duration
from regulation.text import short_instant

SOURCE: Final = "BD Đ.8.1.b; TN Đ.11.4.d"


class AgencyEndedError(ConflictError):
    """An agency that was merged or closed gives no opinion any more. Source: R-PRC-07; R-CAT-03"""

    code: ClassVar[str] = "agency-ended"
    vi: ClassVar[str] = (
        "{place} đã sáp nhập hoặc kết thúc hoạt động từ ngày {ended_vi} nên yêu cầu chưa được gửi. "
        "Hãy chọn cơ quan kế thừa."
    )
    en: ClassVar[str] = (
        "{place} was merged or closed on {ended_en}, so nothing was sent. Choose the agency in its place."
    )


class TakenBackError(ConflictError):
    """Nothing is done with a request that was taken back."""

    code: ClassVar[str] = "consultation-withdrawn"
    vi: ClassVar[str] = "Yêu cầu lấy ý kiến này đã được rút lại."
    en: ClassVar[str] = "This request for an opinion was taken back."


class Standing(StrEnum):
    """How far a request for an opinion has come (tình trạng lấy ý kiến)."""

    WAITING = "waiting"
    NO_ANSWER = "no_answer"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    NOT_NEEDED = "not_needed"
    WITHDRAWN = "withdrawn"


def standing(
    due_at: datetime,
    answered_at: datetime | None,
    now: datetime,
    closed_at: datetime | None = None,
    withdrawn_at: datetime | None = None,
) -> Standing:
    """Tell how far a request has come: without an answer at its due time there was none in time, whatever follows.

    Who was asked is not late with what the dossier did without: it was decided, at `closed_at`, or the request was
    taken back, before the due time. Taken back afterwards, what came too late stays too late.

    Source: TN Đ.11.4.d; R-PRC-07
    """
    if answered_at is None:
        if min(now, closed_at or now, withdrawn_at or now) > due_at:
            return Standing.NO_ANSWER
        if withdrawn_at is not None:
            return Standing.WITHDRAWN
        return Standing.NOT_NEEDED if closed_at else Standing.WAITING
    return Standing.ANSWERED_LATE if answered_at > due_at else Standing.ANSWERED


@dataclass(frozen=True)
class Request:
    """What a specialist wants to know, of which agency or unit of it, within which time."""

    agency: str
    unit: str | None
    question: str
    within: Duration

    def ledger(self, now: datetime, calendar: WorkingCalendar) -> Ledger:
        """Return the deadline of the answer with its account. Source: BD Đ.8.1.b; R-PRC-06"""
        return due(rule_for(self.within), now, self.within, calendar, (), SOURCE)


def check_request(request: Request, agency: str, unit: str) -> Request:
    """Return the request as it is stored; `agency` and `unit` have the dossier.

    Raises:
        InvalidInputError: nothing is asked, or it is asked of the unit that has the dossier.

    Source: BD Đ.8.1.b; TN Đ.11.4.d; R-PRC-06; R-PRC-07
    """
    problems = []
    if request.agency == agency and request.unit in (None, unit):
        vi = "Hãy chọn đơn vị khác, hoặc cơ quan khác: hồ sơ đang ở đơn vị của bạn."
        en = "Choose another unit or agency: your own unit has the dossier."
        problems.append(FieldProblem("asked", "R-PRC-06", vi, en))
    if not request.question.strip():
        vi, en = "Hãy ghi rõ nội dung cần lấy ý kiến.", "Say what the opinion is to be about."
        problems.append(FieldProblem("question", "R-PRC-06", vi, en))
    if problems:
        raise InvalidInputError(problems)
    return replace(request, question=request.question.strip())


def check_time(answer_due: datetime, dossier_due: datetime, now: datetime) -> None:
    """Refuse an answer due after the dossier itself, whose clock runs on; one that is overdue takes any time.

    Raises:
        InvalidInputError: the answer would come too late.

    Source: BD Đ.8.1.b; NB Đ.17.1.a; R-PRC-05; R-PRC-06
    """
    if now <= dossier_due < answer_due:
        vi, en = (
            (short_instant(answer_due, lang), short_instant(dossier_due, lang)) for lang in ("vi", "en")
        )
        problem = FieldProblem(
            "within",
            "R-PRC-06",
            f"Hạn trả lời ({vi[0]}) sau hạn của hồ sơ ({vi[1]}). Hãy chọn thời hạn ngắn hơn.",
            f"The answer would be due ({en[0]}) after the dossier ({en[1]}). Choose a shorter time.",
        )
        raise InvalidInputError([problem])


def check_withdrawal(reason: str) -> str:
    """Return why a request is taken back, refusing an empty reason. Raises: InvalidInputError. Source: R-PRC-07"""
    if not reason.strip():
        vi, en = "Hãy ghi lý do rút lại yêu cầu.", "Say why the request is taken back."
        raise InvalidInputError([FieldProblem("reason", "R-PRC-07", vi, en)])
    return reason.strip()


def check_answer(answer: str) -> str:
    """Return the answer, refusing an empty one. Raises: InvalidInputError. Source: TN Đ.11.4.d; R-PRC-07"""
    if not answer.strip():
        vi, en = "Hãy ghi ý kiến của đơn vị, cơ quan bạn.", "Write the opinion of your unit or agency."
        raise InvalidInputError([FieldProblem("answer", "required", vi, en)])
    return answer.strip()
