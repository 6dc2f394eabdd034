"""How many questions and how much feedback came to each theme of a period, for the synthesis of what is to improve."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

from common.api import LangDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Query
from pydantic import BaseModel
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.topics import THEMES
from regulation.zone import local_day

from stats import queries
from stats.domain.accounts import QuestionFigures
from stats.domain.periods import Shown, chosen_period
from stats.domain.questions import Subject
from stats.queries import Interval, QuestionFilter, QuestionGroup

router = APIRouter(prefix="/api/stats", tags=["statistics"])


class ThemeAccountOut(BaseModel):
    """What was carried over and received of a theme, and what became of it; both sides are the same sum."""

    carried_over: int
    received: int
    answered: int
    refused: int
    moved: int
    open: int

    @classmethod
    def of(cls, figures: QuestionFigures) -> "ThemeAccountOut":
        """Describe an account."""
        return cls(**{name: getattr(figures, name) for name in cls.model_fields})


class ThemeOut(BaseModel):
    """What counts to one theme in the period: how much was received, and the accounts it stands in."""

    theme: str
    label: str
    question_count: int
    feedback_count: int
    questions: ThemeAccountOut
    feedback: ThemeAccountOut


class ThemesOut(BaseModel):
    """The themes of a period; `over` says that nothing is added to it any more."""

    first: date
    last: date
    over: bool
    themes: list[ThemeOut]


@router.get("/themes", dependencies=[only_for(who_may(Right.READ_IMPROVEMENTS))])
async def themes(
    session: SessionDep,
    now: NowDep,
    lang: LangDep,
    *,
    period: Annotated[Shown, Query()] = Shown.MONTH,
    day: Annotated[Day | None, Query(description="any local day of the period; default: today")] = None,
) -> ThemesOut:
    """Count what was received by theme. Source: BD Đ.13.4; HN Đ.9.4; NB Đ.22.4; R-FBK-14"""
    chosen = chosen_period(period, day or local_day(now), now)
    time = Interval(chosen.starts_at, chosen.ends_at, now)
    told = {
        subject: await queries.question_figures(session, time, QuestionGroup.TOPIC, QuestionFilter(subject))
        for subject in Subject
    }
    rows = []
    for key, theme in THEMES.items():
        asked = _together(told[Subject.QUESTION], theme.topics)
        sent = _together(told[Subject.FEEDBACK], theme.categories)
        rows.append(
            ThemeOut(
                theme=key,
                label=theme.words[lang],
                question_count=asked.received,
                feedback_count=sent.received,
                questions=ThemeAccountOut.of(asked),
                feedback=ThemeAccountOut.of(sent),
            )
        )
    return ThemesOut(first=chosen.first, last=chosen.last, over=now >= chosen.ends_at, themes=rows)


def _together(told: Mapping[str, QuestionFigures], topics: Iterable[str]) -> QuestionFigures:
    """Add up what counts to a theme."""
    return sum((told[topic] for topic in topics if topic in told), QuestionFigures())
