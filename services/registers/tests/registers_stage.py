"""What the tests of books enter."""

from typing import Any

import httpx
from common.ids import uuid7

BOOKS = "/api/registers/books"
INCIDENT: dict[str, Any] = {
    "began_on": "2026-11-20",
    "began_time": "08:10",
    "reporter": "Giám sát tự động",
    "part": "intake",
    "severity": "urgent",
    "nature": "technical",
    "lead": "operator",
    "effect": "Không nộp được hồ sơ trực tuyến.",
    "announced": True,
    "notice_vi": "Chưa nộp được hồ sơ trực tuyến; hãy đến bộ phận một cửa.",
    "notice_en": "Applications cannot be sent; please come to the one-stop desk.",
}
END: dict[str, Any] = {
    "ended_on": "2026-11-20",
    "ended_time": "09:40",
    "cause": "Đĩa đầy.",
    "completeness": "Đối chiếu sổ hộp thư đi, không thiếu hồ sơ nào.",
}


async def enter(http: httpx.AsyncClient, book: str = "incidents", **changes: Any) -> dict[str, Any]:
    """Enter an incident, or the answers given, and return the entry."""
    body = {"values": {**INCIDENT, **changes} if book == "incidents" else changes}
    answer = await http.post(f"{BOOKS}/{book}/entries", json=body, headers={"Idempotency-Key": str(uuid7())})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told
