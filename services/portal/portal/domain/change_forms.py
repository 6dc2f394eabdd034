"""The questions about publication decisions and change requests, and what is typed into them."""

from collections.abc import Mapping, Sequence

from portal.domain.days import day_said
from portal.domain.fields import Choice, Field, as_typed
from portal.domain.texts import Say

Typed = Mapping[str, str]
DEEDS = {"introduce": "Công bố mới", "amend": "Sửa đổi, bổ sung", "repeal": "Bãi bỏ"}
KINDS = {"procedures": "Cập nhật thủ tục", "agencies": "Thay đổi danh sách cơ quan"}
LEVELS = {"province": "Cấp tỉnh", "commune": "Cấp xã"}


def decision(say: Say, typed: Typed, wrong: Mapping[str, str], agencies: Sequence[Choice]) -> list[Field]:
    """List what a publication decision says. Source: NB Đ.11.2.b; R-CAT-15"""
    lines = say("Mỗi dòng một thủ tục: mã, rồi tên đúng như trong quyết định")
    day = say("Ví dụ: 31/12/2026")
    deeds = tuple(Choice(value, say(words)) for value, words in DEEDS.items())
    questions = [
        Field("number", say("Số quyết định"), width="20"),
        Field("signed_on", say("Ngày ký"), width="10", hint=day),
        Field("effective_on", say("Ngày có hiệu lực"), width="10", hint=day),
        Field("deed", say("Quyết định làm gì với các thủ tục này?"), "radios", choices=deeds),
        Field("agency", say("Cơ quan chịu trách nhiệm cập nhật"), "select", choices=tuple(agencies)),
        Field("procedures", say("Các thủ tục"), "long_text", hint=lines, rows=8),
    ]
    return as_typed(questions, typed, wrong)


def request(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """List what a change request says. Source: NB Đ.11.1; NB Đ.11.2; R-CAT-03; R-CAT-14"""
    kinds = tuple(Choice(value, say(words)) for value, words in KINDS.items())
    levels = tuple(Choice(value, say(words)) for value, words in LEVELS.items())
    questions = [
        Field("kind", say("Đề nghị thay đổi gì?"), "radios", "procedures", choices=kinds),
        Field(
            "document_number", say("Số văn bản"), width="20", hint=say("Quyết định, nghị quyết làm căn cứ")
        ),
        Field("document_on", say("Ngày văn bản"), width="10", hint=say("Ví dụ: 31/12/2026")),
        Field(
            "procedures",
            say("Mã thủ tục"),
            "long_text",
            hint=say("Mỗi dòng một mã, ví dụ 1.001193"),
            show_when="kind=procedures",
            condition=say("Chỉ trả lời nếu cập nhật thủ tục."),
            required=False,
        ),
        Field(
            "level",
            say("Cấp của cơ quan"),
            "radios",
            choices=levels,
            show_when="kind=agencies",
            condition=say("Chỉ trả lời nếu thay đổi danh sách cơ quan."),
            required=False,
        ),
        Field("content", say("Nội dung thay đổi"), "long_text", rows=6),
    ]
    return as_typed(questions, typed, wrong)


def said(
    say: Say, typed: Typed, wrong: Mapping[str, str], label: str, value: str = "", *, required: bool = True
) -> list[Field]:
    """Ask for one text: what is to change, what was done, or why it is returned."""
    return as_typed([Field("said", say(label), "long_text", value, rows=5, required=required)], typed, wrong)


def new_draft(say: Say, typed: Typed, wrong: Mapping[str, str]) -> list[Field]:
    """Ask of which procedure a version begins, and from which one. Source: R-CAT-16"""
    back = say("Để trống: chép từ bản hiện hành. Muốn quay lại bản trước thì ghi số của bản đó.")
    questions = [
        Field("code", say("Mã thủ tục"), width="20", hint=say("Ví dụ: 1.001193")),
        Field("from_version", say("Chép từ phiên bản số"), width="5", hint=back, required=False),
    ]
    return as_typed(questions, typed, wrong)


def publication(say: Say, typed: Typed, wrong: Mapping[str, str], *, online: bool) -> list[Field]:
    """Ask for the publication decision; for the Chairman's where it begins to be taken online.

    Source: QT Đ.8; TN Đ.4.2; R-CAT-16; R-CAT-19
    """
    day = say("Ví dụ: 31/12/2026")
    chairman = say("Quyết định của Chủ tịch UBND tỉnh cho nhận trực tuyến")
    questions = [
        Field("decision_number", say("Số quyết định công bố"), width="20"),
        Field("decision_on", say("Ngày ký"), width="10", hint=day),
        Field("effective_on", say("Ngày có hiệu lực"), width="10", hint=day),
    ]
    approval = [
        Field("approval_number", say("Số quyết định phê duyệt"), width="20", hint=chairman),
        Field("approval_on", say("Ngày quyết định phê duyệt"), width="10", hint=day),
    ]
    return as_typed([*questions, *(approval if online else [])], typed, wrong)


def day_of(typed: str) -> str | None:
    """Read a day as people write it; None where it is none."""
    day = day_said(typed)
    return day.isoformat() if day else None


def named_lines(typed: str) -> list[tuple[str, str]]:
    """Read lines of a code and a name; a line without a name has an empty one."""
    lines = (line.split(maxsplit=1) for line in typed.splitlines() if line.strip())
    return [(parts[0], parts[1].strip(" –-:;") if len(parts) > 1 else "") for parts in lines]
