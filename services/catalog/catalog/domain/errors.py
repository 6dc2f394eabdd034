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


class PartsTooLongError(DomainError):
    """The agreed times of the agencies exceed the published limit. Source: HN Đ.8.1.b; R-CAT-33."""

    code = "parts-too-long"
    vi = "Tổng thời gian của các cơ quan là {total} giờ làm việc, vượt thời hạn công bố {limit} giờ làm việc."
    en = "The agencies take {total} working hours together, more than the published {limit} working hours."


class NotInDecisionError(DomainError):
    """The registered decision does not name the procedure. Source: NB Đ.9.1.c; R-CAT-06."""

    code = "not-in-decision"
    vi = "Quyết định {number} đã ghi không có thủ tục này."
    en = "Decision {number}, as registered, does not name this procedure."


class NameDiffersError(DomainError):
    """The name is not that of the publication decision. Source: NB Đ.9.1.c; R-CAT-06."""

    code = "name-differs"
    vi = "Tên phải đúng như trong quyết định công bố: “{name}”."
    en = "The name must be that of the publication decision: “{name}”."


class OnlineApprovalMissingError(DomainError):
    """Online submission rests on the Chairman's decision. Source: TN Đ.4.2; NB Đ.12.2.a; QT Đ.25.1; R-CAT-19."""

    code = "online-approval-missing"
    vi = "Nhận hồ sơ trực tuyến tại {agencies} cần số và ngày quyết định phê duyệt của Chủ tịch UBND tỉnh."
    en = "Taking it online at {agencies} needs number and date of the Chairman's approving decision."


class NotCheckedError(ConflictError):
    """The content controller has not approved this version. Source: TN Đ.7.6; R-CAT-18."""

    code = "not-checked"
    vi = "Phiên bản này chưa được người kiểm soát nội dung đồng ý."
    en = "The content controller has not approved this version."


class NotInReviewError(ConflictError):
    """The version does not wait for this. Source: TN Đ.7.6; R-CAT-18."""

    code = "not-in-review"
    vi = "Phiên bản này không chờ việc đó."
    en = "The version does not wait for that."


class OwnContentError(DomainError):
    """Nobody checks what he wrote. Source: requirements C, segregation rules; R-CAT-18."""

    code = "own-content"
    status = 403
    vi = "Người soạn không tự kiểm soát nội dung của mình."
    en = "Nobody checks the own content."


class VersionInReviewError(ConflictError):
    """Nobody edits what the content controller reads. Source: TN Đ.7.6; R-CAT-18."""

    code = "version-in-review"
    vi = "Phiên bản này đang được kiểm soát nội dung, chưa sửa được."
    en = "The content controller has this version; it cannot be changed now."


class VerticalNotTakenError(DomainError):
    """The province takes no vertical-sector agencies. Source: NB Đ.1.2.đ; R-CAT-02."""

    code = "vertical-not-taken"
    vi = "Quy chế của tỉnh không áp dụng cho cơ quan ngành dọc và cơ quan tự nguyện khác."
    en = "The province's regulation takes no vertical-sector and no other voluntary agencies."
