"""Named reads of the figures."""

from stats.queries.dossiers import (
    DirectoryLine,
    Filter,
    Freshness,
    Group,
    codes_with_facts,
    content_rows,
    drill_down,
    field_names,
    figures,
    freshness,
    in_sight,
    last_check,
    numbers_with_facts,
    overdue_now,
    places,
)
from stats.queries.questions import (
    Behind,
    Interval,
    QuestionFilter,
    QuestionGroup,
    behind,
    question_figures,
)
from stats.queries.shares import AgencyShares, agency_shares

__all__ = [
    "AgencyShares",
    "Behind",
    "DirectoryLine",
    "Filter",
    "Freshness",
    "Group",
    "Interval",
    "QuestionFilter",
    "QuestionGroup",
    "agency_shares",
    "behind",
    "codes_with_facts",
    "content_rows",
    "drill_down",
    "field_names",
    "figures",
    "freshness",
    "in_sight",
    "last_check",
    "numbers_with_facts",
    "overdue_now",
    "places",
    "question_figures",
]
