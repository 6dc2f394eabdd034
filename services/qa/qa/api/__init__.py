"""Everything over HTTP."""

from audit import audit_router

from qa.api import answering, answers, asking, bars, board, contacts, follow, publication, triage

ROUTERS = (
    asking.router,
    answers.router,
    follow.router,
    board.router,
    triage.router,
    answering.router,
    publication.router,
    bars.router,
    contacts.router,
    audit_router("qa"),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/qa/terms": "published",
    "GET /api/qa/answers": "published",
    "GET /api/qa/answers.atom": "published",
    "GET /api/qa/answers/{question}": "published",
}
