"""A small province at work: everything the services answer while the gallery and the page tests run."""

from typing import Any

from starlette.responses import Response

import samples
from fakes import Asked, FakeServices, pdf, problem
from samples import AGENCY, CODE, DRAFT

FILE = {
    "id": "f-1",
    "component": "giay-chung-sinh",
    "name": "giay-chung-sinh.pdf",
    "size": 214_000,
    "media_type": "application/pdf",
    "scan": "clean",
}
ROWS = [
    {"label": "Quy tắc", "value": "Trả trong ngày nếu nhận trước 15 giờ", "source": "Luật Hộ tịch Đ.16"},
    {"label": "Tiếp nhận", "value": "15:40 thứ Sáu 20/11/2026", "source": "R-INT-09"},
    {"label": "Hẹn trả", "value": "17:00 thứ Hai 23/11/2026", "source": ""},
]
DUE = {"due_at": "2026-11-23T10:00:00Z", "sentence": "Nhận sau 15 giờ nên trả vào ngày làm việc tiếp theo.", "rows": ROWS}
REQUEST = {
    "id": "r-1",
    "code": CODE,
    "kind": "supplement",
    "procedure_name": "Thủ tục đăng ký khai sinh",
    "number": 1,
    "reason": "Ảnh giấy chứng sinh bị mờ, không đọc được ngày sinh.",
    "guidance": "Chụp lại dưới ánh sáng đủ, thấy cả bốn góc.",
    "items": [{"component": "giay-chung-sinh", "note": "Chụp lại rõ cả trang"}],
    "free_items": [],
    "answer_by_on": "2026-11-30",
    "answered_at": None,
}
TIMELINE = [
    {"at": "2026-11-20T08:40:00Z", "action": "submit", "label": "Nộp hồ sơ", "by": "", "reason": ""},
    {"at": "2026-11-20T08:41:00Z", "action": "accept", "label": "Tiếp nhận hồ sơ", "by": "Bộ phận một cửa", "reason": ""},
]


def draft(**changes: Any) -> dict[str, Any]:
    """Give a draft half filled in."""
    return {
        "id": DRAFT, "version": 4, "procedure_code": "1.001193", "procedure_version": 3,
        "procedure_name": "Thủ tục đăng ký khai sinh", "agency": AGENCY, "agency_name": "UBND phường Hoa Lư",
        "case": "thuong", "eform": samples.EFORM,
        "components": [{**c, "needed": c["id"] == "giay-to-tuy-than", "filled_by_form": False} for c in samples.COMPONENTS],
        "answers": {"requester_name": "Nguyễn Thị Ánh", "child_name": "Nguyễn Minh Anh", "child_born_on": "2026-11-05",
                    "born_at_facility": True, "birth_place": {"province": "37", "commune": "14521", "detail": "Bệnh viện Sản nhi"}},
        "attachments": [FILE], "declaration": {"version": "1", "vi": "Tôi cam đoan nội dung trên là đúng sự thật.", "en": ""},
        "result_channels": ["online", "counter", "post"], "result_channel": None, "result_address": None, "warnings": [],
        "problems": [{"field": "requester_id", "rule": "required", "message": "Hãy trả lời mục “Số định danh cá nhân”."},
                     {"field": "giay-to-tuy-than", "rule": "componentRequired", "message": "Chưa có giấy tờ: Giấy tờ tùy thân."}],
        "updated_at": "2026-11-21T03:00:00Z", **changes,
    }  # fmt: skip


