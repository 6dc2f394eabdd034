"""Which mandatory parts a version still lacks before it may be published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from common.errors import FieldProblem, InvalidInputError
from eforms import fields_of
from procedures import FeeStatus, Route
from procedures.errors import ProcessTooLongError as TooLong
from procedures.flow import readable, refuse_longer_than_limit, working_hours
from regulation.errors import RegulationError

from catalog.domain.content import Content
from catalog.domain.eforms import eform_problems
from catalog.domain.errors import PartsTooLongError, ProcessTooLongError
from catalog.domain.service_levels import SchemeRules

# Mandatory parts of a procedure record. Source: R-CAT-09 (BD Đ.5.2; HN Đ.4.1; NB Đ.12.1.b)
_PARTS: tuple[tuple[str, str, str], ...] = (
    ("name", "tên thủ tục", "the name"),
    ("field", "lĩnh vực", "the field"),
    ("levels", "cấp thực hiện", "the administrative level"),
    ("competent", "cơ quan có thẩm quyền", "the competent agency"),
    ("applicants", "đối tượng thực hiện", "who may apply"),
    ("steps", "trình tự thực hiện", "the steps"),
    ("channels", "cách thức thực hiện", "the ways of submission"),
    ("components", "thành phần hồ sơ", "the components of the dossier"),
    ("sets", "số bộ hồ sơ", "the number of copies"),
    ("limits", "thời hạn giải quyết", "the time limit"),
    ("results", "kết quả thực hiện", "the result"),
    ("fees", "phí, lệ phí", "the fee"),
    ("legal_basis", "căn cứ pháp lý", "the legal basis"),
)
# Parts that may be empty, but somebody must have said so. Source: R-CAT-09
_STATED = (
    ("coordinating", "cơ quan phối hợp (ghi rõ nếu không có)", "the coordinating agencies (say so if none)"),
    ("forms", "mẫu đơn, tờ khai (ghi rõ nếu không có)", "the forms (say so if none)"),
    ("conditions", "yêu cầu, điều kiện (ghi “Không” nếu không có)", "the conditions (say “none” if so)"),
)


@dataclass(frozen=True)
class Surroundings:
    """What the check must know beside the version: desk contacts, forms with a file, level rules."""

    contacts: Mapping[str, tuple[str, str, str] | None]  # agency -> address, phone, e-mail
    downloadable: Collection[tuple[str, int]]  # form id, version
    rules: SchemeRules


def gaps(content: Content, around: Surroundings) -> list[FieldProblem]:
    """Return every missing mandatory part, empty when the version may be published.

    Source: BD Đ.5.2; HN Đ.4.1; NB Đ.23.3; R-CAT-09; R-CAT-11; R-CAT-21
    """
    found = [_missing(part, vi, en) for part, vi, en in _PARTS if not getattr(content, part)]
    found += [_missing(part, vi, en) for part, vi, en in _STATED if getattr(content, part) is None]
    found += _unclear_limits(content) + _unclear_fees(content)
    if content.route is Route.OWN:
        found += _own_route(content, around)
    elif not content.route_url:
        found.append(_missing("route_url", "địa chỉ nơi nộp hồ sơ", "the address where to apply"))
    return found


def _missing(part: str, vi: str, en: str) -> FieldProblem:
    return FieldProblem(part, "missing-part", f"Thiếu {vi}.", f"Missing: {en}.")


def _unclear_limits(content: Content) -> list[FieldProblem]:
    return [
        FieldProblem(
            f"limits.{at}",
            limit.flag or "limit-without-unit",
            f"Thời hạn “{limit.text}” không rõ đơn vị; phải xác định trước khi công bố.",
            f"The time limit “{limit.text}” is not exact; settle it before publishing.",
        )
        for at, limit in enumerate(content.limits)
        if not limit.clear
    ]


def _unclear_fees(content: Content) -> list[FieldProblem]:
    unsettled = (FeeStatus.NOT_PUBLISHED, FeeStatus.FREE_NATIONALLY)
    return [
        FieldProblem(
            f"fees.{at}",
            fee.flag or "fee-not-settled",
            "Mức phí, lệ phí chưa được tỉnh xác định.",
            "The province has not settled this fee.",
        )
        for at, fee in enumerate(content.fees)
        if fee.status in unsettled or (fee.status is FeeStatus.AMOUNT and not fee.amount)
    ]


def _uncounted_fees(content: Content) -> list[FieldProblem]:
    """Return a gap for every fee that is counted by a question the e-form does not ask."""
    asked = {field.get("name") for field in fields_of(content.eform or {})}
    return [
        FieldProblem(
            f"fees.{at}.per",
            "fee-count-not-asked",
            f"Tờ khai không hỏi “{name}”, nên không tính được mức phí.",
            f"The form does not ask “{name}”, so the fee cannot be counted.",
        )
        for at, fee in enumerate(content.fees)
        for name in ((fee.per.by, fee.per.times) if fee.per else ())
        if name is not None and name not in asked
    ]


def _own_route(content: Content, around: Surroundings) -> list[FieldProblem]:
    found = []
    if not content.offers:
        found.append(_missing("offers", "cơ quan tiếp nhận", "the agency that takes it"))
    for at, offer in enumerate(content.offers):
        found += _contact(offer.agency, around, f"offers.{at}")
        forms = bool(content.forms)
        found += around.rules.problems(offer.service_level, offer.partial_reason, forms, f"offers.{at}")
    for at, form in enumerate(content.forms or ()):
        if (form.id, form.version) not in around.downloadable:
            found.append(
                FieldProblem(
                    f"forms.{at}",
                    "form-not-downloadable",
                    f"Biểu mẫu “{form.name}” chưa có tệp để tải về.",
                    f"The form “{form.name}” has no file to download.",
                )
            )
    return found + _process(content) + _uncounted_fees(content) + eform_problems(content)


def _contact(agency: str, around: Surroundings, field: str) -> list[FieldProblem]:
    """Return a gap when the desk's address, phone or e-mail is not known. Source: NB Đ.23.3; R-CAT-21."""
    contact = around.contacts.get(agency)
    if contact and all(part.strip() for part in contact):
        return []
    return [
        FieldProblem(
            f"{field}.contact",
            "desk-contact-missing",
            f"Thiếu địa chỉ, điện thoại hoặc thư điện tử của bộ phận một cửa {agency}.",
            f"The desk of {agency} has no address, phone or e-mail.",
        )
    ]


