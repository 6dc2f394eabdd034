"""Where a question stands, what may be done to it there, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from common.errors import ForbiddenError
from regulation.roles import Holder, Right, view

from qa.domain.errors import (
    ActionNotAllowedError,
    AskerForgottenError,
    NotTheAuthorError,
    PublicationOffError,
    SecondLookNeededError,
)


class State(StrEnum):
    """Where a question stands (trạng thái câu hỏi)."""

    ASKED = "asked"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    REFUSED = "refused"
    MOVED = "moved"

    def said(self, lang: str) -> str:
        """Return the state in Vietnamese or English."""
        return _STATES[self][lang == "en"]


class PublicationState(StrEnum):
    """How far an answer is on its way to everybody (công khai)."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What is done to a question; each is a resource below it."""

    TRIAGE = "triage"
    REFUSAL = "refusal"
    FEEDBACK = "feedback"
    RETURN = "return"
    RETURN_CONSENT = "return-consent"
    KIND = "kind"
    EXTENSION = "extension"
    DRAFT = "draft"
    DRAFT_WITHDRAWAL = "draft-withdrawal"
    DRAFT_MENDING = "draft-mending"
    DRAFT_RETURN = "draft-return"
    RELEASE = "release"
    REMINDER = "reminder"
    PUBLICATION = "publication"
    CONFIRMATION = "publication/confirmation"
    PUBLICATION_REFUSAL = "publication/refusal"
    WITHDRAWAL = "publication/withdrawal"


class Deed(StrEnum):
    """A line of a question's history (nhật ký xử lý)."""

    ASKED = "asked"
    FORWARDED = "forwarded"
    REFUSED = "refused"
    RETURN_ASKED = "return_asked"
    RETURN_DECLINED = "return_declined"
    RETURNED = "returned"
    RECALLED = "recalled"
    CLASSIFIED = "classified"
    EXTENDED = "extended"
    DRAFT_SAVED = "draft_saved"
    SUBMITTED = "submitted"
    DRAFT_WITHDRAWN = "draft_withdrawn"
    DRAFT_MENDED = "draft_mended"
    SENT_BACK = "sent_back"
    RELEASED = "released"
    URGED = "urged"
    PUBLICATION_PROPOSED = "publication_proposed"
    PUBLICATION_REFUSED = "publication_refused"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ASKER_ERASED = "asker_erased"
    RECEIVED = "received"
    INVOLVED = "involved"
    REPLIED = "replied"
    CLOSED = "closed"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    TAKEN_OVER = "taken_over"

    def said(self, lang: str) -> str:
        """Return the deed in Vietnamese or English."""
        return _DEEDS[self][lang == "en"]


OPEN: Final = frozenset({State.ASKED, State.FORWARDED, State.RETURNED, State.DRAFTED})
WITH_AGENCY: Final = frozenset({State.FORWARDED, State.DRAFTED})
TO_SORT: Final = frozenset({State.ASKED, State.RETURNED})