def dossier(state: str = "in_process", label: str = "Đang giải quyết", **changes: Any) -> dict[str, Any]:
    """Give a submitted dossier."""
    return {
        "code": CODE, "version": 3, "state": state, "state_label": label, "procedure_code": "1.001193",
        "procedure_name": "Thủ tục đăng ký khai sinh", "agency_name": "UBND phường Hoa Lư", "channel": "online",
        "answers": draft()["answers"], "eform": samples.EFORM,
        "components": [{**c, "verdict": None, "note": "", "files": [FILE] if i == 0 else []}
                       for i, c in enumerate(samples.COMPONENTS)],
        "timeline": TIMELINE, "due": DUE, "check_due_at": "2026-11-20T10:00:00Z", "check_remaining_minutes": 95,
        "documents": [{"id": "d-1", "kind": "receipt", "name": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
                       "created_at": "2026-11-20T08:41:00Z", "signed": True}],
        "requests": [], "result_channel": "online", "result_channel_label": "Bản điện tử trên Cổng",
        "steps": {"no": 1, "count": 3, "name": "Kiểm tra, dự thảo", "name_en": "Check and draft"},
        "submitted_at": "2026-11-20T08:40:00Z", "flags": [], "owner_name": "Nguyễn Thị Ánh", **changes,
    }  # fmt: skip


def figures() -> dict[str, Any]:
    """Give the public figures of three months."""
    def row(period: str, key: str, name: str, received: int, late: int) -> dict[str, Any]:
        done = received - 3
        return {
            "period": period, "first": f"{period}-01", "last": f"{period}-28", "key": key, "name": name, "name_en": None,
            "level": "commune", "carried_over": 2, "received": received, "finished": done, "finished_early": 4,
            "finished_on_time": done - 4 - late, "finished_late": late, "in_progress": 5, "paused": 0, "withdrawn": 0,
            "on_time_percent": round(100 * (done - late) / done, 1),
        }  # fmt: skip

    months = ("2026-09", "2026-10", "2026-11")
    rows = [row(m, AGENCY, "UBND phường Hoa Lư", 20 + n, n) for n, m in enumerate(months)]
    rows += [row(m, "H42.15", "Sở Tư pháp tỉnh Ninh Bình", 12 + n, 1) for n, m in enumerate(months)]
    totals = [row(m, "province", "Tổng", 32 + 2 * n, n + 1) for n, m in enumerate(months)]
    return {"as_of": "2026-11-21T03:00:00Z", "newest_fact_at": None, "waiting_count": 0, "age_seconds": 0.0,
            "overdue_now": 1, "rows": rows, "totals": totals,
            "identity": {"holds": True, "checked_at": None, "breach_count": 0}}  # fmt: skip


def units(asked: Asked) -> list[dict[str, str]]:
    """Give provinces, or the communes of one."""
    if asked.query.get("parent"):
        return [{"code": "14521", "name": "Phường Hoa Lư"}, {"code": "14530", "name": "Xã Gia Viễn"}]
    return [{"code": "01", "name": "Hà Nội"}, {"code": "37", "name": "Ninh Bình"}]


def save_page(asked: Asked) -> dict[str, Any] | Response:
    """Keep what was typed, and complain about an empty child's name."""
    values = asked.body["values"]
    wrong = [] if values.get("child_name", "x") else [
        {"field": "child_name", "rule": "required", "message": "Hãy trả lời mục “Họ, chữ đệm và tên khai sinh”."}
    ]  # fmt: skip
    return draft(answers={**draft()["answers"], **{k: v for k, v in values.items() if v is not None}}, problems=wrong)


ME = {"id": "c-1", "full_name": "Nguyễn Thị Ánh", "display_name": "Nguyễn Thị Ánh", "id_number": "037190001234",
      "email": "congdan@motcua.example", "phone": "+84912345678", "address": None, "language": "vi",
      "organisation_name": None, "channels": ["portal", "email"], "version": 1}  # fmt: skip
MESSAGE = {"id": "m-1", "kind": "accepted", "dossier_code": CODE, "subject": "Hồ sơ đã được tiếp nhận",
           "body": "Hồ sơ của bạn đã được tiếp nhận.\nHẹn trả: 17:00 thứ Hai 23/11/2026.", "link": "", "due_at": None,
           "created_at": "2026-11-20T08:41:00Z", "read_at": None, "attachments": [], "deliveries": []}  # fmt: skip
