"""Each route lets in exactly the roles that the policy gives its right."""

from regulation.roles import Right, Role, who_may
from stats.main import create_app
from stats.settings import Settings
from suite.testing import FreshDatabase
from suite.testing.rights import left_open, let_in

OPEN = ("public", "public.csv", "public/questions", "public/questions.csv", "identity")


async def test_r_acc_18_the_dossiers_behind_a_figure_are_for_who_may_drill_down(
    fresh_database: FreshDatabase,
) -> None:
    database = await fresh_database("stats")
    app = create_app(Settings(database_url=database.dsn), database)
    assert await let_in(app, "GET", "/api/stats/dossiers") == who_may(Right.DRILL_DOWN)
    assert await let_in(app, "GET", "/api/stats/dossiers", scope="own") == who_may(Right.DRILL_DOWN)
    for subject, right in (("questions", Right.READ_QUESTIONS), ("feedback", Right.READ_FEEDBACK)):
        for path in (subject, f"{subject}/report", f"{subject}/report.csv"):
            assert await let_in(app, "GET", f"/api/stats/{path}") == who_may(right), path
    assert await let_in(app, "GET", "/api/stats/shares") == who_may(Right.READ_EVALUATIONS)
    assert await let_in(app, "GET", "/api/stats/themes") == who_may(Right.READ_IMPROVEMENTS)
    assert await let_in(app, "GET", "/api/stats/public") == frozenset(Role)


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(
    fresh_database: FreshDatabase,
) -> None:
    database = await fresh_database("stats")
    app = create_app(Settings(database_url=database.dsn), database)
    public = {f"GET /api/stats/{path}" for path in OPEN}
    assert await left_open(app, public) == []
