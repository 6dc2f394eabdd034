"""Feedback and ratings, as the service of questions tells them."""

from typing import Any

from portal_stage.asked import AT, DUE, FILE, FILE_TERMS, KEY, ROOT, WARD, clock, refusal
from portal_stage.asked import NUMBER as ASKED
from portal_stage.fakes import Asked, problem
from portal_stage.samples import CODE

NUMBER = "PA-2026-000007"
ACTIONS = ["triage", "closing", "return", "involvement", "reply", "reminder", "publication"]
SECOND = ["publication/confirmation", "publication/refusal", "publication/withdrawal"]


def terms(**changes: Any) -> dict[str, Any]:
    """Say how feedback is taken."""
    told = {
        "enabled": "on",
        "from_portal": True,
        "needs_account": False,
        "channels": [{"value": "phone", "label": "Điện thoại"}, {"value": "paper", "label": "Văn bản giấy"}],
        "entry_channels": [{"value": "phone", "label": "Điện thoại"}],
        "categories": [
            {"value": "conduct", "label": "Thái độ, hành vi của cán bộ"},
            {"value": "system", "label": "Hoạt động của hệ thống"},
        ],
        "response": "3 ngày làm việc",
        "closing_grounds": [{"value": "complaint", "label": "Là khiếu nại", "channel": "Thanh tra tỉnh"}],
        "files": FILE_TERMS,
    }
    return {**told, **changes}


def _common() -> dict[str, Any]:
    return {
        "number": NUMBER,
        "title": "Chờ quá lâu ở quầy",
        "state": "forwarded",
        "state_label": "Đã chuyển cơ quan xử lý",
        "category_label": "Thái độ, hành vi của cán bộ",
        "channel_label": "Cổng dịch vụ công",
        "agency_name": WARD,
        "came_at": AT,
    }


def row() -> dict[str, Any]:
    """Give it in a list."""
    return {**_common(), "agency": "H42.101", "due_at": DUE, "overdue": True, "version": 2}


def sent(**changes: Any) -> dict[str, Any]:
    """Give it as its sender sees it."""
    line = {
        "at": AT,
        "deed": "forwarded",
        "label": "Đã chuyển",
        "by_name": "",
        "agency_name": WARD,
        "reason": "",
    }
    told = {
        "text": "Tôi chờ hai giờ.\nKhông ai gọi số.",
        "dossier": CODE,
        "clock": clock(),
        "reply": {"text": "Đã nhắc nhở bộ phận.", "at": AT},
        "closing": refusal(),
        "history": [line],
        "files": [{**FILE, "source": "officer"}],
        "told_by": "link",
    }
    return {**_common(), **told, **changes}


DOUBTED = [{"field": "text", "text": "hai giờ", "kind": "name"}]


def one(**changes: Any) -> dict[str, Any]:
    """Give it as officers see it."""
    told = {
        "version": 2,
        "category": "conduct",
        "channel": "portal",
        "agency": "H42.101",
        "involved": ["H42.15"],
        "involved_names": ["Sở Tư pháp"],
        "from_question": None,
        "sender": {"name": "Trần Văn Đức", "email": "", "phone": "0900000002", "address": ""},
        "clocks": [clock(), clock(ended_at=AT, urgency=None, left_minutes=None)],
        "draft": {"text": "Đã kiểm tra và", "at": AT, "by_name": "Phạm Thị Dung"},
        "publication": {**result("proposed"), "by_name": "Phạm Thị Dung", "reason": "", "doubtful": DOUBTED},
        "masking": {"title": "Chờ lâu", "text": "Gọi […].", "result": "Đã nhắc.", "found": DOUBTED},
        "actions": [*ACTIONS, *SECOND],
    }
    return {**sent(), **told, **changes}


def phase(**changes: Any) -> dict[str, Any]:
    """Give a phase that may be rated."""
    told = {"phase": "result", "label": "Giải quyết và trả kết quả", "open": True, "until": DUE}
    return {
        **told,
        "progress": None,
        "quality": None,
        "comment": "",
        "at_counter": False,
        "version": 0,
        **changes,
    }


def offered(phase: str = "receipt", *, rated: bool = False) -> dict[str, Any]:
    """Give a phase the desk may offer to rate, or one that was rated."""
    return {"phase": phase, "label": f"Việc {phase}", "open": not rated, "rated": rated}