def _process(content: Content) -> list[FieldProblem]:
    process = content.process
    if process is None or not process.steps or not process.decision_number:
        return [_missing("process", "quy trình nội bộ đã phê duyệt", "the approved internal process")]
    return [
        FieldProblem(
            f"process.steps.{at}",
            "step-time-unclear",
            f"Thời gian hoặc điều kiện của bước “{step.name}” không rõ.",
            f"Time or condition of step “{step.name}” is not exact.",
        )
        for at, step in enumerate(process.steps)
        if not readable(step)
    ]


def check_agreed(content: Content, day_hours: Fraction) -> None:
    """Refuse agreed times of several agencies that together exceed a published limit.

    Raises: PartsTooLongError, InvalidInputError. Source: HN Đ.8.1.b; NB Đ.17.1.b; BD Đ.9.1.c; R-CAT-33
    """
    total, unread = Fraction(0), []
    for at, part in enumerate(content.agreed):
        try:
            total += working_hours(part.duration, day_hours)
        except RegulationError:
            vi, en = f"Không đọc được thời gian “{part.amount}”.", f"The time “{part.amount}” cannot be read."
            unread.append(FieldProblem(f"agreed.{at}", "time-unclear", vi, en))
    if unread:
        raise InvalidInputError(unread)
    for limit in content.limits:
        allowed = working_hours(limit.duration, day_hours) if limit.clear and limit.duration else None
        if allowed is not None and total > allowed:
            raise PartsTooLongError(
                field="agreed", rule="parts-too-long", total=f"{float(total):g}", limit=f"{float(allowed):g}"
            )


def check_process(content: Content, day_hours: Fraction) -> None:
    """Refuse a process that takes longer than a published limit; steps still unclear are told as gaps.

    `day_hours` are the hours of a working day on the province's calendar.

    Raises:
        ProcessTooLongError: the steps of a case together take longer than its limit.
        PartsTooLongError, InvalidInputError: the agencies' agreed times do, or one cannot be read.

    Source: NB Đ.17.1.a; TN Đ.11.4.b; R-PRC-02; R-CAT-33
    """
    check_agreed(content, day_hours)
    steps = content.process.steps if content.process else ()
    if not all(readable(step) for step in steps):
        return
    try:
        refuse_longer_than_limit(steps, [limit for limit in content.limits if limit.clear], day_hours)
    except TooLong as error:
        raise ProcessTooLongError(field="process.steps", rule="process-too-long", **error.params) from error
