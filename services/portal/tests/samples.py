"""What the services of the suite would answer: one procedure, one draft, one dossier, one case."""

from typing import Any

CODE = "H42.101-261121-0001"
AGENCY = "H42.101"
DRAFT = "0193a1b2-0000-7000-8000-000000000001"


def text(vi: str, en: str) -> dict[str, str]:
    """Give a text in both languages."""
    return {"vi": vi, "en": en}


EFORM: dict[str, Any] = {
    "id": "birth-registration",
    "title": text("Đăng ký khai sinh", "Birth registration"),
    "data": {
        "type": "object",
        "properties": {},
        "required": [
            "requester_name",
            "requester_id",
            "child_name",
            "child_born_on",
            "child_sex",
            "birth_place",
        ],
    },
    "pages": [
        {
            "id": "requester",
            "section": text("Người yêu cầu", "The requester"),
            "title": text("Người yêu cầu đăng ký khai sinh", "Who is registering the birth"),
            "fields": [
                {
                    "name": "requester_name",
                    "widget": "person_name",
                    "label": text("Họ, chữ đệm và tên", "Full name"),
                    "autocomplete": "name",
                    "prefill": "account.full_name",
                },
                {
                    "name": "requester_id",
                    "widget": "identity_number",
                    "label": text("Số định danh cá nhân", "Personal identity number"),
                    "hint": text("12 số trên thẻ căn cước", "12 digits on the identity card"),
                },
                {
                    "name": "requester_phone",
                    "widget": "phone",
                    "label": text("Số điện thoại", "Phone"),
                    "autocomplete": "tel",
                    "prefill": "account.phone",
                },
                {"name": "requester_email", "widget": "email", "label": text("Thư điện tử", "E-mail")},
            ],
        },
        {
            "id": "child",
            "section": text("Người được khai sinh", "The child"),
            "title": text("Thông tin về trẻ được khai sinh", "About the child"),
            "fields": [
                {
                    "name": "child_name",
                    "widget": "person_name",
                    "label": text("Họ, chữ đệm và tên khai sinh", "Full name at birth"),
                },
                {
                    "name": "child_born_on",
                    "widget": "date",
                    "past": True,
                    "label": text("Ngày, tháng, năm sinh", "Date of birth"),
                    "hint": text("Ví dụ: 05 12 2026", "For example: 05 12 2026"),
                },
                {
                    "name": "child_sex",
                    "widget": "one_of",
                    "label": text("Giới tính", "Sex"),
                    "options": [
                        {"value": "male", "vi": "Nam", "en": "Male"},
                        {"value": "female", "vi": "Nữ", "en": "Female"},
                    ],
                },
                {
                    "name": "child_ethnicity",
                    "widget": "code_list",
                    "list": "ethnicity",
                    "label": text("Dân tộc", "Ethnicity"),
                    "why": text("Ghi trên giấy khai sinh", "Printed on the certificate"),
                },
            ],
        },
        {
            "id": "birth-place",
            "title": text("Nơi sinh", "Place of birth"),
            "fields": [
                {
                    "name": "born_at_facility",
                    "widget": "yes_no",
                    "label": text(
                        "Trẻ có sinh tại cơ sở y tế không?", "Was the child born in a health facility?"
                    ),
                },
                {
                    "name": "facility_name",
                    "widget": "text",
                    "label": text("Tên cơ sở y tế", "Name of the facility"),
                },
                {"name": "birth_place", "widget": "address", "label": text("Nơi sinh", "Place of birth")},
                {"name": "extract_copies", "widget": "number", "label": text("Số bản sao", "Copies")},
                {"name": "note", "widget": "long_text", "label": text("Đề nghị khác", "Other requests")},
            ],
        },
        {
            "id": "papers",
            "title": text("Giấy tờ", "Papers"),
            "fields": [
                {
                    "name": "papers_note",
                    "widget": "explanation",
                    "label": text("Tải giấy tờ", "Upload"),
                    "text": text(
                        "Mỗi loại giấy tờ tải lên một tệp riêng.", "Upload each paper as its own file."
                    ),
                },
                {
                    "name": "file_birth",
                    "widget": "file",
                    "component": "giay-chung-sinh",
                    "label": text("Giấy chứng sinh", "Birth notification"),
                },
            ],
        },
    ],
    "logic": [
        {
            "when": {"all": [{"field": "born_at_facility", "operator": "equals", "value": True}]},
            "then": {"show": ["facility_name"], "require": ["facility_name"]},
        },
    ],
    "lists": {
        "ethnicity": [{"value": "01", "vi": "Kinh", "en": "Kinh"}, {"value": "02", "vi": "Tày", "en": "Tày"}]
    },
}

