"""What one version of a procedure says otherwise than another, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from procedures import Case, Component, Fee, FormUse, Limit, Offer, Process, Result, Step

from catalog.domain.content import AgreedTime, Content

PARTS: Final = (
    ("name", "Tên thủ tục", "Name"),
    ("name_en", "Tên tiếng Anh", "English name"),
    ("field", "Lĩnh vực", "Field"),
    ("levels", "Cấp thực hiện", "Administrative levels"),
    ("route", "Nơi nộp", "Where to apply"),
    ("route_url", "Địa chỉ nơi nộp", "Address where to apply"),
    ("ministry", "Bộ quản lý", "Ministry"),
    ("competent", "Cơ quan có thẩm quyền", "Competent agencies"),
    ("coordinating", "Cơ quan phối hợp", "Coordinating agencies"),
    ("applicants", "Đối tượng thực hiện", "Who may apply"),
    ("steps", "Trình tự thực hiện", "Steps"),
    ("channels", "Cách thức thực hiện", "Ways of submission"),
    ("cases", "Trường hợp", "Cases"),
    ("components", "Thành phần hồ sơ", "Components"),
    ("sets", "Số bộ hồ sơ", "Sets"),
    ("limits", "Thời hạn giải quyết", "Time limits"),
    ("agreed", "Thời gian của từng cơ quan", "Time of each agency"),
    ("fees", "Phí, lệ phí", "Fees"),
    ("results", "Kết quả", "Results"),
    ("forms", "Mẫu đơn, tờ khai", "Forms"),
    ("conditions", "Yêu cầu, điều kiện", "Conditions"),
    ("legal_basis", "Căn cứ pháp lý", "Legal basis"),
    ("eform", "Biểu mẫu điện tử", "E-form"),
    ("process", "Quy trình nội bộ", "Internal process"),
    ("offers", "Nơi tiếp nhận trực tuyến", "Where it is taken online"),
)
"""The parts of a version in the order people read them."""


@dataclass(frozen=True)
class Difference:
    """One part that differs: what it no longer says, and what it says now."""

    part: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(old: Content, new: Content, lang: str) -> list[Difference]:
    """Say in Vietnamese or English what differs, part by part; lines that both have are left out.

    Source: TN Đ.7.1; R-CAT-17; R-CAT-18
    """
    found = []
    for part, *labels in PARTS:
        before, after = getattr(old, part), getattr(new, part)
        if before == after:
            continue
        was, is_ = _lines(before, lang), _lines(after, lang)
        gone = tuple(line for line in was if line not in is_)
        come = tuple(line for line in is_ if line not in was)
        found.append(Difference(part, labels[lang == "en"], gone, come))
    return found


def _lines(value: Any, lang: str) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, Process):
        decided = f"{value.decision_number} ({value.decision_on:%d/%m/%Y})"
        return [decided, *_each(value.steps, lang)]
    if isinstance(value, dict):
        return [f"{len(value.get('pages', ()))} {'pages' if lang == 'en' else 'trang'}"]
    return _each(value, lang) if isinstance(value, tuple) else [str(value)]


def _each(values: Iterable[Any], lang: str) -> list[str]:
    return [_said(value, lang) for value in values]


def _said(value: Any, lang: str) -> str:
    how = _HOW.get(type(value))
    return how(value, lang) if how else str(value)


def _fee(fee: Fee, _lang: str) -> str:
    amount = f"{fee.amount:,} {fee.currency}".replace(",", ".") if fee.amount else fee.status.value
    return _of(fee, " ".join(part for part in (fee.item, amount, fee.note) if part))


def _step(step: Step, _lang: str) -> str:
    return f"{step.name}: {step.unit}, {step.hours}" + (f" ({step.condition})" if step.condition else "")


def _form(form: FormUse, lang: str) -> str:
    return f"{form.name}, {'version' if lang == 'en' else 'phiên bản'} {form.version}"


def _offer(offer: Offer, _lang: str) -> str:
    why = f" ({offer.partial_reason})" if offer.partial_reason else ""
    return f"{offer.agency}: {offer.service_level}{why}"


def _component(component: Component, lang: str) -> str:
    counts = f"{component.originals}/{component.copies}"
    optional = "" if component.required else (" (optional)" if lang == "en" else " (nếu có)")
    return f"{component.label(lang)} [{counts}]{optional}"


def _of(value: Limit | Fee, words: str) -> str:
    place = ", ".join(part for part in (value.case, value.channel) if part)
    return f"{place}: {words}" if place else words


_HOW: Final[dict[type, Callable[[Any, str], str]]] = {
    Case: Case.label,
    Component: _component,
    Limit: lambda limit, lang: _of(limit, limit.words(lang)),
    Fee: _fee,
    Step: _step,
    FormUse: _form,
    Offer: _offer,
    AgreedTime: lambda part, lang: f"{part.agency}: {part.duration.words(lang)}",
    Result: lambda result, _lang: result.name,
}
