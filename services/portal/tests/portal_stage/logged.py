"""What the services answer to an inspector: who looked for whom, opened what, and came in how often."""

from typing import Any

from portal.domain.access_search import LOGS
from starlette.responses import Response

from portal_stage.samples import CODE

OFFICER = "0193a1b2-0000-7000-8000-0000000000a7"
MARK = "~5b1f0c9a4d2e7788"
PART = "Chỉ các dòng của cơ quan bạn: một phần nhật ký."
TAKEN = {"content-disposition": 'attachment; filename="access-lines-agency.csv"'}
LINE: dict[str, Any] = {
    "seq": 41,
    "at": "2026-11-27T02:05:09Z",
    "actor": OFFICER,
    "kind": "officer",
    "roles": "specialist,signer",
    "agency": "H42.101",
    "unit": "tu-phap-ho-tich",
    "deed": "look_up",
    "deed_label": "Tra cứu, xem danh sách",
    "route": "GET /api/intake/desk/dossiers",
    "subject": "",
    "details": f'{{"q":"{MARK}","list":"to_check"}}',
    "purpose": "Xác minh theo giấy mời",
    "outcome": 200,
    "address": "10.1.2.3",
    "agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36",
}
OPENED = {
    **LINE,
    "seq": 40,
    "deed": "view",
    "deed_label": "Mở xem",
    "route": "GET /api/intake/dossiers/{code}",
    "subject": CODE,
    "details": "",
    "purpose": "",
    "outcome": 403,
}
LOCKED = {
    **LINE,
    "seq": 7,
    "kind": "",
    "roles": "",
    "agency": "",
    "deed": "account",
    "deed_label": "Đăng nhập, tài khoản",
    "route": "sign_in_locked",
    "details": "",
    "purpose": "",
}


def page(*lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Give a page of lines, of one agency."""
    reach = {"reach": "agency", "reach_label": PART, "more_meant": False, "keys": []}
    return {"items": list(lines), "total": len(lines), "next": None, "capped": False, **reach, **changes}


def logs() -> dict[str, Any]:
    """Answer as the access logs: two lines of intake and more behind them, one of identity, none elsewhere."""
    empty = {f"GET /api/{service}/access-lines": page() for service in LOGS}
    return {
        **empty,
        "GET /api/intake/access-lines": page(LINE, OPENED, total=60, next="older"),
        "GET /api/identity/access-lines": page(LOCKED),
        **{
            f"GET /api/{service}/access-lines.csv": Response(
                f"seq;at\n{service};1\n", media_type="text/csv", headers=TAKEN
            )
            for service in LOGS
        },
    }
