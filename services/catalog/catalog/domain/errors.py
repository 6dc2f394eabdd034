"""Every refusal of the catalogue, in both languages."""

from collections.abc import Sequence

from common.errors import ConflictError, DomainError, FieldProblem, InvalidInputError, NotFoundError


class UnknownAgencyError(NotFoundError):
    """The agency is not in the directory."""

    code = "unknown-agency"
    vi = "Không có cơ quan mang mã “{agency}”."
    en = "There is no agency with the code “{agency}”."


class UnknownProcedureError(NotFoundError):
    """The procedure is not in the catalogue."""

    code = "unknown-procedure"
    vi = "Không có thủ tục mang mã “{procedure}”."
    en = "There is no procedure with the code “{procedure}”."


class UnknownFormError(NotFoundError):
    """The form is not in the catalogue, or not in force on that day."""

    code = "unknown-form"
    vi = "Không có biểu mẫu “{form}” đang áp dụng."
    en = "There is no form “{form}” in force."


class DuplicateCodeError(ConflictError):
    """A code may be given once in the whole province. Source: TN Đ.3.4; R-CAT-29."""

    code = "duplicate-code"
    vi = "Mã “{value}” đã được dùng."
    en = "The code “{value}” is taken."


class ServiceWithoutProcedureError(DomainError):
    """An online service stands on exactly one published procedure. Source: NB Đ.12.1.b; R-CAT-05."""

    code = "service-without-procedure"
    vi = "Dịch vụ công trực tuyến phải gắn với một thủ tục đã công bố; “{procedure}” chưa được công bố."
    en = "An online service needs a published procedure; “{procedure}” is not published."


class ServiceAlreadyOpenError(ConflictError):
    """One active service per procedure and agency. Source: BD Đ.5.2; R-CAT-05."""

    code = "service-already-open"
    vi = "Cơ quan {agency} đã có dịch vụ công trực tuyến cho thủ tục này."
    en = "Agency {agency} already offers this procedure online."


class VersionNotEditableError(ConflictError):
    """A version that was approved never changes again."""

    code = "version-not-editable"
    vi = "Phiên bản này đã ban hành, không sửa được nữa. Hãy tạo phiên bản mới."
    en = "This version has been issued and cannot be changed. Begin a new version."


class ProcedureClosedError(ConflictError):
    """A repealed procedure is not changed, only introduced anew."""

    code = "procedure-closed"
    vi = "Thủ tục này đã bị bãi bỏ từ ngày {closed_from}."
    en = "This procedure is repealed from {closed_from}."


class ProcessTooLongError(DomainError):
    """The steps together take longer than the published limit. Source: TN Đ.11.4.b; R-PRC-02."""

    code = "process-too-long"
    vi = "Tổng thời gian các bước là {total} giờ làm việc, vượt thời hạn công bố {limit} giờ làm việc."
    en = "The steps take {total} working hours together, more than the published {limit} working hours."


class DecisionMissingError(DomainError):
    """A publication or a repeal rests on a decision with number and date."""

    code = "decision-missing"
    vi = "Cần số và ngày của quyết định."
    en = "The decision needs a number and a date."


class IncompleteVersionError(InvalidInputError):
    """Mandatory parts are missing; each gap is listed. Source: HN Đ.4.1; R-CAT-09."""

    code = "incomplete-version"
    vi = "Chưa công bố được: còn thiếu {count} phần bắt buộc."
    en = "It cannot be published yet: {count} mandatory parts are missing."

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__(problems)
        self.params = {"count": len(problems)}


class CalendarEndedError(DomainError):
    """The calendar says nothing of the days a due date would need."""

    code = "calendar-ended"
    vi = "Lịch làm việc chưa có những ngày này, nên chưa tính được hạn."
    en = "The working calendar does not have these days yet, so no due date follows."


class UnknownChangeRequestError(NotFoundError):
    """There is no such change request within the caller's reach."""

    code = "unknown-change-request"
    vi = "Không có đề nghị này."
    en = "There is no such request."


class RequestNotWaitingError(ConflictError):
    """A change request does not wait for this. Source: requirements D; R-CAT-14."""

    code = "request-not-waiting"
    vi = "Đề nghị này không còn chờ việc đó."
    en = "The request does not wait for that any more."


class DecisionDiffersError(ConflictError):
    """The same decision was registered with something else."""

    code = "decision-differs"
    vi = "Quyết định {number} đã được ghi với nội dung khác ({what})."
    en = "Decision {number} was registered with something else ({what})."


class RequesterNotCompetentError(DomainError):
    """Somebody else asks for this change of the list of agencies. Source: NB Đ.11.1; R-CAT-03."""

    code = "requester-not-competent"
    vi = (
        "Cơ quan cấp tỉnh do Trung tâm Phục vụ hành chính công đề nghị; "
        "cơ quan cấp dưới do Ủy ban nhân dân ngay dưới tỉnh đề nghị."
    )
    en = (
        "The provincial centre asks for provincial agencies, "
        "a People's Committee just below the province for the others."
    )
