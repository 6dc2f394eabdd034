"""One book with one entry, as the service of books answers it."""

from typing import Any

from registers.adapters.book_files import declared_books
from registers.api.shapes import book_out

NUMBER = "SC-2026-0001"
AT = "2026-11-20T01:10:00Z"
NOTICE: dict[str, Any] = {
    "number": NUMBER,
    "planned": False,
    "over": False,
    "text": "Chưa nộp được hồ sơ trực tuyến.",
    "text_en": "Applications cannot be sent.",
    "began_at": AT,
    "expected_at": "2026-11-20T03:00:00Z",
    "ended_at": None,
}

REPORT: dict[str, Any] = {
    "number": "BSC-2026-0001",
    "state": "closed",
    "state_label": "Đã kết thúc",
    "opened_at": AT,
    "closed_at": AT,
    "part": "Thanh toán",
    "what": "Trang thanh toán không mở được.",
    "answer": "Đã sửa lúc 9 giờ.",
}


def _line(no: int, kind: str, label: str, **told: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {"reason": "", "what": "", "done_at": None, "changes": []}
    return {
        "no": no,
        "kind": kind,
        "label": label,
        "at": AT,
        "by": "o-1",
        "name": "Lê Văn Hành",
        **nothing,
        **told,
    }


def entry() -> dict[str, Any]:
    """Give an incident that was corrected once and still runs."""
    lead = {"label": "Ai chủ trì xử lý", "before": "Đơn vị vận hành", "after": "Công an tỉnh"}
    return {
        "number": NUMBER,
        "state": "open",
        "state_label": "Đang mở",
        "opened_at": AT,
        "began_at": AT,
        "ended_at": None,
        "cells": [{"name": "effect", "label": "Ảnh hưởng", "told": "Không nộp được hồ sơ."}],
        "version": 3,
        "closed_at": None,
        "expected_at": None,
        "values": {"effect": "Không nộp được hồ sơ.", "part": "intake", "announced": True},
        "lines": [
            _line(1, "opened", "Ghi vào sổ"),
            _line(2, "done", "Việc đã làm", what="Chuyển máy dự phòng", done_at=AT),
            _line(3, "corrected", "Sửa, có lý do", reason="Bàn giao", changes=[lead]),
        ],
        "actions": ["deeds", "corrections", "closing"],
    }


def standing() -> dict[str, Any]:
    """Give how the system stands: submission away, one worker late, a drill that passed."""
    part: dict[str, Any] = {
        "name": "intake",
        "ready": False,
        "late_jobs": ["rescan-files"],
        "failed_jobs": ["ship-audit-head"],
        "unpublished_seconds": 12.4,
        "waiting": 3,
        "dead": 0,
        "free_bytes": 5_000_000_000,
        "days_left": {"signers": 9, "signing-authority": 900},
        "problems": ["away", "late_jobs", "failed_jobs"],
    }
    keys = ("information", "sign_in", "submission", "handling", "notices", "figures")
    return {
        "as_of": AT,
        "capabilities": [{"key": key, "works": key != "submission", "incidents": []} for key in keys],
        "months": [{"month": "2026-11-01", "percent": 99.872, "seen_percent": 100.0}],
        "notices": [NOTICE],
        "past": [],
        "parts": [part],
        "backup": {"last_at": AT, "shipped_at": AT, "drill_at": AT, "drill_passed": True},
        "open_entries": 1,
        "checked_on": "2025-10-01",
        "check_due_on": "2026-10-01",
    }


def everybodys() -> dict[str, Any]:
    """Give of it what everybody may know."""
    inner = ("parts", "backup", "open_entries", "checked_on", "check_due_on")
    return {name: told for name, told in standing().items() if name not in inner}


def registers() -> dict[str, Any]:
    """Answer as the service of books."""
    root, row = "/api/registers", entry()
    told = book_out(
        declared_books()["incidents"], "vi", can_keep=True, suggested={"lead": "operator"}
    ).model_dump(mode="json")
    for name in ("version", "closed_at", "expected_at", "values", "lines", "actions"):
        row.pop(name)
    return {
        f"GET {root}/notices": {"items": []},
        f"GET {root}/reports": {"items": [REPORT], "opening": declared_books()["reports"].opening_definition},
        f"POST {root}/reports": REPORT,
        f"GET {root}/status": everybodys(),
        f"GET {root}/status/inside": standing(),
        f"GET {root}/books": [told],
        f"GET {root}/books/incidents": told,
        f"GET {root}/books/incidents/entries": {"items": [row], "total": 1, "next": None, "capped": False},
        f"GET {root}/books/incidents/entries/{NUMBER}": entry(),
        f"POST {root}/books/incidents/entries*": entry(),
    }
