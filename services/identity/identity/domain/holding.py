"""Keeping records by decision: what is kept, by which decision, until when, and whose word counts."""

import re
from datetime import date
from typing import Final, NamedTuple

from common.errors import ConflictError, DomainError, ForbiddenError
from regulation.codes import DossierCode, UnreadableDossierCodeError
from regulation.holds import Held, has_fair_end
from regulation.roles import is_another_person
from regulation.text import cleaned_line, one_hyphen

TEXT_SHORTEST, TEXT_LONGEST = 10, 500
_QUESTION: Final = re.compile(r"(HD|PA)-\d{4}-\d{6}")


class HoldDayError(DomainError):
    """A hold has a day by which somebody looks at it again."""

    code = "hold-day"
    vi = "Ngày xem lại việc giữ phải sau hôm nay và trong vòng năm năm."
    en = "The day on which the hold is looked at again is after today and within five years."


class HeldUnreadableError(DomainError):
    """What is to be kept is named by its code or number."""

    code = "held-unreadable"
    vi = "Ghi mã hồ sơ, hoặc số câu hỏi, phản ánh như HD-2026-000001, PA-2026-000001."
    en = "Write the dossier code, or the number of the question or feedback like HD-2026-000001, PA-2026-000001."


class SecondKeeperNeededError(ForbiddenError):
    """Who proposes does not confirm or refuse."""

    code = "second-keeper-needed"
    vi = "Bạn là người đề nghị. Người khác có thẩm quyền phải xác nhận hoặc không xác nhận."
    en = "You proposed this. Another person with the right must confirm or refuse it."


class HoldDecidedError(ConflictError):
    """What was waited for is decided."""

    code = "hold-decided"
    vi = "Việc giữ lại này đã được người khác quyết định trước."
    en = "This hold was decided by somebody else before."


class HoldDecision(NamedTuple):
    """A decision that keeps something or lets it go (quyết định giữ lại, thôi giữ). Source: R-SEC-20."""

    number: str
    ground: str


def must_be_looked_at_again(until_on: date, today: date) -> None:
    """Refuse a hold without a reasonable day.

    Raises: HoldDayError.
    Source: R-SEC-20
    """
    if not has_fair_end(until_on, today):
        raise HoldDayError(field="until_on", rule="day")


def must_be_another(proposer: str, judge: str) -> None:
    """Refuse the proposer's own second word.

    Raises: SecondKeeperNeededError.
    Source: requirements C, segregation rules; R-SEC-20
    """
    if not is_another_person(proposer, judge):
        raise SecondKeeperNeededError(rule="second-person")


def key_of_held(kind: Held, typed: str, code_pattern: str) -> str:
    """Read what a dossier or a question is kept by, as its own service writes it.

    Raises: HeldUnreadableError.
    Source: R-SEC-20; `dossier_code.pattern`
    """
    if kind is Held.DOSSIER:
        try:
            return DossierCode.parse(typed, code_pattern).format(code_pattern)
        except UnreadableDossierCodeError:
            raise HeldUnreadableError(field="subject", rule="code") from None
    number = one_hyphen(cleaned_line(typed)).replace(" ", "").upper()
    if not _QUESTION.fullmatch(number):
        raise HeldUnreadableError(field="subject", rule="number")
    return number
