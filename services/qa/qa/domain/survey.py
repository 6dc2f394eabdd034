"""Surveys and consultations: where one stands, what may be done there, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from common.errors import ConflictError, FieldProblem, ForbiddenError, InvalidInputError, NotFoundError
from regulation.roles import Holder, Right, view

LONGEST_RUN: Final = timedelta(days=366)
"""A survey that runs longer asks about another time than its answers."""


class SurveyState(StrEnum):
    """Where a survey stands (trạng thái khảo sát)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    DISCARDED = "discarded"

    def said(self, lang: str) -> str:
        """Return the state in Vietnamese or English."""
        return _STATES[self][lang == "en"]


class SurveyKind(StrEnum):
    """What is asked about (loại): the handling of procedures, satisfaction, an opinion on something planned."""

    HANDLING = "handling"
    SATISFACTION = "satisfaction"
    CONSULTATION = "consultation"

    def said(self, lang: str) -> str:
        """Return the kind in Vietnamese or English."""
        return _KINDS[self][lang == "en"]


class Audience(StrEnum):
    """Who may answer (đối tượng): everybody, or who had a dossier."""

    EVERYBODY = "everybody"
    DOSSIERS = "dossiers"

    def said(self, lang: str) -> str:
        """Return the audience in Vietnamese or English."""
        return _AUDIENCES[self][lang == "en"]


class SurveyAction(StrEnum):
    """What is done to a survey; each is a resource below it."""

    DETAILS = "details"
    QUESTIONS = "questions"
    PUBLICATION = "publication"
    DISCARDING = "discarding"
    CLOSING = "closing"
    TEXTS = "texts"


_STATES: Final = {
    SurveyState.DRAFT: ("Đang soạn", "Draft"),
    SurveyState.PUBLISHED: ("Đã công bố", "Published"),
    SurveyState.CLOSED: ("Đã kết thúc", "Closed"),
    SurveyState.DISCARDED: ("Đã bỏ", "Discarded"),
}
_KINDS: Final = {
    SurveyKind.HANDLING: ("Khảo sát việc giải quyết thủ tục", "Survey of how procedures are handled"),
    SurveyKind.SATISFACTION: ("Khảo sát mức độ hài lòng", "Survey of satisfaction"),
    SurveyKind.CONSULTATION: ("Lấy ý kiến", "Consultation"),
}
_AUDIENCES: Final = {
    Audience.EVERYBODY: ("Mọi người", "Everybody"),
    Audience.DOSSIERS: ("Người đã nộp hồ sơ", "Who had a dossier"),
}
REGULAR: Final = frozenset({SurveyKind.HANDLING, SurveyKind.SATISFACTION})
"""The kinds that a province which asks regularly owes. Source: TN Đ.24.4; R-SAT-02"""
MOVES: Final[Mapping[SurveyAction, SurveyState]] = {
    SurveyAction.DETAILS: SurveyState.DRAFT,
    SurveyAction.QUESTIONS: SurveyState.DRAFT,
    SurveyAction.PUBLICATION: SurveyState.DRAFT,
    SurveyAction.DISCARDING: SurveyState.DRAFT,
    SurveyAction.CLOSING: SurveyState.PUBLISHED,
    SurveyAction.TEXTS: SurveyState.CLOSED,
}
"""Where each action is possible; what was published is never changed. Source: TN Đ.24.4; QT Đ.7.6; R-SAT-02"""


class SurveyNotFoundError(NotFoundError):
    """There is no such survey, or not for this caller."""

    code = "survey-not-found"
    vi = "Không tìm thấy khảo sát."
    en = "The survey was not found."


class SurveyNotOpenError(ConflictError):
    """Answers are taken on its days only."""

    code = "survey-not-open"
    vi = "Khảo sát này không nhận câu trả lời lúc này."
    en = "This survey takes no answers now."


class SurveyAlreadyAnsweredError(ConflictError):
    """Each browser or account answers once."""

    code = "survey-already-answered"
    vi = "Bạn đã trả lời khảo sát này. Mỗi người chỉ trả lời một lần."
    en = "You have answered this survey. Everybody answers once."


class SurveyNotForYouError(ForbiddenError):
    """It asks who had a dossier."""

    code = "survey-not-for-you"
    vi = "Khảo sát này hỏi người đã nộp hồ sơ. Hãy đăng nhập bằng tài khoản đã nộp hồ sơ."
    en = "This survey asks who had a dossier. Sign in with the account that sent it."


class SurveyActionNotAllowedError(ConflictError):
    """The survey does not stand where this is done."""

    code = "survey-action-not-allowed"
    vi = "Không thực hiện được việc này: khảo sát đang ở trạng thái “{vi_state}”."
    en = "This cannot be done: the survey stands at “{en_state}”."


class ResultsNotToldError(NotFoundError):
    """Figures stand still before they are told; two that move would say how one person answered."""

    code = "survey-results-not-told"
    vi = "Kết quả được công bố khi khảo sát kết thúc."
    en = "Results are published once the survey is closed."


@dataclass(frozen=True)
class Days:
    """The local days on which answers are taken, the first and the last included."""

    first: date
    last: date

    def expect_sound(self, today: date) -> None:
        """Refuse days that are over, upside down or too many. Raises: InvalidInputError.

        Source: TN Đ.24.4; R-SAT-02
        """
        if self.first < today:
            raise _wrong("opens_on", "Ngày bắt đầu không thể đã qua.", "The first day cannot be over.")
        if self.last < self.first:
            raise _wrong("closes_on", "Ngày cuối phải sau ngày bắt đầu.", "The last day follows the first.")
        if self.last - self.first > LONGEST_RUN:
            raise _wrong("closes_on", "Khảo sát kéo dài tối đa một năm.", "A survey runs for a year at most.")


def expect_action(action: SurveyAction, state: SurveyState, who: Holder) -> None:
    """Refuse an action that somebody may not take, or that is not possible here.

    Raises: ForbiddenError, SurveyActionNotAllowedError.
    """
    if not view(Right.BUILD_SURVEY, who).sees(agency=""):
        raise ForbiddenError
    if MOVES[action] is not state:
        raise SurveyActionNotAllowedError(vi_state=state.said("vi"), en_state=state.said("en"))


def survey_actions(state: SurveyState) -> list[str]:
    """Return what may be done to a survey where it stands."""
    return [action.value for action, needed in MOVES.items() if needed is state]


def _wrong(field: str, vi: str, en: str) -> InvalidInputError:
    return InvalidInputError([FieldProblem(field, "day", vi, en)])
