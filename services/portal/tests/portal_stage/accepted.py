"""What must be read and accepted, as identity tells it."""

from typing import Any

from starlette.responses import Response

TERMS = {
    "kind": "terms",
    "version": "2026-11",
    "title": "Điều khoản sử dụng và những hành vi bị nghiêm cấm",
    "lines": ["Khai đúng sự thật.", "Không dùng chữ ký điện tử của người khác."],
    "grounds": "NB Đ.5",
}
DUE = {**TERMS, "due": True, "accepted_version": None, "accepted_at": None}
DUTIES = {
    **TERMS,
    "kind": "duties",
    "title": "Trách nhiệm của cán bộ sử dụng hệ thống",
    "due": False,
    "accepted_version": "2026-11",
    "accepted_at": "2026-11-01T01:00:00Z",
}
MINE = "/api/identity/me/statements"


def accepted() -> dict[str, Any]:
    """Answer about the terms, and what is due."""
    return {
        "GET /api/identity/terms": TERMS,
        f"GET {MINE}": {"items": [DUTIES, DUE]},
        f"POST {MINE}": Response(status_code=204),
    }