_STATES: Final = {
    State.ASKED: ("Đã gửi, chờ phân loại", "Sent, waits to be sorted"),
    State.FORWARDED: ("Đã chuyển cơ quan trả lời", "With the agency"),
    State.RETURNED: ("Chờ chuyển cơ quan khác", "Waits for another agency"),
    State.DRAFTED: ("Đã có dự thảo, chờ lãnh đạo duyệt", "Drafted, waits for the leader"),
    State.ANSWERED: ("Đã trả lời", "Answered"),
    State.REFUSED: ("Không tiếp nhận", "Refused"),
    State.MOVED: ("Đã chuyển sang phản ánh, kiến nghị", "Moved to feedback"),
}
_DEEDS: Final = {
    Deed.ASKED: ("Đã gửi câu hỏi", "Question sent"),
    Deed.FORWARDED: ("Đã chuyển cơ quan trả lời", "Forwarded to the agency"),
    Deed.REFUSED: ("Không tiếp nhận", "Refused"),
    Deed.RETURN_ASKED: ("Đề nghị trả lại, chờ đồng ý", "Return asked for, waits for consent"),
    Deed.RETURN_DECLINED: ("Không đồng ý trả lại", "Return declined"),
    Deed.RETURNED: ("Đã trả lại để chuyển cơ quan khác", "Returned for another agency"),
    Deed.RECALLED: ("Đã lấy lại để chuyển cơ quan khác", "Taken back for another agency"),
    Deed.CLASSIFIED: ("Đã đổi loại câu hỏi", "Kind changed"),
    Deed.EXTENDED: ("Đã phản hồi và kéo dài thời hạn", "Interim reply, time extended"),
    Deed.DRAFT_SAVED: ("Đã lưu dự thảo", "Draft saved"),
    Deed.SUBMITTED: ("Đã trình lãnh đạo", "Passed to the leader"),
    Deed.DRAFT_WITHDRAWN: ("Người soạn đã rút lại dự thảo", "Taken back by who drafted it"),
    Deed.DRAFT_MENDED: ("Lãnh đạo đã sửa dự thảo", "Mended by the leader"),
    Deed.SENT_BACK: ("Lãnh đạo yêu cầu sửa", "Sent back by the leader"),
    Deed.RELEASED: ("Đã trả lời", "Answered"),
    Deed.URGED: ("Đã đôn đốc", "Agency urged"),
    Deed.PUBLICATION_PROPOSED: ("Đã đề nghị công khai", "Publication proposed"),
    Deed.PUBLICATION_REFUSED: ("Không đồng ý công khai", "Publication refused"),
    Deed.PUBLISHED: ("Đã công khai", "Published"),
    Deed.WITHDRAWN: ("Đã gỡ khỏi trang công khai", "Taken off the public page"),
    Deed.ASKER_ERASED: ("Đã xóa thông tin người hỏi", "Data of the asker erased"),
    Deed.RECEIVED: ("Đã tiếp nhận phản ánh, kiến nghị", "Feedback received"),
    Deed.INVOLVED: ("Đã đề nghị cơ quan khác phối hợp", "Other agencies involved"),
    Deed.REPLIED: ("Đã trả lời người gửi", "Replied to the sender"),
    Deed.CLOSED: ("Không xử lý tại đây, đã hướng dẫn nơi gửi", "Closed with the right channel"),
    Deed.MOVED: ("Đã chuyển sang phản ánh, kiến nghị", "Moved to feedback"),
    Deed.HANDED_OVER: (
        "Đã chuyển giữa hệ thống của tỉnh và của cơ quan",
        "Passed between the systems of province and agency",
    ),
    Deed.TAKEN_OVER: ("Hệ thống của cơ quan đã nhận", "Taken over by the agency's system"),
}


@dataclass(frozen=True)
class Move:
    """Where an action is possible and which right it needs."""

    right: Right
    states: frozenset[State]


MOVES: Final[Mapping[Action, Move]] = {
    Action.TRIAGE: Move(Right.TRIAGE_QUESTION, TO_SORT | {State.FORWARDED}),
    Action.REFUSAL: Move(Right.TRIAGE_QUESTION, TO_SORT),
    Action.FEEDBACK: Move(Right.TRIAGE_QUESTION, TO_SORT),
    Action.RETURN: Move(Right.HANDLE_QUESTION, frozenset({State.FORWARDED})),
    Action.RETURN_CONSENT: Move(Right.TRIAGE_QUESTION, frozenset({State.FORWARDED})),
    Action.KIND: Move(Right.HANDLE_QUESTION, WITH_AGENCY),
    Action.EXTENSION: Move(Right.HANDLE_QUESTION, WITH_AGENCY),
    Action.DRAFT: Move(Right.HANDLE_QUESTION, frozenset({State.FORWARDED})),
    Action.DRAFT_WITHDRAWAL: Move(Right.HANDLE_QUESTION, frozenset({State.DRAFTED})),
    Action.DRAFT_MENDING: Move(Right.RELEASE_ANSWER, frozenset({State.DRAFTED})),
    Action.DRAFT_RETURN: Move(Right.RELEASE_ANSWER, frozenset({State.DRAFTED})),
    Action.RELEASE: Move(Right.RELEASE_ANSWER, frozenset({State.DRAFTED})),
    Action.REMINDER: Move(Right.TRIAGE_QUESTION, WITH_AGENCY),
    Action.PUBLICATION: Move(Right.PREPARE_PUBLICATION, frozenset({State.ANSWERED})),
    Action.CONFIRMATION: Move(Right.PUBLISH_ANSWER, frozenset({State.ANSWERED})),
    Action.PUBLICATION_REFUSAL: Move(Right.PUBLISH_ANSWER, frozenset({State.ANSWERED})),
    Action.WITHDRAWAL: Move(Right.PUBLISH_ANSWER, frozenset({State.ANSWERED})),
}
"""Source: NB Đ.18.5; TN Đ.15; TN Đ.16; R-QNA-09, R-QNA-10, R-QNA-13, R-QNA-14, R-QNA-20, R-QNA-22"""
_PUBLICATION: Final[Mapping[Action, frozenset[PublicationState | None]]] = {
    Action.PUBLICATION: frozenset({None, PublicationState.REFUSED, PublicationState.WITHDRAWN}),
    Action.CONFIRMATION: frozenset({PublicationState.PROPOSED}),
    Action.PUBLICATION_REFUSAL: frozenset({PublicationState.PROPOSED}),
    Action.WITHDRAWAL: frozenset({PublicationState.PUBLISHED}),
}
_CHECKED: Final = frozenset({Action.PUBLICATION, Action.CONFIRMATION})
"""What needs to know who asked, so that nothing names that person."""


