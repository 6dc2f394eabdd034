"""Surveys, what was counted of them, free texts, marks of who answered, and the surveys a province owes."""

import uuid
from datetime import date, datetime
from typing import Any, Final

from common.database import Versioned
from sqlalchemy import Index, Sequence
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain.survey import SurveyState
from qa.domain.survey_form import SurveyQuestion
from qa.models.base import Base, Json

SURVEY_NUMBERS: Final = Sequence("survey_serial", metadata=Base.metadata)


class Survey(Versioned, Base):
    """A survey or consultation (khảo sát, lấy ý kiến); once published its questions stand.

    Source: TN Đ.6.3; TN Đ.24.4; QT Đ.7.6; R-SAT-02
    """

    __tablename__ = "survey"
    __table_args__ = (Index("ix_survey_state", "state", "closes_on", "number"),)

    number: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    kind: Mapped[str]
    audience: Mapped[str]
    by_agency: Mapped[bool]
    title: Mapped[Json]
    introduction: Mapped[Json]
    questions: Mapped[list[dict[str, Any]]]
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    written_by: Mapped[str]
    written_at: Mapped[datetime]
    published_by: Mapped[str | None]
    published_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    """The officer who closed it by hand; None where its last day did."""
    closed_at: Mapped[datetime | None]
    pepper: Mapped[str | None]
    """The secret of its marks, None before it is published and once it is closed."""

    @property
    def asked(self) -> list[SurveyQuestion]:
        """Return its questions in their order."""
        return [SurveyQuestion.read(one) for one in self.questions]

    def runs_on(self, day: date) -> bool:
        """Tell whether answers are taken on a local day."""
        if self.state != SurveyState.PUBLISHED or not self.opens_on or not self.closes_on:
            return False
        return self.opens_on <= day <= self.closes_on

    def close(self, by: str | None, now: datetime) -> None:
        """End it; its secret goes, and with it what the marks could be held against."""
        self.state, self.closed_by, self.closed_at, self.pepper = SurveyState.CLOSED, by, now, None


class SurveyMark(Base):
    """That somebody answered a survey: no account, no address, no time, no answer. Source: R-SAT-02"""

    __tablename__ = "survey_mark"

    survey: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)


class SurveyCount(Base):
    """How many answered a question with a value at an agency; the sheet itself is not kept. Source: R-SAT-02"""

    __tablename__ = "survey_count"

    survey: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class SurveyText(Base):
    """A free text, apart from everything else its writer answered; its key is random, so that no order tells."""

    __tablename__ = "survey_text"
    __table_args__ = (Index("ix_survey_text_question", "survey", "question", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True)
    survey: Mapped[str]
    question: Mapped[str]
    text: Mapped[str]


class SurveyDue(Base):
    """A survey the province owes in a quarter: reminded before, flagged after, never erased.

    Source: TN Đ.24.4; requirements §0.3.2; R-SAT-02
    """

    __tablename__ = "survey_due"

    first: Mapped[date] = mapped_column(primary_key=True)
    due_on: Mapped[date]
    met_by: Mapped[str | None]
    reminded_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
