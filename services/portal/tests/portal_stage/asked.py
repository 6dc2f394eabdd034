"""Questions and answers, as the service of questions tells them."""

from typing import Any

from qa.domain.asker import AskerKind, asker_definition
from starlette.responses import Response

ROOT = "/api/qa"
NUMBER, OTHER = "HD-2026-000123", "HD-2026-000120"
KEY = "k" * 43
AT, DUE = "2026-11-20T01:10:00Z", "2026-11-25T10:00:00Z"
WARD = "UBND phường Hoa Lư"
PERSON = ["full_name", "nationality", "id_number", "address"]
BODY = ["representative_name", "representative_position", "representative_phone", "establishment_number"]
CITED = {
    "number": "123/2015/NĐ-CP",
    "title": "Quy định chi tiết một số điều của Luật Hộ tịch",
    "issued_on": "2015-11-15",
    "issuer": "Chính phủ",
    "effective_on": "2016-01-01",
}
ANSWERED = {
    "text": "Anh chị nộp tờ khai và giấy chứng sinh.\nKhông phải nộp phạt.",
    "citations": [CITED],
    "no_citation_reason": "",
    "agency_name": WARD,
    "full_name": "Hoàng Văn Bình",
    "position": "Chủ tịch",
    "phone": "02293871234",
    "email": "hoalu@motcua.example",
    "answered_at": DUE,
    "standing_notice": "Câu trả lời chỉ để tham khảo.",
}
ROWS = [{"start": "08:00 23/11", "end": "17:00 25/11", "counted": True, "text": "3 ngày làm việc"}]
DEEDS = [
    "triage",
    "refusal",
    "feedback",
    "return",
    "return-consent",
    "kind",
    "extension",
    "draft",
    "draft-withdrawal",
    "draft-mending",
    "draft-return",
]
FILE = {
    "id": "0193a1b2-0000-7000-8000-0000000000f1",
    "name": "Giấy chứng sinh.heic",
    "size": 812_000,
    "media_type": "image/heic",
    "source": "sender",
    "scan": "clean",
    "on_screen": True,
    "uploaded_at": AT,
}
FILE_TERMS = {
    "most": 5,
    "file_mb": 20,
    "all_mb": 50,
    "megapixels": 250,
    "accepts": [".pdf", "application/pdf", ".jpg", "image/jpeg"],
    "kinds": ["PDF", "JPG"],
}
TICKET = "t" * 43
AS_IT_CAME = {
    "text": "Anh chị nộp tờ khai.",
    "citations": [CITED],
    "no_citation_reason": "",
    "by_name": "Phạm Thị Dung",
    "at": AT,
}
REPORT = {
    "id": "0193a1b2-0000-7000-8000-0000000000e1",
    "found_at": AT,
    "agency": "H42.101",
    "number": NUMBER,
    "file_name": "giấy tờ.pdf",
    "sha256": "ab" * 32,
    "signature": "Eicar-Test-Signature",
}
SUGGESTED = [
    {**CITED, "number": "87/2020/NĐ-CP", "title": "Cơ sở dữ liệu hộ tịch", "used": 4, "near": "procedure"},
    {**CITED, "number": "04/2020/TT-BTP", "title": "Hướng dẫn Luật Hộ tịch", "used": 2, "near": "other"},
]
LATER = ["release", "reminder", "publication"]
SECOND = ["publication/confirmation", "publication/refusal", "publication/withdrawal"]


