"""Stats: its answers about statistics."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from answers.answer import Answer


class BehindOut(Answer):
    """One time in somebody's hands behind a figure; `days_late` are whole days, begun ones counted."""

    agency: str
    agency_name: str
    days_late: int
    due_at: datetime | None
    ending: str | None
    ending_label: str
    number: str
    since_at: datetime
    topic: str
    topic_label: str
    until_at: datetime | None


class DossierRowOut(Answer):
    """One dossier of an account: its code, when it came, and how it left."""

    closing: str | None
    code: str
    received_at: datetime


class IdentityOut(Answer):
    """Whether the accounts add up, and when that was last checked."""

    breach_count: int
    breaches: tuple[Mapping[str, Any], ...] = ()
    checked_at: datetime | None
    holds: bool


class RowOut(Answer):
    """The figures of one key in one period; finished = early + on time + late."""

    carried_over: int
    finished: int
    finished_early: int
    finished_late: int
    finished_on_time: int
    first: date
    in_progress: int
    key: str
    last: date
    level: str | None
    name: str
    name_en: str | None
    on_time_percent: float | None
    paused: int
    period: str
    received: int
    withdrawn: int


class FiguresOut(Answer):
    """Public figures with their age."""

    age_seconds: float
    as_of: datetime
    identity: IdentityOut
    newest_fact_at: datetime | None
    overdue_now: int
    rows: tuple[RowOut, ...]
    totals: tuple[RowOut, ...]
    waiting_count: int


class BehindOutPage(Answer):
    """One page of a list."""

    items: tuple[BehindOut, ...]
    next: str | None = None
    total: int


class QuestionRowOut(Answer):
    """The account of one key in one period, as `QuestionFigures` says it; an agency's with those below it."""

    answered_in_time: int
    answered_late: int
    came_late: int
    carried_over: int
    first: date
    forwarded: int
    in_time_percent: float | None
    key: str
    last: date
    late: int
    late_open: int
    moved: int
    name: str
    name_en: str | None
    open: int
    parent: str | None
    passed_on: int
    period: str
    recalled: int
    received: int
    refused: int
    returned: int


class QuestionFiguresOut(Answer):
    """Public figures of questions or feedback, with their age."""

    age_seconds: float
    as_of: datetime
    identity: IdentityOut
    rows: tuple[QuestionRowOut, ...]
    subject: str
    totals: tuple[QuestionRowOut, ...]


class ReportOut(Answer):
    """The report of one period: every agency in sight, and the whole for who sees the province."""

    as_of: datetime
    first: date
    identity: IdentityOut
    last: date
    over: bool
    period: str
    rows: tuple[QuestionRowOut, ...]
    subject: str
    total: QuestionRowOut | None


class SharesOut(Answer):
    """Shares of one agency in percent with one decimal, each with the number of dossiers it is a share of."""

    agency: str
    finished: int
    in_time_percent: float | None
    name: str
    name_en: str | None
    online_percent: float | None
    received: int
    supplemented_percent: float | None


class ThemeAccountOut(Answer):
    """What was carried over and received of a theme, and what became of it; both sides are the same sum."""

    answered: int
    carried_over: int
    moved: int
    open: int
    received: int
    refused: int


class ThemeOut(Answer):
    """What counts to one theme in the period: how much was received, and the accounts it stands in."""

    feedback: ThemeAccountOut
    feedback_count: int
    label: str
    question_count: int
    questions: ThemeAccountOut
    theme: str


class ThemesOut(Answer):
    """The themes of a period; `over` says that nothing is added to it any more."""

    first: date
    last: date
    over: bool
    themes: tuple[ThemeOut, ...]