@dataclass(frozen=True)
class Place:
    """Where a question stands, as far as actions ask."""

    state: State
    agency: str
    return_asked: bool = False
    extended: bool = False
    begun: bool = False
    """Whether the agency has something in hand: a draft, or an interim reply."""
    drafted_by: str = ""
    """Who submitted the draft."""
    publication: PublicationState | None = None
    proposed_by: str = ""
    publishes: bool = False
    takes_feedback: bool = False
    known: bool = True
    """Whether it still stands there who asked."""

    def allows(self, action: Action) -> bool:
        """Tell whether an action is possible here, whoever takes it."""
        if self.state not in MOVES[action].states:
            return False
        if action in _PUBLICATION:
            checked = self.known or action not in _CHECKED
            return checked and self.publishes and self.publication in _PUBLICATION[action]
        also = {
            Action.TRIAGE: not (self.state is State.FORWARDED and self.begun),
            Action.FEEDBACK: self.takes_feedback,
            Action.RETURN_CONSENT: self.return_asked,
            Action.RETURN: not self.return_asked,
            Action.EXTENSION: not self.extended,
            Action.KIND: not self.extended,
        }
        return also.get(action, True)

    def open_to(self, action: Action, who: Holder) -> bool:
        """Tell whether somebody may take an action here.

        The second look at a publication is never that of whoever proposed it; a draft is taken back by its author.

        Source: R-QNA-20; R-QNA-22; R-CAT-18
        """
        if action is Action.DRAFT_WITHDRAWAL and who.subject != self.drafted_by:
            return False
        if action is Action.CONFIRMATION and who.subject == self.proposed_by:
            return False
        return self.allows(action) and view(MOVES[action].right, who).sees(agency=self.agency)

    def expect(self, action: Action, who: Holder) -> None:
        """Refuse an action that somebody may not take, or that is not possible here.

        Raises: ForbiddenError, ActionNotAllowedError, AskerForgottenError, NotTheAuthorError, SecondLookNeededError.
        """
        if not view(MOVES[action].right, who).sees(agency=self.agency):
            raise ForbiddenError
        if action in _PUBLICATION and not self.publishes:
            raise PublicationOffError
        if action in _CHECKED and not self.known:
            raise AskerForgottenError
        if not self.allows(action):
            raise ActionNotAllowedError(vi_state=self.state.said("vi"), en_state=self.state.said("en"))
        if not self.open_to(action, who):
            raise NotTheAuthorError if action is Action.DRAFT_WITHDRAWAL else SecondLookNeededError


def actions_of(place: Place, who: Holder) -> list[str]:
    """Return the actions somebody may take at a place, in the order of the process."""
    return [action.value for action in Action if place.open_to(action, who)]
