"""What is kept by decision, whatever its time says: one meaning for every service that erases."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from regulation.text import Lang

REMINDED_BEFORE: Final = timedelta(days=14)
REMINDED_AGAIN: Final = timedelta(days=7)
LONGEST: Final = timedelta(days=5 * 366)


class Held(StrEnum):
    """What a decision keeps (đối tượng được giữ lại): a person's account, a dossier, a question or feedback."""

    ACCOUNT = "account"
    DOSSIER = "dossier"
    QUESTION = "question"

    def said(self, lang: Lang) -> str:
        """Return the kind in a language."""
        return _KINDS[self][lang == "en"]


class HoldState(StrEnum):
    """How a hold stands (tình trạng việc giữ lại)."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    RELEASE_PROPOSED = "release_proposed"
    REFUSED = "refused"
    RELEASED = "released"

    @property
    def keeps(self) -> bool:
        """Whether nothing may be erased: from the proposal on, until a second person ends it.

        One person alone can hold an erasure up and never bring one about; no day ends a hold by itself.
        Source: Luật 33/2024; R-SEC-20
        """
        return self not in (HoldState.REFUSED, HoldState.RELEASED)

    @property
    def waits(self) -> bool:
        """Whether somebody else's word is waited for."""
        return self in (HoldState.PROPOSED, HoldState.RELEASE_PROPOSED)

    def confirmed(self) -> "HoldState":
        """Return the state after a second person's yes."""
        return HoldState.IN_FORCE if self is HoldState.PROPOSED else HoldState.RELEASED

    def refused(self) -> "HoldState":
        """Return the state after a second person's no: what was not held never was, what was held stays so."""
        return HoldState.REFUSED if self is HoldState.PROPOSED else HoldState.IN_FORCE

    def said(self, lang: Lang) -> str:
        """Return the state in a language."""
        return _STATES[self][lang == "en"]


_KINDS: Final = {
    Held.ACCOUNT: ("Tài khoản", "Account"),
    Held.DOSSIER: ("Hồ sơ", "Dossier"),
    Held.QUESTION: ("Câu hỏi, phản ánh", "Question or feedback"),
}
_STATES: Final = {
    HoldState.PROPOSED: ("Chờ xác nhận, đã giữ", "Waits for confirmation, kept already"),
    HoldState.IN_FORCE: ("Đang giữ", "Kept"),
    HoldState.RELEASE_PROPOSED: ("Chờ xác nhận thôi giữ", "Release waits for confirmation"),
    HoldState.REFUSED: ("Không được xác nhận", "Not confirmed"),
    HoldState.RELEASED: ("Đã thôi giữ", "Released"),
}


def has_fair_end(until_on: date, today: date) -> bool:
    """Tell whether a hold names a day by which somebody looks at it again: after today, within five years.

    Source: R-SEC-20
    """
    return today < until_on <= today + LONGEST


def reminder_is_due(until_on: date, reminded_on: date | None, today: date) -> bool:
    """Tell whether who decided a hold is reminded today: two weeks before its day, and each week until it ends.

    Source: R-SEC-20; requirements 0.3.2
    """
    soon = today >= until_on - REMINDED_BEFORE
    return soon and (reminded_on is None or today >= reminded_on + REMINDED_AGAIN)
