"""Why an officer's action is refused, in words the officer understands."""

from typing import ClassVar

from common.errors import ConflictError, DomainError, ForbiddenError


class ProcessMissingError(DomainError):
    """No approved internal process exists, so no dossier can be handled. Source: QT Đ.9; R-PRC-01"""

    code: ClassVar[str] = "process-missing"
    status: ClassVar[int] = 409
    vi: ClassVar[str] = "Thủ tục {procedure} (phiên bản {version}) chưa có quy trình nội bộ được phê duyệt."
    en: ClassVar[str] = "Procedure {procedure} (version {version}) has no approved internal process."


class AlreadyClaimedError(ConflictError):
    """Another officer holds the dossier."""

    code: ClassVar[str] = "already-claimed"
    vi: ClassVar[str] = "Hồ sơ {dossier} đã có người thụ lý."
    en: ClassVar[str] = "Another officer already handles dossier {dossier}."


class DossierClosedError(ConflictError):
    """The dossier is decided."""

    code: ClassVar[str] = "dossier-closed"
    vi: ClassVar[str] = "Hồ sơ {dossier} đã giải quyết xong, không thao tác được nữa."
    en: ClassVar[str] = "Dossier {dossier} is decided; nothing more can be done."


class StepNotYoursError(ForbiddenError):
    """The step at hand belongs to another officer or role. Source: QT Đ.25.2; R-PRC-04"""

    code: ClassVar[str] = "step-not-yours"
    vi: ClassVar[str] = "Bước “{step}” không do bạn thực hiện."
    en: ClassVar[str] = "The step “{step}” is not yours to do."


class StepOutOfOrderError(ConflictError):
    """The action belongs to a later or an earlier step. Source: QT Đ.25.2; R-PRC-04"""

    code: ClassVar[str] = "step-out-of-order"
    vi: ClassVar[str] = "Hồ sơ đang ở bước “{step}”; không thể bỏ qua bước nào."
    en: ClassVar[str] = "The dossier is at the step “{step}”; no step can be skipped."


class ProposalMissingError(ConflictError):
    """The dossier cannot go to the leader without a proposal. Source: BD Đ.8; R-PRC-03"""

    code: ClassVar[str] = "proposal-missing"
    vi: ClassVar[str] = "Hãy lập đề xuất giải quyết trước khi trình lãnh đạo."
    en: ClassVar[str] = "Make a proposal before the dossier goes to the leader."


class OwnProposalError(ForbiddenError):
    """Nobody approves or signs what he proposed himself. Source: requirements §C segregation; R-PRC-03"""

    code: ClassVar[str] = "own-proposal"
    vi: ClassVar[str] = "Người đề xuất không được tự phê duyệt hoặc ký đề xuất của mình."
    en: ClassVar[str] = "An officer cannot approve or sign an own proposal."


class NoAuthorityToSignError(ForbiddenError):
    """The role may not sign this type of document. Source: TN PL.B3; R-PRC-11"""

    code: ClassVar[str] = "no-authority-to-sign"
    vi: ClassVar[str] = "Bạn không có thẩm quyền ký loại văn bản này ({document})."
    en: ClassVar[str] = "You have no authority to sign this type of document ({document})."


class UnsignedResultError(DomainError):
    """An electronic result leaves only with a signature. Source: TN Đ.11.5.a; QT Đ.19.2; R-PRC-11"""

    code: ClassVar[str] = "result-unsigned"
    vi: ClassVar[str] = "Kết quả điện tử phải được ký số trước khi trả."
    en: ClassVar[str] = "An electronic result must be digitally signed before it is released."


class OfficerNotSuitableError(DomainError):
    """The named officer cannot be given the dossier."""

    code: ClassVar[str] = "officer-not-suitable"
    vi: ClassVar[str] = "Không có cán bộ phù hợp với bước “{step}” của đơn vị."
    en: ClassVar[str] = "No suitable officer of the unit for the step “{step}”."


class IssuerUnknownError(ConflictError):
    """The heading of the document cannot be written without the agency's name."""

    code: ClassVar[str] = "issuer-unknown"
    vi: ClassVar[str] = "Chưa có tên cơ quan {agency} để lập văn bản."
    en: ClassVar[str] = "The name of agency {agency} is not known yet, so no document can be drawn up."


