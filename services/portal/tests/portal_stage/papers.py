"""Papers of agencies about officers, and the periodic review, as identity and processing tell them."""

from typing import Any

from portal_stage.samples import AGENCY

IDENTITY = "/api/identity"
OFFICER = f"{IDENTITY}/officers/o-7"
PAPER = {"document_number": "15/VP-KSTT", "document_on": "2026-11-02"}
REQUEST = {
    "id": "r-1",
    "agency": AGENCY,
    **PAPER,
    "entered_at": "2026-11-03T01:00:00Z",
    "persons": [
        {
            "login": "mai.lt",
            "full_name": "Lê Thị Mai",
            "cases": ["a"],
            "case_names": ["Thực hiện các bước trong quy trình nội bộ đã duyệt"],
        }
    ],
}
MOVED = {
    "id": "o-7",
    "login": "chuyenvien.hoalu",
    "full_name": "Phạm Văn Hùng",
    "agency": AGENCY,
    "unit": None,
    "roles": [],
    "role_names": [],
    "waiting_names": [],
    "scope": "own",
    "scope_label": "Việc của chính mình",
    "waiting_scope_label": None,
    "active": False,
    "must_change_password": False,
    "version": 5,
    "delivered": None,
}
SIGNED = {"document_number": None, "signed_on": "2025-11-02", "until_on": "2026-11-02"}
PAPERS = {
    "held": ["a", "d"],
    "held_names": ["Thực hiện các bước trong quy trình nội bộ đã duyệt"],
    "population": "no_commitment",
    "requests": [{**PAPER, "cases": ["a", "d"]}],
    "notices": [
        {
            "kind": "no_procedures",
            **PAPER,
            "roles_before": ["Cán bộ một cửa"],
            "entered_at": "2026-11-03T01:00:00Z",
        }
    ],
    "commitments": [SIGNED],
    "may_notice": True,
}
UNUSED = {
    "id": "o-8",
    "login": "vang.mat",
    "full_name": "Trần Văn Vắng",
    "agency": AGENCY,
    "last_used_at": None,
}
LINE = {"login": "giu.lai", "full_name": "Đỗ Thị Giữ", "last_used_at": "2026-05-01T01:00:00Z"}
REVIEW = {
    "months": 3,
    "since": "2026-08-28T01:00:00Z",
    "due_at": "2026-11-28T01:00:00Z",
    "unused": [UNUSED],
    "items": [
        {
            "id": "u-1",
            "agency": AGENCY,
            "since": "2026-05-28T01:00:00Z",
            "entered_at": "2026-08-28T01:00:00Z",
            "lines": [
                {**LINE, "fate": "kept", "reason": "Nghỉ thai sản"},
                {**LINE, "fate": "disabled", "reason": None},
            ],
        }
    ],
}


HOLDER = {
    "post": "owner",
    "post_name": "Chủ quản",
    "body": "Ủy ban nhân dân tỉnh",
    "substitute": "Văn phòng UBND tỉnh",
    "document_number": "12/QĐ-UBND",
    "from_on": "2026-11-01",
    "until_on": None,
    "counts": True,
}
CHECKED = {
    "good_count": 2,
    "wrong_count": 1,
    "wrong": [{"line": 4, "column": "email", "message": "Thư điện tử không đúng."}],
    "made": False,
    "mark": "ab12",
}


def papers() -> dict[str, Any]:
    """Answer about the papers."""
    work = [{"code": "H42.101-261101-0001", "step_name": "Thẩm định", "due_at": "2026-12-01T03:00:00Z"}]
    return {
        f"GET {IDENTITY}/rights-requests": {"items": [REQUEST], "needed": True},
        f"POST {IDENTITY}/rights-requests": {"id": "r-2"},
        f"GET {OFFICER}/papers": PAPERS,
        f"POST {OFFICER}/notices": MOVED,
        f"POST {OFFICER}/commitments": SIGNED,
        f"GET {IDENTITY}/usage-reviews": REVIEW,
        f"POST {IDENTITY}/usage-reviews": {"id": "u-2"},
        f"POST {IDENTITY}/me/population-statements": {"state": "expired", "statement": None},
        f"POST {IDENTITY}/me/commitments": SIGNED,
        f"GET {IDENTITY}/role-holders": {"items": [HOLDER], "may_name": True},
        f"POST {IDENTITY}/role-holders": HOLDER,
        f"POST {IDENTITY}/officer-imports": CHECKED,
        f"GET /api/processing/agencies/{AGENCY}/officers/o-7/open-dossiers": work,
    }
