"""Change requests of the catalogue: what an agency owes or asks for, who carries it out, and by when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from regulation.calendar import CalendarGapError, WorkingCalendar
from regulation.clock import Ledger, last_close_by
from regulation.clock.by_profile import Term
from regulation.text import short_date
from regulation.zone import day_begins

from catalog.domain.agencies import Level
from catalog.domain.errors import CalendarEndedError, RequestNotWaitingError

COMMITTEE: Final = "committee"


class ItemDeed(StrEnum):
    """What a publication decision does with a procedure."""

    INTRODUCE = "introduce"
    AMEND = "amend"
    REPEAL = "repeal"

    def said(self, lang: str) -> str:
        """Return it in Vietnamese or English."""
        return _DEEDS[self][lang == "en"]


class ChangeKind(StrEnum):
    """What is to be changed: procedures, or the list of agencies."""

    PROCEDURES = "procedures"
    AGENCIES = "agencies"

    def said(self, lang: str) -> str:
        """Return it in Vietnamese or English."""
        return _KINDS[self][lang == "en"]


class ChangeState(StrEnum):
    """Where a change request stands; `owed` is one that a decision asks for and nobody has sent.

    Source: requirements D; NB Đ.11.2; R-CAT-14; R-CAT-15
    """

    OWED = "owed"
    REQUESTED = "requested"
    IN_WORK = "in_work"
    DONE = "done"
    RETURNED = "returned"

    def said(self, lang: str) -> str:
        """Return it in Vietnamese or English."""
        return _STATES[self][lang == "en"]


class ChangeDeed(StrEnum):
    """What may be done with a change request, as its sub-resource."""

    SEND = "sending"
    TAKE = "taking"
    COMPLETE = "completion"
    RETURN = "return"


class WaitsFor(StrEnum):
    """What a clock waits for: the agency's request, or its carrying out."""

    REQUEST = "request"
    UPDATE = "update"


_DEEDS: Final = {
    ItemDeed.INTRODUCE: ("Công bố mới", "Introduced"),
    ItemDeed.AMEND: ("Sửa đổi, bổ sung", "Amended"),
    ItemDeed.REPEAL: ("Bãi bỏ", "Repealed"),
}
_KINDS: Final = {
    ChangeKind.PROCEDURES: ("Cập nhật thủ tục", "Update of procedures"),
    ChangeKind.AGENCIES: ("Thay đổi danh sách cơ quan", "Change of the list of agencies"),
}
_STATES: Final = {
    ChangeState.OWED: ("Cơ quan chưa gửi đề nghị", "The agency has not sent it"),
    ChangeState.REQUESTED: ("Đã gửi, chờ nhận", "Sent, waits to be taken"),
    ChangeState.IN_WORK: ("Đang thực hiện", "Being carried out"),
    ChangeState.DONE: ("Đã thực hiện", "Carried out"),
    ChangeState.RETURNED: ("Trả lại cơ quan", "Returned to the agency"),
}
OPEN: Final = (ChangeState.OWED, ChangeState.REQUESTED, ChangeState.IN_WORK, ChangeState.RETURNED)
_NEXT: Final = {
    (ChangeState.OWED, ChangeDeed.SEND): ChangeState.REQUESTED,
    (ChangeState.RETURNED, ChangeDeed.SEND): ChangeState.REQUESTED,
    (ChangeState.REQUESTED, ChangeDeed.TAKE): ChangeState.IN_WORK,
    (ChangeState.REQUESTED, ChangeDeed.RETURN): ChangeState.RETURNED,
    (ChangeState.IN_WORK, ChangeDeed.RETURN): ChangeState.RETURNED,
    (ChangeState.IN_WORK, ChangeDeed.COMPLETE): ChangeState.DONE,
}


def after(state: ChangeState, deed: ChangeDeed) -> ChangeState:
    """Return where a deed leads. Raises: RequestNotWaitingError. Source: requirements D; R-CAT-14"""
    if (state, deed) not in _NEXT:
        raise RequestNotWaitingError
    return _NEXT[state, deed]


def possible(state: ChangeState, deeds: Collection[ChangeDeed]) -> list[ChangeDeed]:
    """Return which of somebody's deeds a state allows, in the order of the story."""
    return [deed for deed in ChangeDeed if deed in deeds and (state, deed) in _NEXT]


@dataclass(frozen=True)
class ChangeRules:
    """The province's time limits of changes, one for each kind; a decision's day may start that of procedures.

    Source: `catalog.agency_update_deadline`, `catalog.service_update_deadline`, `catalog.change_request_due`
    """

    terms: Mapping[ChangeKind, Term]
    from_decision: bool
    calendar: WorkingCalendar
    send_source: str

    def to_carry_out(self, kind: ChangeKind, sent_at: datetime, decided_on: date) -> Ledger:
        """Return the ledger of carrying out: from the request, or from the decision's day where the profile says so.

        Raises: CalendarEndedError. Source: NB Đ.11.1; NB Đ.11.2.a; TN Đ.7.1; R-CAT-03; R-CAT-14
        """
        decided = self.from_decision and kind is ChangeKind.PROCEDURES
        start = day_begins(decided_on) if decided else sent_at
        try:
            return self.terms[kind].starting(start, self.calendar)
        except CalendarGapError as gap:
            raise CalendarEndedError from gap

    def to_send(self, effective_on: date) -> dict[str, Any]:
        """Return what the agency's own time follows from: the close of the effective day, or of the working day before.

        Raises: CalendarEndedError. Source: NB Đ.11.2.b; R-CAT-15
        """
        try:
            due_at = last_close_by(self.calendar, effective_on)
        except CalendarGapError as gap:
            raise CalendarEndedError from gap
        return {
            "rule": "effective_date",
            "source": self.send_source,
            "calendar_version": self.calendar.version,
            "effective_on": effective_on.isoformat(),
            "due_at": due_at.isoformat(),
        }


def why_then(ledger: Mapping[str, Any], lang: str) -> str:
    """Say in one sentence how a due date came about."""
    if ledger["rule"] != "effective_date":
        return Ledger.from_dict(ledger).explain(lang).sentence
    day = short_date(date.fromisoformat(ledger["effective_on"]), "en" if lang == "en" else "vi")
    if lang == "en":
        return f"At the latest on the day the decision takes effect, {day}. Source: {ledger['source']}."
    return f"Chậm nhất vào ngày quyết định có hiệu lực, {day}. Căn cứ: {ledger['source']}."


def may_ask_for(
    level: Level, levels: Collection[Level], *, asker: Level | None, asker_kind: str, centre: bool
) -> bool:
    """Tell whether an agency may ask for a change of the list at a level; `levels` are those that exist today.

    The provincial centre asks for provincial agencies, a People's Committee of the level just below it for the others.
    Source: NB Đ.11.1; R-CAT-03
    """
    ranks = sorted({one.rank for one in levels})
    if level.rank == ranks[0]:
        return centre
    return asker is not None and asker_kind == COMMITTEE and asker.rank == ranks[1]
