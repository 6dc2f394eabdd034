"""Why a question is not answered here, and where its asker has to turn to instead."""

from enum import StrEnum
from typing import Final, NamedTuple

from regulation.text import Lang


class Ground(StrEnum):
    """Why a question is refused (lý do không tiếp nhận)."""

    CONTACT_UNCLEAR = "contact_unclear"
    TEXT_UNCLEAR = "text_unclear"
    OUT_OF_SCOPE = "out_of_scope"
    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    ANSWERED_BEFORE = "answered_before"
    PROHIBITED = "prohibited"

    def said(self, lang: Lang) -> str:
        """Return the ground in Vietnamese or English."""
        return _GROUNDS[self].label[lang == "en"]

    def channel(self, lang: Lang) -> str:
        """Return where the asker has to turn to as it is usually said; empty where there is no other place."""
        return _GROUNDS[self].channel[lang == "en"]


class _Words(NamedTuple):
    label: tuple[str, str]
    channel: tuple[str, str] = ("", "")


_GROUNDS: Final = {
    Ground.CONTACT_UNCLEAR: _Words(
        ("Không đủ hoặc không rõ địa chỉ liên hệ", "Contact address missing or unclear")
    ),
    Ground.TEXT_UNCLEAR: _Words(("Nội dung không rõ, không cụ thể", "The text is unclear or too general")),
    Ground.OUT_OF_SCOPE: _Words(
        ("Ngoài phạm vi hỏi đáp", "Outside the scope of questions"),
        (
            "Bộ phận một cửa hoặc cơ quan quản lý lĩnh vực này",
            "The one-stop desk, or the agency of the field",
        ),
    ),
    Ground.FEEDBACK: _Words(
        ("Là phản ánh, kiến nghị", "It is feedback"),
        ("Mục Phản ánh, kiến nghị của Cổng", "The feedback section of the portal"),
    ),
    Ground.COMPLAINT: _Words(
        ("Là khiếu nại", "It is a complaint in law"),
        (
            "Gửi đơn khiếu nại đến cơ quan có quyết định, hành vi bị khiếu nại, theo Luật Khiếu nại",
            "Send the complaint to the agency whose decision or act it is about, by the Law on Complaints",
        ),
    ),
    Ground.DENUNCIATION: _Words(
        ("Là tố cáo", "It is a denunciation in law"),
        (
            "Gửi đơn tố cáo đến cơ quan, người có thẩm quyền giải quyết, theo Luật Tố cáo",
            "Send the denunciation to the competent authority, by the Law on Denunciations",
        ),
    ),
    Ground.ANSWERED_BEFORE: _Words(
        ("Đã được trả lời", "It was answered before"),
        ("Xem câu trả lời đã có", "See the answer that was given"),
    ),
    Ground.PROHIBITED: _Words(
        ("Có nội dung bị cấm, xúc phạm", "Prohibited or insulting content"),
    ),
}


def grounds_here(*, feedback_here: bool) -> tuple[Ground, ...]:
    """Return the grounds a province may give; feedback is none where questions are one of its channels.

    Source: BD Đ.10.2.c; TN Đ.14.4; R-QNA-08; R-FBK-06
    """
    return tuple(ground for ground in Ground if not (feedback_here and ground is Ground.FEEDBACK))
