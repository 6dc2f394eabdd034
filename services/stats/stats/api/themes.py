"""How many questions and how much feedback came to each theme of a period, for the synthesis of what is to improve."""

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
from stats.domain.periods import Shown, chosen_period
from stats.domain.questions import Subject
from stats.queries import Interval, QuestionFilter, QuestionGroup

router = APIRouter(prefix="/api/stats", tags=["statistics"])


class ThemeOut(BaseModel):
    """What was received in the period and counts to one theme."""

    theme: str
    label: str
    question_count: int
    feedback_count: int


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
    received = {}
    for subject in Subject:
        found = await queries.question_figures(session, time, QuestionGroup.TOPIC, QuestionFilter(subject))
        received[subject] = {topic: figures.received for topic, figures in found.items()}
    asked, sent = received[Subject.QUESTION], received[Subject.FEEDBACK]
    rows = [
        ThemeOut(
            theme=key,
            label=theme.words[lang],
            question_count=sum(asked.get(topic, 0) for topic in theme.topics),
            feedback_count=sum(sent.get(category, 0) for category in theme.categories),
        )
        for key, theme in THEMES.items()
    ]
    return ThemesOut(first=chosen.first, last=chosen.last, over=now >= chosen.ends_at, themes=rows)