def given() -> dict[str, Any]:
    """Give a code for the tablet."""
    return {"code": "12345 67890", "phase": "receipt", "label": "Tiếp nhận hồ sơ", "until": DUE}


def opened() -> dict[str, Any]:
    """Give what a code is for."""
    told = {"phase": "receipt", "label": "Tiếp nhận hồ sơ", "agency_name": WARD}
    return {**told, "dossier_end": "0012", "until": DUE}


TASK = "0193a1b2-0000-7000-8000-00000000000d"


def task(**changes: Any) -> dict[str, Any]:
    """Give a low rating to follow up."""
    told = {"id": TASK, "version": 1, "agency": "H42.101", "agency_name": WARD, "phase": "result"}
    said = {"progress": 1, "quality": 2, "comment": "Chờ quá lâu.", "week": "2026-11-16"}
    return {**told, **said, "state": "open", "done": "", **changes}


def figures(asked: Asked) -> Any:
    """Give the ratings of the third quarter; the one after it is not told yet."""
    if asked.query.get("day", "") > "2026-09-30":
        return problem(404, "quarter-not-told", "Chưa công bố.")
    agency = {"agency": "H42.101", "agency_name": WARD, "count": 12, "progress": 4.5, "quality": 4.0}
    agency |= {"at_counter": 2, "parent": None}
    few = {"agency": "H42.15", "agency_name": "Sở Tư pháp", "count": None, "progress": None, "quality": None}
    few |= {"at_counter": None, "parent": "H42.101"}
    total = {"agency": "", "agency_name": "", "count": 15, "progress": 4.4, "quality": 4.1}
    total |= {"at_counter": 3, "parent": None}
    span = {"first": "2026-07-01", "last": "2026-09-30", "least": 5}
    return {**span, "total": total, "agencies": [agency, few]}


def result(state: str) -> dict[str, Any]:
    """Give what everybody reads, or is to."""
    return {"state": state, "title": "Chờ lâu", "text": "Chờ hai giờ.", "result": "Đã nhắc.", "at": AT}


def feedback() -> dict[str, Any]:
    """Answer as the service of feedback and ratings."""
    receipt = {"number": NUMBER, "key": KEY, "came_at": AT, "due_at": DUE}
    place = f"{ROOT}/feedback/{NUMBER}"
    return {
        f"GET {ROOT}/feedback-terms": terms(),
        f"POST {ROOT}/feedback": receipt,
        f"POST {ROOT}/feedback/entries": receipt,
        f"POST {ROOT}/follow-ups/feedback": sent(),
        f"GET {ROOT}/own-feedback": {"items": [row()], "total": 1, "next": None},
        f"GET {ROOT}/own-feedback/{NUMBER}": sent(),
        f"GET {ROOT}/results": {"items": [result("published")], "total": 1, "next": None},
        f"GET {ROOT}/feedback": {"items": [row()], "total": 1, "next": None},
        f"GET {place}": one(),
        f"POST {place}/*": one(),
        f"POST {ROOT}/questions/{ASKED}/feedback": one(from_question=ASKED),
        f"PUT {place}/*": one(),
        f"GET {ROOT}/ratings": figures,
        f"GET {ROOT}/rating-tasks": {"items": [task()], "total": 1, "next": None},
        f"GET {ROOT}/rating-tasks/{TASK}": task(),
        f"POST {ROOT}/rating-tasks/{TASK}/closing": task(state="closed", done="Đã bố trí thêm người."),
        f"GET {ROOT}/rated-dossiers/{CODE}": {
            "dossier": CODE,
            "phases": [offered(), offered("result", rated=True)],
        },
        f"PUT {ROOT}/rated-dossiers/{CODE}/receipt/counter-code": given(),
        f"POST {ROOT}/counter-ratings/openings": opened(),
        f"POST {ROOT}/counter-ratings": {"rated": True},
        f"GET {ROOT}/own-ratings/{CODE}": {"dossier": CODE, "phases": [phase()]},
        f"PUT {ROOT}/own-ratings/{CODE}/result": {"dossier": CODE, "phases": [phase(progress=4, quality=5)]},
    }
