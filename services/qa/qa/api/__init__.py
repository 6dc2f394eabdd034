"""Everything over HTTP."""

from audit import audit_router

from qa.api import (
    agency_desk,
    answering,
    answers,
    asking,
    attachments,
    bar_checks,
    bars,
    board,
    contacts,
    counter,
    evaluations,
    exchange,
    feed,
    feedback,
    feedback_desk,
    figures,
    follow,
    publication,
    ratings,
    survey_desk,
    surveys,
    triage,
)
from qa.queries.persons import kept_of

OF_AN_AGENCY = (agency_desk.router, audit_router("qa", kept_of, apart=True))
"""What an agency's own instance answers; everything else about questions is the province's."""
ROUTERS = (
    asking.router,
    answers.router,
    feed.router,
    follow.router,
    board.router,
    triage.router,
    answering.router,
    agency_desk.router,
    answering.suggesting,
    publication.router,
    bars.router,
    bar_checks.router,
    ratings.router,
    counter.router,
    figures.router,
    contacts.router,
    exchange.router,
    feedback.router,
    feedback_desk.router,
    attachments.router,
    surveys.router,
    evaluations.router,
    survey_desk.router,
    audit_router("qa", kept_of, apart=True),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/qa/terms": "published",
    "GET /api/qa/answers": "published",
    "GET /api/qa/feedback-terms": "published",
    "GET /api/qa/results": "published",
    "GET /api/qa/ratings": "published",
    "GET /api/qa/answers.atom": "published",
    "GET /api/qa/answers/{question}": "published",
    "GET /api/qa/surveys": "published",
    "GET /api/qa/surveys/{survey}": "published",
    "GET /api/qa/surveys/{survey}/results": "published",
    "GET /api/qa/surveys/{survey}/results.csv": "published",
    "POST /api/qa/counter-ratings/openings": "nothing of a person: a phase, an agency, the end of a number",
    "POST /api/qa/counter-ratings": "anonymous: who rated when would be led back",
    "PUT /api/qa/surveys/{survey}/answer": "anonymous: who answered when would be led back",
}
