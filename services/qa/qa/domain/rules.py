"""The values a regulation profile gives to questions, gathered once when the service starts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from eforms import Form
from regulation.calendar import WorkingCalendar
from regulation.clock import Ledger
from regulation.clock.by_profile import Term, calendar_of, term_of
from regulation.clock.reminder import Reminder, reminder_of
from regulation.codes import AgencyCode
from regulation.instances import PROVINCE, Turn
from regulation.profiles import Profile

from qa.domain.asker import AskerKind, asker_definition, asker_form
from qa.domain.clocks import ClockKind, started
from qa.domain.feedback import FeedbackRules, feedback_rules
from qa.domain.rating import RatingRules

UNSURE: Final = "other"
"""What an asker picks who knows no topic; whoever sorts the question picks one. Source: R-QNA-07"""


class AnswerKind(StrEnum):
    """How much an answer takes (loại câu hỏi): own competence, several sectors, a special case."""

    OWN = "own"
    CROSS_SECTOR = "cross_sector"
    SPECIAL = "special"

    def said(self, lang: str) -> str:
        """Return the kind in Vietnamese or English."""
        return _KINDS[self][lang == "en"]


_KINDS: Final = {
    AnswerKind.OWN: ("Thuộc thẩm quyền của cơ quan", "Within the agency's competence"),
    AnswerKind.CROSS_SECTOR: ("Liên quan nhiều lĩnh vực", "Several sectors"),
    AnswerKind.SPECIAL: ("Trường hợp đặc biệt", "Special case"),
}
_KEYS: Final = {
    AnswerKind.OWN: "qna.answer_deadline.own",
    AnswerKind.CROSS_SECTOR: "qna.answer_deadline.cross_sector",
    AnswerKind.SPECIAL: "qna.answer_deadline.special_max",
}


@dataclass(frozen=True)
class QuestionRules:
    """What a province asks of questions and answers. Source: requirements §A.8; R-QNA-01–R-QNA-23"""

    province: str
    enabled: bool
    login_required: bool
    text_rules: bool
    feedback_here: bool
    effective_date: bool
    publishes: str
    topics: tuple[str, ...]
    definitions: dict[AskerKind, dict[str, object]]
    forms: dict[AskerKind, Form]
    terms: dict[ClockKind, Term]
    answers: dict[AnswerKind, Term]
    calendar: WorkingCalendar
    reminder: Reminder
    feedback: FeedbackRules
    rating: RatingRules
    agreed: tuple[Turn, ...] = ()
    """From when on agencies answer by an instance of their own; told to the province's."""
    instance: str = PROVINCE

    @property
    def publishes_answers(self) -> bool:
        """Whether everybody may read answers. Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22"""
        return self.publishes != "no"

    @property
    def publishes_questions(self) -> bool:
        """Whether everybody may read the question beside its answer, and take both elsewhere."""
        return self.publishes == "questions_and_answers"

    def beyond(self, agency: str) -> bool:
        """Whether an agency is out of reach of this instance, which then knows nothing of it. Source: decision 0068"""
        return self.instance != PROVINCE and not AgencyCode.parse(agency).within(self.instance)

    def answer_ledger(self, kind: AnswerKind, forwarded_at: datetime) -> Ledger:
        """Return the clock of an answer: from receipt by the agency that answers. Raises: CalendarEndedError.

        Source: NB Đ.18.5.b; R-QNA-14; R-QNA-15
        """
        return started(self.answers[kind], forwarded_at, self.calendar)

    def ledger(self, kind: ClockKind, received_at: datetime) -> Ledger:
        """Return the clock of a triage or a return. Raises: CalendarEndedError.

        Source: TN Đ.15.3.a; NB Đ.18.5.b; R-QNA-10, R-QNA-13
        """
        return started(self.terms[kind], received_at, self.calendar)


def rules_of(profile: Profile, calendar_file: Path | None = None) -> QuestionRules:
    """Read what a profile says of questions. Raises: UnknownKeyError, WrongKindError."""
    fields = {kind: profile.listing(f"qna.fields.{kind}") for kind in AskerKind}
    return QuestionRules(
        province=profile.name,
        enabled=profile.flag("qna.enabled"),
        login_required=profile.flag("qna.login_required"),
        text_rules=profile.flag("qna.text_rules"),
        feedback_here=profile.flag("qna.feedback_in_qna"),
        effective_date=profile.flag("qna.citation_effective_date"),
        publishes=profile.text("qna.public"),
        topics=profile.listing("qna.topics"),
        definitions={kind: asker_definition(kind, fields[kind]) for kind in AskerKind},
        forms={kind: asker_form(kind, fields[kind]) for kind in AskerKind},
        terms={
            ClockKind.TRIAGE: term_of(profile, "qna.triage_deadline"),
            ClockKind.RETURN: term_of(profile, "qna.return_deadline"),
        },
        answers={kind: term_of(profile, key) for kind, key in _KEYS.items()},
        calendar=calendar_of(profile, calendar_file),
        reminder=reminder_of(profile),
        feedback=feedback_rules(profile),
        rating=RatingRules(
            timedelta(days=profile.number("satisfaction.changeable_days")),
            profile.number("satisfaction.low_mark"),
        ),
    )
