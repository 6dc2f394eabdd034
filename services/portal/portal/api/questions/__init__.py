"""Questions and feedback of the public: ask, search, follow; and, for officers, sort, answer, publish."""

from portal.api.questions import (
    asking,
    board,
    counter,
    deeds,
    drafting,
    feedback,
    feedback_desk,
    files,
    following,
    keeping,
    one,
    ratings,
    reports,
    search,
    upkeep,
)

CITIZEN = (
    search.router,
    asking.router,
    following.router,
    feedback.router,
    ratings.router,
    counter.router,
    files.own,
)
OFFICER = (
    ratings.desk,
    reports.router,
    board.router,
    upkeep.router,
    drafting.router,
    deeds.router,
    files.handled,
    one.router,
    keeping.router,
    feedback_desk.router,
)
