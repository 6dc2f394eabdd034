"""The questions of the pages on which surveys are built, and how their words go to the service and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from answers.qa import BuiltQuestionOut, BuiltSurveyOut

from portal.domain.fields import Choice, Field
from portal.domain.texts import Say

NEW = "moi"
"""Stands in the address for a question that is not there yet."""
KINDS = {
    "handling": "Khảo sát việc giải quyết thủ tục",
    "satisfaction": "Khảo sát mức độ hài lòng",
    "consultation": "Lấy ý kiến",
}
AUDIENCES = {"everybody": "Mọi người", "dossiers": "Người đã nộp hồ sơ (phải đăng nhập)"}
ANSWERS = {
    "single": "Chọn một",
    "several": "Chọn nhiều",
    "scale": "Thang điểm 1–5",
    "short": "Chữ, một dòng",
    "long": "Chữ, nhiều dòng",
}
MARK = "|"
"""Parts the Vietnamese words of a choice from the English ones."""
PLACES = {"title.vi": "title_vi", "introduction.vi": "introduction_vi"}


def _choices(say: Say, words: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, say(text)) for value, text in words.items())


def details(say: Say, one: BuiltSurveyOut | None) -> list[Field]:
    """Ask what a survey is about and whom it asks. Source: R-SAT-02"""
    agency = "true" if one is None or one.by_agency else ""
    return [
        Field("kind", say("Loại"), "radios", one.kind if one else "", choices=_choices(say, KINDS)),
        Field("title_vi", say("Tên, tiếng Việt"), value=one.title if one else ""),
        Field("title_en", say("Tên, tiếng Anh"), value=one.title_en if one else "", required=False),
        _words("introduction_vi", say("Lời mời trả lời, tiếng Việt"), one.introduction if one else ""),
        _words("introduction_en", say("Lời mời trả lời, tiếng Anh"), one.introduction_en if one else ""),
        Field(
            "audience",
            say("Ai trả lời?"),
            "radios",
            one.audience if one else "everybody",
            choices=_choices(say, AUDIENCES),
        ),
        Field("by_agency", say("Hỏi người trả lời đã làm việc với cơ quan nào"), "agree", agency),
    ]


def _words(name: str, label: str, value: str) -> Field:
    return Field(name, label, "long_text", value, required=False, rows=3)


def details_body(text: Any) -> dict[str, Any]:
    """Give the details as the service takes them; `text` gives what stands in a box."""
    return {
        "kind": text("kind"),
        "audience": text("audience"),
        "by_agency": text("by_agency") == "true",
        "title": {"vi": text("title_vi"), "en": text("title_en")},
        "introduction": {"vi": text("introduction_vi"), "en": text("introduction_en")},
    }


def question(say: Say, one: BuiltQuestionOut | None) -> list[Field]:
    """Ask what a question of a survey asks. Source: R-SAT-02"""
    lines = "\n".join(written_choice(c.vi, c.en) for c in one.choices) if one else ""
    return [
        Field(
            "kind",
            say("Trả lời bằng cách nào?"),
            "radios",
            one.kind if one else "",
            choices=_choices(say, ANSWERS),
        ),
        Field("vi", say("Câu hỏi, tiếng Việt"), value=one.vi if one else ""),
        Field("en", say("Câu hỏi, tiếng Anh"), value=one.en if one else "", required=False),
        Field(
            "choices",
            say("Các lựa chọn"),
            "long_text",
            lines,
            required=False,
            rows=6,
            hint=say(
                "Chỉ khi chọn một hoặc chọn nhiều. Mỗi dòng một lựa chọn; tiếng Anh, nếu có, viết sau dấu |."
            ),
        ),
        Field("required", say("Bắt buộc trả lời"), "agree", "true" if one and one.required else ""),
    ]


def written_choice(vi: str, en: str) -> str:
    """Write a choice as it is typed."""
    return f"{vi} {MARK} {en}" if en else vi


def question_body(text: Any, name: str) -> dict[str, Any]:
    """Give a question as the service takes it."""
    lines = [line.partition(MARK) for line in text("choices").splitlines() if line.strip()]
    return {
        "name": "" if name == NEW else name,
        "kind": text("kind"),
        "vi": text("vi"),
        "en": text("en"),
        "required": text("required") == "true",
        "choices": [{"vi": vi.strip(), "en": en.strip()} for vi, _, en in lines],
    }


def kept(one: BuiltQuestionOut) -> dict[str, Any]:
    """Give a question that stays as it is."""
    return one.model_dump(exclude={"kind_label"})


def ordered(questions: Sequence[BuiltQuestionOut], name: str, deed: str) -> list[dict[str, Any]]:
    """Give the questions after one went up, down or away; what cannot be done changes nothing."""
    rows = [kept(one) for one in questions]
    place = next((n for n, one in enumerate(questions) if one.name == name), None)
    if place is None:
        return rows
    row = rows.pop(place)
    if deed == "remove":
        return rows
    rows.insert(max(0, place - 1) if deed == "up" else place + 1, row)
    return rows


def with_one(questions: Sequence[BuiltQuestionOut], body: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the questions with one of them changed, or added at the end."""
    rows = [body if one.name == body["name"] else kept(one) for one in questions]
    return rows if body["name"] else [*rows, body]


def days(say: Say) -> list[Field]:
    """Ask on which days answers are taken."""
    example = say("Ví dụ: 31/12/2026")
    return [
        Field("opens_on", say("Nhận câu trả lời từ ngày"), width="10", hint=example),
        Field("closes_on", say("Đến hết ngày"), width="10", hint=example),
    ]
