"""Who may do what with questions, asked of the running routes."""

from suite.testing.rights import left_open

EVERYBODY = {
    "GET /api/qa/terms",
    "GET /api/qa/answers",
    "GET /api/qa/answers.atom",
    "GET /api/qa/answers/{question}",
    "POST /api/qa/questions",
    "POST /api/qa/uploads",
    "POST /api/qa/follow-ups/files",
    "POST /api/qa/follow-ups",
    "POST /api/qa/follow-ups/supplements",
    "POST /api/qa/follow-ups/feedback",
    "POST /api/qa/feedback",
    "GET /api/qa/feedback-terms",
    "GET /api/qa/ratings",
    "POST /api/qa/counter-ratings/openings",
    "POST /api/qa/counter-ratings",
    "GET /api/qa/results",
    "GET /api/qa/surveys",
    "GET /api/qa/surveys/{survey}",
    "PUT /api/qa/surveys/{survey}/answer",
    "GET /api/qa/surveys/{survey}/results",
    "GET /api/qa/surveys/{survey}/results.csv",
}


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(app):
    assert await left_open(app, EVERYBODY) == []