class NothingToRevokeError(ConflictError):
    """Only a result that was issued and still counts can be revoked or replaced."""

    code: ClassVar[str] = "nothing-to-revoke"
    vi: ClassVar[str] = "Hồ sơ {dossier} không có kết quả đang có hiệu lực để thu hồi hoặc thay thế."
    en: ClassVar[str] = "Dossier {dossier} has no result in force to revoke or replace."


class RevocationMissingError(ConflictError):
    """A leader decides only on what was proposed. Source: BD Đ.8; R-PRC-03"""

    code: ClassVar[str] = "revocation-missing"
    vi: ClassVar[str] = "Chưa có đề xuất thu hồi hoặc thay thế kết quả của hồ sơ {dossier}."
    en: ClassVar[str] = "Nobody proposed to revoke or replace the result of dossier {dossier}."


class NothingToReceiveError(ConflictError):
    """The desk can confirm only a finished result."""

    code: ClassVar[str] = "nothing-to-receive"
    vi: ClassVar[str] = "Hồ sơ {dossier} chưa có kết quả để bàn giao."
    en: ClassVar[str] = "Dossier {dossier} has no result to hand over yet."


class DossierElsewhereError(ConflictError):
    """Another instance settles the dossier. Source: decision 0048"""

    code: ClassVar[str] = "dossier-elsewhere"
    vi: ClassVar[str] = "Hồ sơ {dossier} hiện do {holder_vi} giải quyết, không xử lý ở đây được."
    en: ClassVar[str] = "Dossier {dossier} is now settled by {holder_en}; nothing can be done to it here."


class NumbersElsewhereError(ConflictError):
    """Only the instance that has an agency's number series gives numbers. Source: decision 0048"""

    code: ClassVar[str] = "numbers-elsewhere"
    vi: ClassVar[str] = "Sổ số văn bản của cơ quan {agency} hiện do {holder_vi} giữ, chưa ký ở đây được."
    en: ClassVar[str] = "The number series of agency {agency} is kept by {holder_en}; nothing is signed here."


class NotHandedOverError(ConflictError):
    """Somebody tells of a dossier or a series that he cannot hand over. Source: decision 0048"""

    code: ClassVar[str] = "not-handed-over"
    vi: ClassVar[str] = "{what} không phải là của bên bàn giao."
    en: ClassVar[str] = "{what} does not belong to whoever hands it over."


class NotOursToGiveError(ConflictError):
    """An instance hands over only what it settles. Source: decision 0048"""

    code: ClassVar[str] = "not-ours-to-give"
    vi: ClassVar[str] = (
        "Hồ sơ của cơ quan {agency} hiện do {holder_vi} giải quyết, không bàn giao từ đây được."
    )
    en: ClassVar[str] = (
        "Dossiers of agency {agency} are settled by {holder_en} and cannot be given away here."
    )


class NobodyToConsultError(ConflictError):
    """Nobody of the agency or unit can answer on this system; said at once. Source: TN Đ.11.4.d; R-PRC-07"""

    code: ClassVar[str] = "nobody-to-consult"
    vi: ClassVar[str] = (
        "{place} chưa có cán bộ nào trên hệ thống để trả lời nên yêu cầu chưa được gửi. "
        "Hãy chọn nơi khác, hoặc lấy ý kiến bằng văn bản."
    )
    en: ClassVar[str] = (
        "{place} has no officer on this system who could answer, so nothing was sent. "
        "Choose another place, or ask by letter."
    )


class ConsultedElsewhereError(ConflictError):
    """The agency works on an instance of its own, which this one cannot ask. Source: decision 0048; R-PRC-07"""

    code: ClassVar[str] = "consulted-elsewhere"
    vi: ClassVar[str] = (
        "{place} làm việc trên {holder_vi} nên yêu cầu chưa được gửi. Hãy lấy ý kiến bằng văn bản."
    )
    en: ClassVar[str] = "{place} works on {holder_en}, so nothing was sent. Ask by letter."