COMPONENTS = [
    {
        "id": "giay-chung-sinh",
        "name": "Giấy chứng sinh hoặc giấy tờ thay thế",
        "name_en": "Birth notification",
        "required": True,
        "originals": 1,
        "copies": 0,
        "group": None,
        "form_id": None,
        "accepts": ["pdf", "jpg", "png"],
    },
    {
        "id": "giay-to-tuy-than",
        "name": "Giấy tờ tùy thân của người yêu cầu",
        "name_en": "Identity paper",
        "required": True,
        "originals": 0,
        "copies": 1,
        "group": None,
        "form_id": None,
        "accepts": ["pdf", "jpg"],
    },
    {
        "id": "van-ban-uy-quyen",
        "name": "Văn bản ủy quyền",
        "name_en": "",
        "required": False,
        "originals": 1,
        "copies": 0,
        "group": None,
        "form_id": "TK-01",
        "accepts": ["pdf"],
    },
]

PROCEDURE: dict[str, Any] = {
    "code": "1.001193",
    "version": 3,
    "name": "Thủ tục đăng ký khai sinh",
    "name_en": "Birth registration",
    "field": "ho-tich",
    "field_name": "Hộ tịch",
    "route": "own",
    "effective_from": "2026-07-01",
    "effective_to": None,
    "applicants": ["Công dân Việt Nam"],
    "cases": [
        {"id": "thuong", "name": "Đăng ký đúng hạn", "name_en": "In time"},
        {"id": "xac-minh", "name": "Cần xác minh", "name_en": "Needs verification"},
    ],
    "limits": [
        {
            "case": "thuong",
            "channel": None,
            "rule": "same_day_15h",
            "amount": "1 wd",
            "text": "Ngay trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo",
        },
        {
            "case": "xac-minh",
            "channel": None,
            "rule": "working_days",
            "amount": "1 wd",
            "text": "Thêm 01 ngày làm việc",
        },
    ],
    "fees": [
        {
            "case": None,
            "channel": "online",
            "status": "free",
            "amount": 0,
            "note": "Miễn lệ phí khi nộp trực tuyến",
        },
        {"case": None, "channel": "counter", "status": "fixed", "amount": 8000, "note": "đăng ký quá hạn"},
    ],
    "components": COMPONENTS,
    "eform": {"definition": EFORM},
    "process": {
        "version": 1,
        "steps": [
            {"id": "check", "name": "Kiểm tra, dự thảo", "name_en": "Check and draft"},
            {"id": "sign", "name": "Lãnh đạo ký", "name_en": "Leader signs"},
        ],
    },
    "offers": [
        {
            "agency": AGENCY,
            "agency_name": "UBND phường Hoa Lư",
            "service_level": "full",
            "contact": {"address": "01 Đinh Tiên Hoàng", "phone": "0229 300 0101"},
        }
    ],
    "legal_basis": [
        {"number": "60/2014/QH13", "name": "Luật Hộ tịch"},
        {"number": "123/2015/NĐ-CP", "name": ""},
    ],
    "result": {"name": "Giấy khai sinh", "name_en": "Birth certificate"},
}

FOUND = {
    "items": [
        {
            "code": "1.001193",
            "name": "Thủ tục đăng ký khai sinh",
            "name_en": "Birth registration",
            "field": "ho-tich",
            "field_name": "Hộ tịch",
            "level": "commune",
            "online": True,
            "service_level": "full",
        },
        {
            "code": "2.000986",
            "name": "Liên thông đăng ký khai sinh, thường trú, cấp thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi",
            "name_en": "",
            "field": "ho-tich",
            "field_name": "Hộ tịch",
            "level": "commune",
            "online": False,
        },
    ],
    "total": 32,
}
AGENCIES = [
    {"code": AGENCY, "name": "UBND phường Hoa Lư", "name_en": "Hoa Lu Ward", "level": "commune"},
    {"code": "H42.102", "name": "UBND xã Gia Viễn", "name_en": "Gia Vien Commune", "level": "commune"},
]
FIELDS = [
    {"code": "ho-tich", "name": "Hộ tịch", "count": 32},
    {"code": "dat-dai", "name": "Đất đai", "count": 51},
]

CITIZEN = {
    "id": "c-1",
    "kind": "citizen",
    "display_name": "Nguyễn Thị Ánh",
    "roles": ["citizen"],
    "agency": None,
    "unit": None,
    "scope": "own",
}


def tokens(**account: Any) -> dict[str, Any]:
    """Give what identity answers to a sign-in."""
    return {
        "access_token": "access-1",
        "expires_in": 900,
        "refresh_token": "refresh-1",
        "must_change_password": account.pop("must_change_password", False),
        "account": {**CITIZEN, **account},
    }


def officer(login: str, *roles: str) -> dict[str, Any]:
    """Give what identity answers to an officer's sign-in."""
    return tokens(
        id=login,
        kind="officer",
        display_name="Đinh Thị Hoa",
        roles=list(roles),
        agency=AGENCY,
        agency_name="UBND phường Hoa Lư",
        unit="mot-cua",
        scope="agency",
    )