def terms(**changes: Any) -> dict[str, Any]:
    """Say what may be asked here."""
    told = {
        "enabled": True,
        "login_required": False,
        "text_rules": True,
        "publishes": "questions_and_answers",
        "topics": [
            {"value": "legal_rules", "label": "Quy định pháp luật"},
            {"value": "procedures", "label": "Thủ tục hành chính"},
        ],
        "topic_unsure": {"value": "other", "label": "Không rõ, hoặc việc khác"},
        "forms": {
            "individual": asker_definition(AskerKind.INDIVIDUAL, PERSON),
            "organisation": asker_definition(AskerKind.ORGANISATION, BODY),
        },
        "longest_title": 200,
        "longest_text": 5000,
        "feedback_here": False,
        "effective_date": False,
        "guidance_edition": 0,
        "standing_notice": ANSWERED["standing_notice"],
        "guidance": "Ghi rõ việc bạn hỏi.\nMỗi câu hỏi một việc.",
        "deadlines": [{"key": "own", "label": "Thuộc một cơ quan", "said": "3 ngày làm việc"}],
        "refusal_grounds": [
            {"value": "feedback", "label": "Là phản ánh, kiến nghị", "channel": "Mục Phản ánh, kiến nghị"},
            {"value": "text_unclear", "label": "Nội dung không rõ", "channel": "Gửi câu hỏi mới"},
        ],
        "reuse_terms": "Dùng lại được, ghi nguồn.",
        "files": FILE_TERMS,
    }
    return {**told, **changes}


def row(**changes: Any) -> dict[str, Any]:
    """Give a published answer as a search finds it."""
    found = {
        "number": OTHER,
        "title": "Đăng ký khai sinh muộn cần giấy tờ gì?",
        "topic": "procedures",
        "topic_label": "Thủ tục hành chính",
        "agency": "H42.101",
        "agency_name": WARD,
        "procedure": "1.001193",
        "answered_at": DUE,
        "extract": "Anh chị nộp tờ khai và giấy chứng sinh.",
    }
    return {**found, **changes}


def public() -> dict[str, Any]:
    """Give a published answer whole."""
    told = {name: value for name, value in row().items() if name != "extract"}
    asked = {"asked_on": "2026-11-18", "question": "Con tôi 3 tuổi.\nCần gì?", "asker_name": None}
    asked["reuse_terms"] = "Dùng lại được, ghi nguồn."
    return {**ANSWERED, **told, **asked}


def clock(**changes: Any) -> dict[str, Any]:
    """Give what is due."""
    told = {
        "kind": "answer",
        "label": "Trả lời",
        "owes": WARD,
        "started_at": AT,
        "due_at": DUE,
        "ended_at": None,
        "held_from": AT,
        "outcome": None,
        "outcome_label": "",
    }
    said = {
        "overdue": False,
        "urgency": "soon",
        "left_minutes": 90,
        "sentence": "Trả lời trong 3 ngày làm việc.",
        "rows": ROWS,
    }
    return {**told, **said, **changes}


def refusal() -> dict[str, Any]:
    """Give why a question was not taken."""
    ground = {"ground": "feedback", "ground_label": "Là phản ánh, kiến nghị"}
    return {**ground, "reason": "Là phản ánh.", "channel": "Mục Phản ánh", "at": AT}


def followed(**changes: Any) -> dict[str, Any]:
    """Give a question as its asker sees it."""
    told = {
        "number": NUMBER,
        "state": "answered",
        "state_label": "Đã trả lời",
        "title": "Đăng ký khai sinh muộn",
        "text": "Con tôi đã 3 tuổi.\nCần giấy tờ gì?",
        "topic_label": "Thủ tục hành chính",
        "agency_name": WARD,
        "asked_at": AT,
        "clock": clock(),
        "interim": [{"at": AT, "text": "Đang xác minh."}],
        "refusal": refusal(),
        "answer": ANSWERED,
        "history": [{"at": AT, "label": "Đã gửi câu hỏi", "agency_name": ""}],
        "files": [FILE],
        "follows": OTHER,
        "supplements": ["HD-2026-000130"],
        "published": True,
        "moved_to": None,
        "told_by": "link",
        "actions": ["supplements"],
    }
    return {**told, **changes}


def asked_out() -> dict[str, Any]:
    """Give the receipt of a question."""
    return {"number": NUMBER, "key": KEY, "account": True, "asked_at": AT, "due_at": DUE, "warnings": []}


