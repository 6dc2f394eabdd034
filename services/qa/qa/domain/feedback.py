"""Feedback on how procedures and online services are handled: where it stands, who may do what, what it may not be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from common.errors import ForbiddenError
from regulation.clock.by_profile import Term, term_of
from regulation.profiles import Profile
from regulation.roles import Holder, Right, view
from regulation.topics import CATEGORIES

from qa.domain.errors import (
    ActionNotAllowedError,
    AskerForgottenError,
    FeedbackElsewhereError,
    PublicationOffError,
    SecondLookNeededError,
)
from qa.domain.grounds import Ground
from qa.domain.states import PublicationState


class FeedbackState(StrEnum):
    """Where feedback stands (trạng thái phản ánh, kiến nghị)."""

    RECEIVED = "received"
    FORWARDED = "forwarded"
    REPLIED = "replied"
    CLOSED = "closed"

    def said(self, lang: str) -> str:
        """Return the state in Vietnamese or English."""
        return _STATES[self][lang == "en"]


class Category(StrEnum):
    """What feedback is about (phân loại)."""

    PROCEDURE = "procedure"
    ONLINE_SERVICE = "online_service"
    CONDUCT = "conduct"
    SYSTEM = "system"
    SUGGESTION = "suggestion"

    def said(self, lang: str) -> str:
        """Return the category in Vietnamese or English."""
        return CATEGORIES[self]["en" if lang == "en" else "vi"]


class FeedbackAction(StrEnum):
    """What is done to feedback; each is a resource below it."""

    TRIAGE = "triage"
    CLOSING = "closing"
    RETURN = "return"
    INVOLVEMENT = "involvement"
    REPLY = "reply"
    REMINDER = "reminder"
    PUBLICATION = "publication"
    CONFIRMATION = "publication/confirmation"
    PUBLICATION_REFUSAL = "publication/refusal"
    WITHDRAWAL = "publication/withdrawal"


_STATES: Final = {
    FeedbackState.RECEIVED: ("Đã tiếp nhận", "Received"),
    FeedbackState.FORWARDED: ("Đã chuyển cơ quan xử lý", "With the agency"),
    FeedbackState.REPLIED: ("Đã trả lời", "Replied"),
    FeedbackState.CLOSED: ("Không xử lý tại đây", "Closed, belongs elsewhere"),
}
OPEN: Final = frozenset({FeedbackState.RECEIVED, FeedbackState.FORWARDED})
IN_LAW: Final = frozenset({Ground.COMPLAINT, Ground.DENUNCIATION})
"""What is not settled here, whoever sends it. Source: NB Đ.18.4; TN Đ.18.1; R-FBK-16"""
CLOSING_GROUNDS: Final = tuple(one for one in Ground if one in IN_LAW or one is Ground.PROHIBITED)
"""Why feedback may be closed; that it is feedback, unclear or answered before is no reason not to answer it."""
_FORWARDED: Final = frozenset({FeedbackState.FORWARDED})
_REPLIED: Final = frozenset({FeedbackState.REPLIED})
MOVES: Final[Mapping[FeedbackAction, tuple[Right, frozenset[FeedbackState]]]] = {
    FeedbackAction.TRIAGE: (Right.TRIAGE_FEEDBACK, OPEN),
    FeedbackAction.CLOSING: (Right.TRIAGE_FEEDBACK, OPEN),
    FeedbackAction.RETURN: (Right.HANDLE_FEEDBACK, _FORWARDED),
    FeedbackAction.INVOLVEMENT: (Right.HANDLE_FEEDBACK, _FORWARDED),
    FeedbackAction.REPLY: (Right.HANDLE_FEEDBACK, _FORWARDED),
    FeedbackAction.REMINDER: (Right.TRIAGE_FEEDBACK, _FORWARDED),
    FeedbackAction.PUBLICATION: (Right.TRIAGE_FEEDBACK, _REPLIED),
    FeedbackAction.CONFIRMATION: (Right.PUBLISH_FEEDBACK, _REPLIED),
    FeedbackAction.PUBLICATION_REFUSAL: (Right.PUBLISH_FEEDBACK, _REPLIED),
    FeedbackAction.WITHDRAWAL: (Right.PUBLISH_FEEDBACK, _REPLIED),
}
"""Source: TN Đ.18; BD Đ.11; QT Đ.24.4; R-FBK-07, R-FBK-09, R-FBK-10, R-FBK-13, R-FBK-16"""
_PUBLICATION: Final[Mapping[FeedbackAction, frozenset[PublicationState | None]]] = {
    FeedbackAction.PUBLICATION: frozenset({None, PublicationState.REFUSED, PublicationState.WITHDRAWN}),
    FeedbackAction.CONFIRMATION: frozenset({PublicationState.PROPOSED}),
    FeedbackAction.PUBLICATION_REFUSAL: frozenset({PublicationState.PROPOSED}),
    FeedbackAction.WITHDRAWAL: frozenset({PublicationState.PUBLISHED}),
}
_CHECKED: Final = frozenset({FeedbackAction.PUBLICATION, FeedbackAction.CONFIRMATION})
"""What needs to know who sent it, so that nothing names that person."""


@dataclass(frozen=True)
class FeedbackPlace:
    """Where feedback stands, as far as actions ask; involved agencies read it, the responsible one replies."""

    state: FeedbackState
    agency: str
    publication: PublicationState | None
    proposed_by: str
    publishes: bool
    known: bool = True
    """Whether it still stands there who sent it."""

    def allows(self, action: FeedbackAction) -> bool:
        """Tell whether an action is possible here, whoever takes it."""
        if self.state not in MOVES[action][1]:
            return False
        if action in _PUBLICATION:
            checked = self.known or action not in _CHECKED
            return checked and self.publishes and self.publication in _PUBLICATION[action]
        return True

    def open_to(self, action: FeedbackAction, who: Holder) -> bool:
        """Tell whether somebody may take an action here; nobody confirms what the same person proposed."""
        if action is FeedbackAction.CONFIRMATION and who.subject == self.proposed_by:
            return False
        return self.allows(action) and view(MOVES[action][0], who).sees(agency=self.agency)

    def expect(self, action: FeedbackAction, who: Holder) -> None:
        """Refuse an action that somebody may not take, or that is not possible here.

        Raises:
            ForbiddenError, PublicationOffError, AskerForgottenError, ActionNotAllowedError, SecondLookNeededError.
        """
        if not view(MOVES[action][0], who).sees(agency=self.agency):
            raise ForbiddenError
        if action in _PUBLICATION and not self.publishes:
            raise PublicationOffError
        if action in _CHECKED and not self.known:
            raise AskerForgottenError
        if not self.allows(action):
            raise ActionNotAllowedError(vi_state=self.state.said("vi"), en_state=self.state.said("en"))
        if not self.open_to(action, who):
            raise SecondLookNeededError


def feedback_actions(place: FeedbackPlace, who: Holder) -> list[str]:
    """Return the actions somebody may take, in the order of the process."""
    return [action.value for action in FeedbackAction if place.open_to(action, who)]


@dataclass(frozen=True)
class FeedbackRules:
    """What a province says of feedback. Source: requirements §A.8; R-FBK-01–R-FBK-16"""

    enabled: str
    login_required: str
    channels: tuple[str, ...]
    triage: Term
    response: Term

    @property
    def from_portal(self) -> bool:
        """Whether people file it at the portal themselves. Source: TN Đ.17.4.a; R-FBK-01"""
        return self.enabled != "off" and "portal" in self.channels

    @property
    def needs_account(self) -> bool:
        """Whether the portal takes it from accounts only. Source: TN Đ.17.1; R-FBK-02"""
        return self.login_required != "no"

    @property
    def entry_channels(self) -> tuple[str, ...]:
        """Return the channels from which officers enter it: what people file themselves comes by itself."""
        return tuple(one for one in self.channels if one not in _BY_ITSELF)

    def expect_channel(self, channel: str, category: Category, *, entered: bool) -> None:
        """Refuse a channel the province does not have, and what it does not take; officers enter other channels only.

        Raises: FeedbackElsewhereError.
        Source: TN Đ.17.4; BD Đ.10.2; NB Đ.22.4; R-FBK-03; R-FBK-15
        """
        only = self.enabled == "suggestions_only" and category is not Category.SUGGESTION
        known = self.entry_channels if entered else self.channels
        if self.enabled == "off" or channel not in known or only:
            raise FeedbackElsewhereError(field="channel", rule="channel", channels=channels_said(known))


_BY_ITSELF: Final = frozenset({"portal", "qna"})


def feedback_rules(profile: Profile) -> FeedbackRules:
    """Read what a profile says of feedback; a national process borrows the usual time.

    Raises: UnknownKeyError, WrongKindError.
    """
    return FeedbackRules(
        enabled=profile.text("feedback.enabled"),
        login_required=profile.text("feedback.login_required"),
        channels=profile.listing("feedback.channels"),
        triage=term_of(profile, "feedback.triage_deadline"),
        response=term_of(profile, "feedback.response_deadline"),
    )


_CHANNELS: Final = {
    "portal": ("Cổng dịch vụ công của tỉnh", "the provincial portal"),
    "email": ("thư điện tử", "e-mail"),
    "phone": ("điện thoại", "telephone"),
    "desk": ("Bộ phận một cửa", "the one-stop desk"),
    "paper": ("văn bản", "a letter"),
    "qna": ("mục hỏi đáp", "the questions section"),
    "published_contacts": ("địa chỉ, điện thoại, hộp thư công khai của cơ quan", "the published contacts"),
    "provincial_portal": ("Cổng thông tin điện tử tỉnh", "the provincial web portal"),
    "government_portal": ("Cổng thông tin điện tử Chính phủ", "the Government web portal"),
    "national_portal": ("Cổng Dịch vụ công quốc gia", "the national portal"),
}


def channel_said(channel: str, lang: str) -> str:
    """Return a channel in Vietnamese or English."""
    return _CHANNELS.get(channel, (channel, channel))[lang == "en"]


def channels_said(channels: tuple[str, ...]) -> str:
    """Return the channels of a province in Vietnamese."""
    return ", ".join(channel_said(one, "vi") for one in channels)
