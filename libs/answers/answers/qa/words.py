"""Qa: the words it asks and answers with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from enum import StrEnum


class AnswerKind(StrEnum):
    """How much an answer takes (loại câu hỏi): own competence, several sectors, a special case."""

    OWN = "own"
    CROSS_SECTOR = "cross_sector"
    SPECIAL = "special"


class AskerKind(StrEnum):
    """Who asks (người hỏi): a person or an organisation."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class Audience(StrEnum):
    """Who may answer (đối tượng): everybody, or who had a dossier."""

    EVERYBODY = "everybody"
    DOSSIERS = "dossiers"


class Category(StrEnum):
    """What feedback is about (phân loại)."""

    PROCEDURE = "procedure"
    ONLINE_SERVICE = "online_service"
    CONDUCT = "conduct"
    SYSTEM = "system"
    SUGGESTION = "suggestion"


class Cycle(StrEnum):
    """How often a report is due: tháng, quý, sáu tháng, năm."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Deed(StrEnum):
    """What somebody did (hành động): looked something up, opened it, took it out, changed it, came in."""

    LOOK_UP = "look_up"
    VIEW = "view"
    EXPORT = "export"
    CHANGE = "change"
    ACCOUNT = "account"


class EvaluationState(StrEnum):
    """Where an evaluation stands (trạng thái đánh giá)."""

    OPEN = "open"
    CLOSED = "closed"


class FeedbackState(StrEnum):
    """Where feedback stands (trạng thái phản ánh, kiến nghị)."""

    RECEIVED = "received"
    FORWARDED = "forwarded"
    REPLIED = "replied"
    CLOSED = "closed"


class Ground(StrEnum):
    """Why a question is refused (lý do không tiếp nhận)."""

    CONTACT_UNCLEAR = "contact_unclear"
    TEXT_UNCLEAR = "text_unclear"
    OUT_OF_SCOPE = "out_of_scope"
    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    ANSWERED_BEFORE = "answered_before"
    PROHIBITED = "prohibited"


class Phase(StrEnum):
    """What of the handling is rated (giai đoạn)."""

    RECEIPT = "receipt"
    RESULT = "result"


class QuestionKind(StrEnum):
    """How a question is answered (kiểu câu hỏi)."""

    SINGLE = "single"
    SEVERAL = "several"
    SCALE = "scale"
    SHORT = "short"
    LONG = "long"


class Queue(StrEnum):
    """A queue of the board (hàng việc)."""

    OPEN = "open"
    TO_SORT = "to_sort"
    WITH_AGENCY = "with_agency"
    TO_RELEASE = "to_release"
    SENT_BACK = "sent_back"
    RETURNED = "returned"
    RETURN_ASKED = "return_asked"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    REFUSED = "refused"
    MOVED = "moved"
    TO_PUBLISH = "to_publish"
    PUBLISHED = "published"


class Scope(StrEnum):
    """How much data an officer's account sees (phạm vi dữ liệu). Source: QT Đ.11.2.e; R-ACC-18"""

    OWN = "own"
    UNIT = "unit"
    AGENCY = "agency"
    SUB_TREE = "sub_tree"
    PROVINCE = "province"


class SurveyKind(StrEnum):
    """What is asked about (loại): the handling of procedures, satisfaction, an opinion on something …"""

    HANDLING = "handling"
    SATISFACTION = "satisfaction"
    CONSULTATION = "consultation"


class SurveyState(StrEnum):
    """Where a survey stands (trạng thái khảo sát)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    DISCARDED = "discarded"


class Unit(StrEnum):
    """In what an indicator is told."""

    PERCENT = "percent"
    MARK = "mark"