def board_row(**changes: Any) -> dict[str, Any]:
    """Give a row of the board."""
    told = {
        "number": NUMBER,
        "title": "Đăng ký khai sinh muộn",
        "state": "forwarded",
        "state_label": "Đã chuyển cơ quan trả lời",
        "topic_label": "Thủ tục hành chính",
        "agency": "H42.101",
        "agency_name": WARD,
        "asked_agency_name": "",
        "asked_at": AT,
        "clock_label": "Trả lời",
        "due_at": DUE,
        "urgency": "soon",
        "left_minutes": 90,
        "returned_count": 1,
        "version": 2,
        "actions": ["reminder"],
    }
    return {**told, **changes}


def counts() -> dict[str, Any]:
    """Count the questions of the board."""
    agency = {"agency": "H42.101", "agency_name": WARD, "open": 3, "due_soon": 1, "overdue": 1, "returned": 0}
    other = {**agency, "agency": "H42.15", "agency_name": "Sở Tư pháp"}
    queues = {"open": 6, "to_sort": 2, "with_agency": 1, "overdue": 1}
    return {"queues": queues, "agencies": [agency, other]}


def question(**changes: Any) -> dict[str, Any]:
    """Give a question as its officers see it."""
    told = {
        "number": NUMBER,
        "state": "forwarded",
        "state_label": "Đã chuyển cơ quan trả lời",
        "version": 2,
        "title": "Đăng ký khai sinh muộn",
        "text": "Con tôi đã 3 tuổi.\nCần giấy tờ gì?",
        "topic": "procedures",
        "topic_label": "Thủ tục hành chính",
        "agency": "H42.101",
        "agency_name": WARD,
        "kind": "own",
        "kind_label": "Thuộc thẩm quyền của cơ quan",
        "asked_agency": None,
        "asked_agency_name": "",
        "procedure": "1.001193",
        "procedure_name": "Thủ tục đăng ký khai sinh",
        "asked_at": AT,
        "follows": OTHER,
        "supplements": ["HD-2026-000130"],
    }
    return {**told, **done(), **changes}


def done() -> dict[str, Any]:
    """Give who asked, and what was done about it."""
    return {
        "asker": {
            "kind": "individual",
            "kind_label": "Cá nhân",
            "cells": [{"name": "full_name", "label": "Họ và tên", "told": "Nguyễn Thị Ánh"}],
            "account": True,
            "consent_name": True,
        },
        "files": [FILE, {**FILE, "id": FILE["id"][:-1] + "2", "name": "don.pdf", "scan": "not_scanned"}],
        "doubts": ["GKS"],
        "clocks": [
            clock(kind="triage", label="Phân loại", ended_at=AT, urgency=None, left_minutes=None),
            clock(),
        ],
        "draft": {
            "text": ANSWERED["text"],
            "citations": [CITED],
            "no_citation_reason": "",
            "by_name": "Phạm Thị Dung",
            "at": AT,
            "sent_back": {"reason": "Nêu rõ nơi nộp", "by_name": "Hoàng Văn Bình", "at": AT},
            "mended": {"by_name": "Hoàng Văn Bình", "at": DUE},
        },
        "mended_drafts": [AS_IT_CAME],
        "answer": None,
        "interim": [{"at": AT, "text": "Đang xác minh."}],
        "refusal": None,
        "return_asked": {"reason": "Thuộc Sở Tư pháp", "at": AT, "better_agency": None},
        "better_agency": None,
        "better_agency_name": "",
        "publication": publication(),
        "leader": {"full_name": "Hoàng Văn Bình", "position": "Chủ tịch", "phone": "", "email": ""},
        "history": [_line("Đã gửi câu hỏi"), _line("Đã chuyển", reason="Đúng lĩnh vực")],
        "held_by": "",
        "actions": [*DEEDS, *LATER, *SECOND],
    }