TRACKED = {"code": CODE, "state": "in_process", "state_label": "Đang giải quyết",
           "procedure_name": "Thủ tục đăng ký khai sinh", "agency_name": "UBND phường Hoa Lư",
           "step": {"no": 1, "count": 3, "name": "Kiểm tra, dự thảo", "name_en": ""}, "due_at": DUE["due_at"],
           "due_sentence": DUE["sentence"], "owner_masked": "N*** T** Á**", "updated_at": "2026-11-20T08:41:00Z"}  # fmt: skip


def services() -> FakeServices:
    """Give the fake services of the province."""
    intake, identity = "/api/intake", "/api/identity"
    one = {"items": [{k: dossier()[k] for k in ("code", "state", "state_label", "procedure_name", "submitted_at")}],
           "total": 1, "next": None}  # fmt: skip
    return FakeServices({
        "GET /api/catalog/procedures": samples.FOUND,
        "GET /api/catalog/procedures/1.001193": samples.PROCEDURE,
        "GET /api/catalog/fields": samples.FIELDS,
        "GET /api/catalog/agencies": samples.AGENCIES,
        f"GET /api/catalog/agencies/{AGENCY}": samples.AGENCIES[0],
        "GET /api/catalog/address-units": units,
        f"GET {identity}/declaration": {"version": "1", "vi": "Tôi cam đoan lời khai là đúng.", "en": "I declare it is true."},
        f"GET {identity}/captcha": {"token": "t", "question": "Ba cộng bốn bằng mấy?", "expires_at": ""},
        f"POST {identity}/sessions": samples.tokens(),
        f"POST {identity}/registrations": {"registration_id": "reg-1", "sent_to": "c***@motcua.example", "expires_at": ""},
        f"POST {identity}/registrations/reg-1/verification": samples.tokens(),
        f"DELETE {identity}/sessions/current": {},
        f"GET {identity}/me": ME,
        f"GET {identity}/me/access-log": {"items": [{"at": "2026-11-21T01:00:00Z", "action": "sign-in", "address": "203.0.113.7",
                                                     "device": "phone", "system": "Android", "browser": "Chrome"}], "total": 1},
        f"POST {intake}/drafts": draft(),
        f"GET {intake}/drafts": {"items": [draft()], "total": 1},
        f"GET {intake}/drafts/{DRAFT}": draft(),
        f"PUT {intake}/drafts/{DRAFT}/pages/*": save_page,
        f"PATCH {intake}/drafts/{DRAFT}": draft(),
        f"PUT {intake}/drafts/{DRAFT}/result-channel": draft(result_channel="online"),
        f"POST {intake}/drafts/{DRAFT}/attachments": FILE,
        f"POST {intake}/dossiers": {"code": CODE, "agency": AGENCY, "submitted_at": "2026-11-20T08:40:00Z",
                                    "check_due_at": "2026-11-20T10:00:00Z", "confirmation_url": "", "next_steps": []},
        f"GET {intake}/dossiers": one,
        f"GET {intake}/dossiers/{CODE}": dossier(),
        f"GET {intake}/dossiers/{CODE}/documents/*": lambda _: pdf(),
        f"GET {intake}/dossiers/{CODE}/files/*": lambda _: pdf("giay-chung-sinh.pdf"),
        f"GET {intake}/requests": {"items": [REQUEST], "total": 1},
        f"GET {intake}/tracking/{CODE}": TRACKED,
        f"GET {intake}/verifications/V-1": {"valid": True, "signer": "Lê Văn Lãnh", "signed_at": "2026-11-20T09:00:00Z",
                                            "document_kind": "result", "dossier_code": CODE, "agency": AGENCY, "problem": None},
        "GET /api/notify/messages": {"items": [MESSAGE], "total": 1, "next": None},
        "GET /api/notify/messages/unread-count": {"unread": 1},
        "POST /api/notify/messages/m-1/reading": MESSAGE,
        "GET /api/stats/public": figures(),
        "GET /api/stats/public.csv": lambda _: Response("period\n", media_type="text/csv"),
        f"GET {intake}/tracking/LIMIT": lambda _: problem(429, "too-many-requests", "Chậm lại."),
    })  # fmt: skip
