"""Figures and reports of questions and feedback, as statistics tell them."""

from typing import Any

from starlette.responses import Response

from portal_stage.fakes import Asked

WARD, OFFICE = "UBND phường Hoa Lư", "Sở Tư pháp tỉnh Ninh Bình"
HOLDS = {"holds": True, "checked_at": None, "breach_count": 0, "breaches": []}
NUMBER = "HD-2026-000123"


def row(key: str, name: str, month: str = "2026-11", **counts: Any) -> dict[str, Any]:
    """Give the account of one key; what is not named is nothing."""
    nothing = dict.fromkeys(
        (
            "carried_over",
            "received",
            "answered_in_time",
            "answered_late",
            "refused",
            "moved",
            "passed_on",
            "open",
            "forwarded",
            "returned",
            "recalled",
            "late",
            "came_late",
            "late_open",
        ),
        0,
    )
    span = {"period": month, "first": f"{month}-01", "last": f"{month}-28"}
    return {
        **span,
        "key": key,
        "name": name,
        "name_en": None,
        "parent": None,
        **nothing,
        "in_time_percent": None,
        **counts,
    }


def rows(month: str = "2026-11") -> list[dict[str, Any]]:
    """Give the coordinator and two agencies."""
    return [
        row("centre", "Cơ quan đầu mối", month, received=1207, passed_on=1200, refused=5, open=2),
        row(
            "H42.101",
            WARD,
            month,
            received=900,
            answered_in_time=850,
            answered_late=30,
            open=20,
            late_open=3,
            late=31,
            in_time_percent=96.6,
        ),
        row(
            "H42.15",
            OFFICE,
            month,
            received=300,
            answered_in_time=290,
            returned=7,
            passed_on=7,
            open=3,
            in_time_percent=100.0,
        ),
    ]


def total(month: str = "2026-11") -> dict[str, Any]:
    """Give the whole province."""
    return row(
        "province",
        "Toàn tỉnh",
        month,
        received=1200,
        answered_in_time=1140,
        answered_late=30,
        refused=5,
        open=25,
        late_open=3,
        in_time_percent=97.4,
    )


def figures(asked: Asked) -> Any:
    """Give the public figures of three months."""
    months = ("2026-09", "2026-10", "2026-11")
    return {
        "subject": asked.query.get("subject", "question"),
        "as_of": "2026-11-21T03:00:00Z",
        "age_seconds": 0.0,
        "rows": [one for month in months for one in rows(month)],
        "totals": [total(month) for month in months],
        "identity": HOLDS,
    }


def report(asked: Asked) -> Any:
    """Give the report of the period that is asked for."""
    month = asked.query.get("day", "2026-11-01")[:7]
    return {
        "subject": "question",
        "period": month if asked.query.get("period") != "year" else month[:4],
        "first": f"{month}-01",
        "last": f"{month}-28",
        "as_of": "2026-11-21T03:00:00Z",
        "over": month < "2026-11",
        "rows": rows(month),
        "total": total(month),
        "identity": HOLDS,
    }


def behind(asked: Asked) -> Any:
    """Give what stands behind a figure."""
    if asked.query.get("figure") == "moved":
        return {"items": [], "total": 0, "next": None}
    same = {"number": NUMBER, "topic": "legal_rules", "topic_label": "Quy định của pháp luật"}
    held = {"agency": "H42.101", "agency_name": WARD, "since_at": "2026-11-02T01:00:00Z"}
    due = {
        "due_at": "2026-11-05T01:00:00Z",
        "until_at": None,
        "ending": None,
        "ending_label": "",
        "days_late": 16,
    }
    ended = {
        "until_at": "2026-11-06T01:00:00Z",
        "ending": "answered",
        "ending_label": "Đã trả lời",
        "days_late": 1,
    }
    items = [{**same, **held, **due}, {**same, **held, **due, **ended}]
    return {"items": items, "total": 2, "next": "further" if asked.query.get("figure") == "open" else None}


def shares() -> list[dict[str, Any]]:
    """Give how dossiers went at one agency that is evaluated, and at one that has nothing but dossiers."""
    counts = {"received": 1210, "finished": 1100, "online_percent": 81.5, "supplemented_percent": 4.0}
    here = {"agency": "H42.101", "name": WARD, "name_en": None, **counts, "in_time_percent": 98.2}
    none = {"received": 2, "finished": 0, "online_percent": 50.0, "supplemented_percent": 0.0}
    return [
        here,
        {"agency": "H42.99", "name": "Trung tâm", "name_en": "Centre", **none, "in_time_percent": None},
    ]


def themes(asked: Asked) -> Any:
    """Give the themes of the month that is asked for."""
    month = asked.query.get("day", "2026-11-01")[:7]
    labels = {"procedure": "Thủ tục, giấy tờ", "conduct": "Thái độ, cách làm việc"}
    whole = {"carried_over": 3, "received": 900, "answered": 800, "refused": 40, "moved": 3, "open": 60}
    few = {"carried_over": 0, "received": 12, "answered": 10, "refused": 1, "moved": 0, "open": 1}
    counts = {"question_count": 900, "feedback_count": 12, "questions": whole, "feedback": few}
    found = [{"theme": key, "label": label, **counts} for key, label in labels.items()]
    return {"first": f"{month}-01", "last": f"{month}-28", "over": month < "2026-11", "themes": found}


def reports() -> dict[str, Any]:
    """Answer as the statistics of questions and feedback."""
    file = Response("period\n", media_type="text/csv")
    return {
        "GET /api/stats/public/questions": figures,
        "GET /api/stats/public/questions.csv": file,
        "GET /api/stats/shares": shares(),
        "GET /api/stats/themes": themes,
        **{f"GET /api/stats/{what}/report": report for what in ("questions", "feedback")},
        **{f"GET /api/stats/{what}/report.csv": file for what in ("questions", "feedback")},
        **{f"GET /api/stats/{what}": behind for what in ("questions", "feedback")},
    }