def publication() -> dict[str, Any]:
    """Give what was proposed for everybody."""
    return {
        "state": "proposed",
        "title": "Khai sinh muộn",
        "question": "Con tôi 3 tuổi.",
        "answer": ANSWERED["text"],
        "citations": [CITED],
        "no_citation_reason": "",
        **{name: ANSWERED[name] for name in ("full_name", "position", "phone", "email")},
        "with_name": False,
        "name": "",
        "by_name": "Phạm Thị Dung",
        "at": AT,
        "reason": "",
        "doubtful": [{"field": "answer", "text": "giấy chứng sinh", "kind": "name"}],
    }


def _line(label: str, reason: str = "") -> dict[str, Any]:
    return {
        "at": AT,
        "deed": "asked",
        "label": label,
        "by_name": "Cao Văn Phúc",
        "agency_name": WARD,
        "reason": reason,
    }


def masking() -> dict[str, Any]:
    """Give what could be published, with what was masked."""
    found = [{"field": "question", "text": "0912 345 678", "kind": "phone"}]
    told = {"title": "Khai sinh muộn", "question": "Gọi […]", "answer": ANSWERED["text"]}
    return {**told, "no_citation_reason": "", "citations": [CITED], "found": found}


BAR = {
    "id": "0193a1b2-0000-7000-8000-00000000000b",
    "account": None,
    "id_number": "000190000009",
    "email": None,
    "phone": None,
    "decision": "15/QĐ-VP",
    "ground": "Gửi nhiều câu hỏi xúc phạm",
    "appeal": "Thanh tra tỉnh",
    "since": AT,
    "until": "2026-12-31",
    "ended_at": None,
    "end_reason": None,
}
ENDED = {**BAR, "id": "0193a1b2-0000-7000-8000-00000000000c", "ended_at": AT, "end_reason": "Đã xin lỗi"}


def questions() -> dict[str, Any]:
    """Answer as the service of questions."""
    one, own = f"{ROOT}/questions/{NUMBER}", f"{ROOT}/own-questions"
    mine = ("number", "title", "state", "state_label", "asked_at")
    own_row = {name: followed()[name] for name in mine} | {"due_at": DUE, "answered_at": None}
    return {
        f"GET {ROOT}/terms": terms(),
        f"POST {ROOT}/questions": asked_out(),
        f"GET {ROOT}/answers": {"items": [row()], "total": 1, "next": None, "note": None},
        f"GET {ROOT}/answers/{OTHER}": public(),
        f"GET {ROOT}/answers.atom": Response("<feed/>", media_type="application/atom+xml"),
        f"POST {ROOT}/follow-ups": followed(),
        f"POST {ROOT}/uploads": {"ticket": TICKET, "name": "giay.pdf", "size": 9, "scan": "clean"},
        f"POST {ROOT}/follow-ups/supplements": asked_out(),
        f"GET {own}": {"items": [own_row], "total": 1, "next": None},
        f"GET {own}/{NUMBER}": followed(),
        f"POST {own}/{NUMBER}/supplements": asked_out(),
        f"GET {ROOT}/questions": {"items": [board_row()], "total": 1, "next": None, "capped": False},
        f"GET {ROOT}/questions/counts": counts(),
        f"GET {one}": question(),
        f"GET {one}/citations": SUGGESTED,
        f"POST {ROOT}/bar-checks": {"sentence": None},
        f"GET {ROOT}/malware-reports": {"items": [REPORT], "total": 1, "next": None},
        f"GET {ROOT}/bars": {"items": [BAR, ENDED], "total": 2, "next": None},
        f"GET {ROOT}/bars/{BAR['id']}": BAR,
        f"POST {ROOT}/bars": BAR,
        f"POST {ROOT}/bars/*": BAR,
        f"PUT {ROOT}/guidance": {"vi": "Ghi rõ việc bạn hỏi.", "en": "", "version": 1},
        f"GET {one}/masking": masking(),
        f"POST {one}/*": question(),
        f"PUT {one}/*": question(),
    }