class AlreadyAnsweredError(ConflictError):
    """One answer stands for the agency or unit that was asked."""

    code: ClassVar[str] = "already-answered"
    vi: ClassVar[str] = "Yêu cầu lấy ý kiến này đã được trả lời."
    en: ClassVar[str] = "This request for an opinion was answered already."


class ExtensionUsedError(ConflictError):
    """The one new date was given already. Source: NĐ 61/2018 Đ.19.9; R-PRC-14"""

    code: ClassVar[str] = "extension-used"
    vi: ClassVar[str] = "Hồ sơ {dossier} đã được hẹn lại; pháp luật chỉ cho hẹn lại một lần."
    en: ClassVar[str] = "Dossier {dossier} was given a new date already; the law allows it only once."


class ExtensionTooLateError(ConflictError):
    """The applicant is to learn of a new date at least a day before the old one. Source: NĐ 61/2018 Đ.19.9; R-PRC-14"""

    code: ClassVar[str] = "extension-too-late"
    vi: ClassVar[str] = (
        "Người nộp hồ sơ {dossier} phải được báo ngày hẹn mới chậm nhất {latest_vi}; nay đã muộn. Hạn cũ giữ nguyên."
    )
    en: ClassVar[str] = (
        "The applicant of dossier {dossier} had to be told of a new date by {latest_en}; now it is too late. "
        "The old date stays."
    )


class ExtensionMissingError(ConflictError):
    """A leader decides only on what was proposed."""

    code: ClassVar[str] = "extension-missing"
    vi: ClassVar[str] = "Hồ sơ {dossier} không có đề nghị hẹn lại nào chờ ký."
    en: ClassVar[str] = "Nobody proposes a new date for dossier {dossier}."


class ExtensionWaitsError(ConflictError):
    """One proposal at a time."""

    code: ClassVar[str] = "extension-waits"
    vi: ClassVar[str] = "Hồ sơ {dossier} đã có đề nghị hẹn lại chờ lãnh đạo ký."
    en: ClassVar[str] = "A new date for dossier {dossier} is proposed already and waits for the leader."


class OfficerAbsentError(ConflictError):
    """Nothing new is given to who is away. Source: BD Đ.14.5; R-INT-21"""

    code: ClassVar[str] = "officer-absent"
    vi: ClassVar[str] = "{name} vắng mặt đến hết ngày {last}. Hãy chọn người khác."
    en: ClassVar[str] = "{name} is away until {last}. Choose somebody else."


class SubstituteAbsentError(ConflictError):
    """Who stands in has to be there. Source: BD Đ.14.5; R-INT-21"""

    code: ClassVar[str] = "substitute-absent"
    vi: ClassVar[str] = "{name} cũng vắng từ {first} đến {last}. Hãy chọn người thay khác."
    en: ClassVar[str] = "{name} is away too, from {first} to {last}. Choose another substitute."


class SubstituteNeededError(ConflictError):
    """Open dossiers of who is away need somebody. Source: BD Đ.14.5; R-INT-21"""

    code: ClassVar[str] = "substitute-needed"
    vi: ClassVar[str] = (
        "{name} còn {count} hồ sơ đang giải quyết. Hãy chọn người thay hoặc bàn giao hồ sơ trước."
    )
    en: ClassVar[str] = "{name} has {count} open dossiers. Name a substitute or hand them over first."


class StandsInError(ConflictError):
    """Who stands in for somebody cannot be away at that time. Source: BD Đ.14.5; R-INT-21"""

    code: ClassVar[str] = "stands-in"
    vi: ClassVar[str] = "{name} đang là người thay từ {first} đến {last}. Hãy đổi người thay ở lịch đó trước."
    en: ClassVar[str] = "{name} stands in for somebody from {first} to {last}. Change that substitute first."


class AlreadyAbsentError(ConflictError):
    """The same days are recorded once."""

    code: ClassVar[str] = "already-absent"
    vi: ClassVar[str] = "{name} đã được ghi vắng từ {first} đến {last}."
    en: ClassVar[str] = "{name} is recorded as away from {first} to {last} already."
