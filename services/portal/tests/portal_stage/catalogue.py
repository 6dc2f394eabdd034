"""What the catalogue answers: procedures, agencies, publication decisions and change requests."""

from typing import Any

from portal_stage.fakes import Asked, pdf
from portal_stage.samples import AGENCY, sample

CATALOG = "/api/catalog"

DECISION = {
    "id": "d-1",
    "number": "15/QĐ-UBND",
    "signed_on": "2026-11-18",
    "effective_on": "2026-12-01",
    "registered_at": "2026-11-20T02:00:00Z",
    "items": [
        {
            "procedure": "1.001193",
            "name": "Thủ tục đăng ký khai sinh",
            "deed": "amend",
            "deed_label": "Sửa đổi, bổ sung",
            "agency": AGENCY,
            "agency_name": "UBND phường Hoa Lư",
        }
    ],
}
OWED = {
    "id": "c-1",
    "kind": "procedures",
    "kind_label": "Cập nhật thủ tục",
    "state": "owed",
    "state_label": "Cơ quan chưa gửi đề nghị",
    "agency": AGENCY,
    "agency_name": "UBND phường Hoa Lư",
    "document_number": "15/QĐ-UBND",
    "document_on": "2026-11-18",
    "procedures": ["1.001193"],
    "content": "",
    "answer": "",
    "created_at": "2026-11-20T02:00:00Z",
    "sent_at": None,
    "ended_at": None,
    "waits_for": "request",
    "due_at": "2026-11-24T10:30:00Z",
    "why_then": "Chậm nhất vào ngày quyết định có hiệu lực, 24/11/2026. Căn cứ: NB Đ.11.2.b.",
    "overdue": True,
    "was_late": True,
    "version": 1,
    "actions": ["sending"],
}
SENT = {
    **OWED,
    "id": "c-2",
    "kind": "agencies",
    "kind_label": "Thay đổi danh sách cơ quan",
    "state": "in_work",
    "state_label": "Đang thực hiện",
    "document_number": "3/NQ-HĐND",
    "procedures": [],
    "content": "Đổi tên xã",
    "waits_for": "update",
    "due_at": "2026-12-02T10:30:00Z",
    "overdue": False,
    "was_late": False,
    "version": 2,
    "actions": ["taking", "completion", "return"],
}
DRAFT = {
    "code": "1.001193",
    "number": 4,
    "name": "Thủ tục đăng ký khai sinh",
    "state": "draft",
    "state_label": "Đang soạn",
    "created_at": "2026-11-20T02:00:00Z",
    "version": 3,
    "compared_with": 3,
    "differences": [
        {
            "part": "conditions",
            "label": "Yêu cầu, điều kiện",
            "before": ["Không"],
            "after": ["Có mặt khi nộp"],
        },
        {"part": "forms", "label": "Mẫu đơn, tờ khai", "before": [], "after": ["Tờ khai, phiên bản 2"]},
    ],
    "gaps": [{"field": "sets", "rule": "missing-part", "vi": "Thiếu số bộ hồ sơ.", "en": "Missing: sets."}],
    "checks": [
        {
            "asked_at": "2026-11-20T02:00:00Z",
            "decided_at": "2026-11-21T02:00:00Z",
            "approved": False,
            "reason": "Sai số bản sao",
        },
        {"asked_at": "2026-11-22T02:00:00Z", "decided_at": None, "approved": None, "reason": ""},
    ],
    "needs_approval": True,
    "actions": ["review", "publication"],
}
IN_REVIEW = {**DRAFT, "number": 5, "state": "in_review", "actions": ["approval", "return"]}
LISTED = ("code", "number", "name", "state", "state_label", "created_at")
COVERAGE = {
    "items": [
        {
            "agency": AGENCY,
            "agency_name": "UBND phường Hoa Lư",
            "decided": 4,
            "shown": 3,
            "percent": 75,
            "missing": [{"procedure": "9.999001", "name": "Thủ tục chưa có", "decision": "1/QĐ"}],
        }
    ],
    "target": "100 %",
    "decided": 4,
    "shown": 3,
}
VERSIONS = "/api/catalog/procedures/1.001193/versions"
REQUESTS = "/api/catalog/change-requests"


def changed() -> dict[str, Any]:
    """Answer about decisions and requests."""
    return {
        "GET /api/catalog/publication-decisions": {"items": [DECISION], "total": 1},
        "POST /api/catalog/publication-decisions": DECISION,
        f"GET {REQUESTS}": {"items": [OWED, SENT], "total": 2, "may_file": True},
        f"POST {REQUESTS}": SENT,
        f"GET {REQUESTS}/c-1": OWED,
        f"GET {REQUESTS}/c-2": SENT,
        f"POST {REQUESTS}/c-1/sending": SENT,
        f"POST {REQUESTS}/c-2/taking": SENT,
        f"POST {REQUESTS}/c-2/completion": SENT,
        f"POST {REQUESTS}/c-2/return": SENT,
    }


def workshop() -> dict[str, Any]:
    """Answer about versions being written."""
    listed = [{name: one[name] for name in LISTED} for one in (DRAFT, IN_REVIEW)]
    return {
        "GET /api/catalog/drafts": {"items": listed, "may_begin": True},
        "GET /api/catalog/coverage": COVERAGE,
        f"POST {VERSIONS}": sample("procedure"),
        f"GET {VERSIONS}/4/comparison": DRAFT,
        f"GET {VERSIONS}/5/comparison": IN_REVIEW,
        f"POST {VERSIONS}/4/review": IN_REVIEW,
        f"POST {VERSIONS}/4/publication": sample("procedure"),
        f"POST {VERSIONS}/5/review/approval": DRAFT,
        f"POST {VERSIONS}/5/review/return": DRAFT,
    }


def units(asked: Asked) -> dict[str, Any]:
    """Give provinces, or the communes of one."""
    if asked.query.get("province"):
        return {
            "items": [{"code": "14329", "name": "Phường Hoa Lư"}, {"code": "14530", "name": "Xã Gia Viễn"}]
        }
    return {"items": [{"code": "01", "name": "Hà Nội"}, {"code": "37", "name": "Ninh Bình"}]}


def all_of(items: list[Any]) -> dict[str, Any]:
    """Give a list answer that has no further page."""
    return {"items": items, "total": len(items)}


def catalog() -> dict[str, Any]:
    """Answer as the catalogue."""
    return {
        **changed(),
        **workshop(),
        f"GET {CATALOG}/procedures": sample("found"),
        f"GET {CATALOG}/procedures/1.001193": sample("procedure"),
        f"GET {CATALOG}/fields": all_of(sample("fields")),
        f"GET {CATALOG}/agencies": {**all_of(sample("agencies")), "counts": {"commune": 2}},
        f"GET {CATALOG}/agencies/{AGENCY}": sample("agencies")[0],
        f"GET {CATALOG}/address-units": units,
        f"GET {CATALOG}/forms/TK-01/file": lambda _: pdf("to-khai.pdf"),
    }
