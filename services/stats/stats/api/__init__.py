"""Figures over HTTP: those for everybody, and what stands behind them."""

from audit import audit_router

from stats.api import dossiers, overdue, public, question_figures, question_reports, shares, themes

ROUTERS = (
    public.router,
    question_figures.router,
    dossiers.router,
    overdue.router,
    question_reports.router,
    shares.router,
    themes.router,
    audit_router("stats"),
)

# Routes that show nobody's data: asking them is not written down, for this reason.
SILENT: dict[str, str] = {
    "GET /api/stats/public": "published",
    "GET /api/stats/public.csv": "published",
    "GET /api/stats/public/questions": "published",
    "GET /api/stats/public/questions.csv": "published",
    "GET /api/stats/questions/report": "numbers only",
    "GET /api/stats/questions/report.csv": "numbers only",
    "GET /api/stats/feedback/report": "numbers only",
    "GET /api/stats/feedback/report.csv": "numbers only",
    "GET /api/stats/identity": "numbers only",
    "GET /api/stats/shares": "numbers only",
    "GET /api/stats/themes": "numbers only",
}
