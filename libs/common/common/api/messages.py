"""What is wrong with a field, in words a citizen understands."""

from collections.abc import Mapping, Sequence
from typing import Any

from common.errors import FieldProblem

# pydantic's name of the rule -> (our rule, Vietnamese, English); `{…}` come from the rule's own limits
_MESSAGES: dict[str, tuple[str, str, str]] = {
    "missing": ("required", "Bạn cần nhập thông tin này.", "This is required."),
    "string_too_short": (
        "too-short",
        "Cần ít nhất {min_length} ký tự.",
        "Use at least {min_length} characters.",
    ),
    "string_too_long": ("too-long", "Tối đa {max_length} ký tự.", "Use at most {max_length} characters."),
    "string_pattern_mismatch": (
        "pattern",
        "Nội dung không đúng mẫu quy định.",
        "This is not in the expected format.",
    ),
    "too_short": ("too-few", "Cần ít nhất {min_length} mục.", "Give at least {min_length} items."),
    "too_long": ("too-many", "Tối đa {max_length} mục.", "Give at most {max_length} items."),
    "greater_than": ("too-small", "Giá trị phải lớn hơn {gt}.", "The value must be greater than {gt}."),
    "greater_than_equal": ("too-small", "Giá trị phải từ {ge} trở lên.", "The value must be {ge} or more."),
    "less_than": ("too-large", "Giá trị phải nhỏ hơn {lt}.", "The value must be less than {lt}."),
    "less_than_equal": ("too-large", "Giá trị không được quá {le}.", "The value must be {le} or less."),
    "enum": ("choice", "Chọn một trong các giá trị: {expected}.", "Choose one of: {expected}."),
    "literal_error": ("choice", "Chọn một trong các giá trị: {expected}.", "Choose one of: {expected}."),
    "extra_forbidden": ("unknown-field", "Mục này không được sử dụng ở đây.", "This field is not used here."),
    "json_invalid": (
        "json",
        "Nội dung gửi lên không đọc được (JSON sai).",
        "The body cannot be read (invalid JSON).",
    ),
    "timezone_aware": ("time-zone", "Thời điểm phải kèm múi giờ.", "The time needs a time zone."),
    "string_unicode": (
        "text",
        "Nội dung có ký tự không đọc được.",
        "The text holds characters that cannot be read.",
    ),
    "finite_number": ("number", "Giá trị phải là một số.", "The value must be a number."),
}
# where the exact name is unknown, the first fitting beginning decides
_FAMILIES: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("datetime", ("time", "Thời điểm không hợp lệ.", "This is not a valid date and time.")),
    ("date", ("date", "Ngày không hợp lệ.", "This is not a valid date.")),
    ("time", ("time", "Giờ không hợp lệ.", "This is not a valid time.")),
    ("int", ("whole-number", "Giá trị phải là số nguyên.", "The value must be a whole number.")),
    ("float", ("number", "Giá trị phải là một số.", "The value must be a number.")),
    ("decimal", ("number", "Giá trị phải là một số.", "The value must be a number.")),
    ("bool", ("yes-no", "Giá trị phải là có hoặc không.", "The value must be yes or no.")),
    ("uuid", ("identifier", "Mã định danh không hợp lệ.", "This is not a valid identifier.")),
    ("string", ("text", "Giá trị phải là chữ.", "The value must be text.")),
    ("list", ("list", "Giá trị phải là một danh sách.", "The value must be a list.")),
    ("url", ("address", "Địa chỉ không hợp lệ.", "This is not a valid address.")),
    ("", ("invalid", "Giá trị không hợp lệ.", "This value is not valid.")),
)
_PLACES = ("body", "query", "path", "header", "cookie")


def field_problem(error: Mapping[str, Any]) -> FieldProblem:
    """Turn one pydantic error into a field, a rule and a sentence; the value itself is never repeated."""
    location = [str(part) for part in error["loc"]]
    if location and location[0] in _PLACES:
        location = location[1:]
    kind = str(error["type"])
    rule, vi, en = _MESSAGES.get(kind) or next(
        words for prefix, words in _FAMILIES if kind.startswith(prefix)
    )
    if kind == "json_invalid":
        location = []
    limits = error.get("ctx") or {}
    known = {key: value for key, value in limits.items() if isinstance(value, str | int | float)}
    both = {"expected": str(known.get("expected", "")).replace(" or ", ", ")}
    values = {**known, **both}
    return FieldProblem(".".join(location), rule, vi.format_map(values), en.format_map(values))


def field_problems(errors: Sequence[Mapping[str, Any]]) -> list[FieldProblem]:
    """Turn pydantic's errors into field problems, in their order."""
    return [field_problem(error) for error in errors]
