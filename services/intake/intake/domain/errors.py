"""Every way the rules of the desk can say no, each with its reason in Vietnamese and English."""

from collections.abc import Mapping

from common.errors import DomainError, ForbiddenError, NotFoundError


class ActionNotAllowedError(DomainError):
    """The life cycle knows no such step."""

    code = "action-not-allowed"
    status = 409
    vi = "Hồ sơ đang ở trạng thái “{state}”, không thực hiện được thao tác “{action}”."
    en = "The dossier is “{state}”; the action “{action}” is not possible now."


class DossierNotFoundError(NotFoundError):
    """One neutral answer for a code that does not exist, is malformed or belongs to somebody else."""

    code = "dossier-not-found"
    vi = "Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ in trên giấy tiếp nhận."
    en = "No dossier was found. Check the code printed on your receipt."


class ResultNotYoursError(ForbiddenError):
    """Who only handed in for the applicant asks for the result. Source: NB Đ.1.2.d; R-SUB-18."""

    code = "result-not-yours"
    vi = "Kết quả thuộc về người đứng đơn; người nộp thay chỉ được nhận khi giấy tờ cho phép nhận thay."
    en = "The result belongs to the applicant; who handed in has it only where the papers allow that."


class LookupQuestionNeededError(ForbiddenError):
    """A network that missed or asked a lot answers a second question first. Source: R-TRK-12."""

    code = "lookup-question-needed"
    vi = "Từ mạng này vừa có nhiều lần tra cứu. Hãy nhập thêm 4 số cuối của số điện thoại hoặc số định danh người nộp."
    en = (
        "This network looked up a lot. Add the last 4 digits of the applicant's telephone or identity number."
    )


class ForeignDossierError(DomainError):
    """An agency told of a dossier that another agency settles; nothing of it takes effect."""

    code = "foreign-dossier"
    vi = "Hồ sơ {dossier} không thuộc thẩm quyền của cơ quan {agency}."
    en = "The dossier {dossier} is not one that agency {agency} settles."


class DraftNotFoundError(NotFoundError):
    """No such draft among those of the caller."""

    code = "draft-not-found"
    vi = "Không tìm thấy bản nháp. Bản nháp có thể đã được nộp hoặc đã xóa."
    en = "The draft was not found. It may have been submitted or deleted."


class FileNotFoundInDossierError(NotFoundError):
    """No such file among those the caller may open."""

    code = "file-not-found"
    vi = "Không tìm thấy tệp trong hồ sơ này."
    en = "The file was not found in this dossier."


class ProcedureNotFoundError(NotFoundError):
    """The procedure, or that version of it, was never published here."""

    code = "procedure-not-found"
    vi = "Không tìm thấy thủ tục {procedure}."
    en = "Procedure {procedure} was not found."


class ProcedureClosedError(DomainError):
    """The procedure may no longer be started or submitted."""

    code = "procedure-closed"
    status = 409
    vi = "Thủ tục {procedure} đã ngừng tiếp nhận từ {closed_from_vi}; hồ sơ chưa được nộp."
    en = "Procedure {procedure} takes no dossiers since {closed_from_en}; nothing was submitted."


class ProcedureVersionSupersededError(DomainError):
    """A newer version of the procedure is in force than the one the draft was begun with."""

    code = "procedure-version-superseded"
    status = 409
    vi = "Thủ tục đã có phiên bản mới ({current}); hãy kiểm tra lại tờ khai theo phiên bản này rồi nộp."
    en = "The procedure has a newer version ({current}); review your form against it, then submit."


class ProcedureNotOnlineError(DomainError):
    """The agency does not offer the procedure here."""

    code = "procedure-not-offered"
    status = 409
    vi = "{agency} không tiếp nhận trực tuyến thủ tục {procedure} tại hệ thống này."
    en = "{agency} does not take procedure {procedure} online in this system."


class AgencyWithoutDeskError(DomainError):
    """Nobody at the agency could receive the dossier."""

    code = "agency-without-desk"
    status = 409
    vi = "{agency} hiện không có bộ phận một cửa tiếp nhận hồ sơ; hãy chọn cơ quan khác."
    en = "{agency} has no one-stop desk that receives dossiers now; choose another agency."


class AgencyUnknownError(DomainError):
    """The named agency does not exist or no longer does."""

    code = "agency-unknown"
    vi = "Không có cơ quan {agency} trong danh mục hiện hành."
    en = "Agency {agency} is not in the present list of agencies."


class DeclarationMissingError(DomainError):
    """The applicant did not confirm the declaration in force."""

    code = "declaration-not-accepted"
    vi = "Bạn cần xác nhận lời cam đoan (bản {expected}) trước khi nộp."
    en = "You need to confirm the declaration (version {expected}) before submitting."


class ConfirmationUnfitError(DomainError):
    """The applicant cannot have confirmed the declaration in this way."""

    code = "confirmation-unfit"
    vi = "Với cách hồ sơ đến này, xác nhận của người nộp phải là: {vi_wanted}."
    en = "A dossier that came in this way is confirmed so: {en_wanted}."


class ResultChannelNotOfferedError(DomainError):
    """The way of receiving the result is not among those of the province and level."""

    code = "result-channel-not-offered"
    vi = "Không nhận kết quả được theo cách “{channel}”. Các cách có thể chọn: {offered}."
    en = "The result cannot be received by “{channel}”. Possible ways: {offered}."


class ResultAddressMissingError(DomainError):
    """Post needs an address."""

    code = "result-address-missing"
    vi = "Hãy ghi địa chỉ nhận kết quả qua bưu chính."
    en = "Enter the address to which the result is posted."


class UnjudgedComponentsError(DomainError):
    """Somebody would decide before having looked at everything."""

    code = "components-unjudged"
    status = 409
    vi = "Còn thành phần chưa được đánh giá: {components}."
    en = "These components are not judged yet: {components}."


class OpenComponentsError(DomainError):
    """A dossier with missing or wrong components cannot be accepted."""

    code = "components-open"
    status = 409
    vi = "Còn thành phần thiếu hoặc sai: {components}. Hãy yêu cầu bổ sung hoặc từ chối."
    en = "These components are missing or wrong: {components}. Request a supplement or refuse."


class ComponentNotPublishedError(DomainError):
    """Nobody may require papers beyond the published list."""

    code = "component-not-published"
    vi = "Thành phần “{component}” không có trong danh mục đã công bố của thủ tục."
    en = "Component “{component}” is not in the published list of this procedure."


class FreeItemWithoutBasisError(DomainError):
    """A paper outside the list needs the article that allows asking for it."""

    code = "legal-basis-missing"
    vi = "Yêu cầu ngoài danh mục công bố phải nêu căn cứ pháp lý."
    en = "A request outside the published list must name its legal basis."


class IncompleteSupplementError(DomainError):
    """A supplement is asked for once, with everything in it."""

    code = "supplement-incomplete"
    vi = "Phải yêu cầu bổ sung đầy đủ một lần; còn thiếu: {components}."
    en = "A supplement is asked for once and completely; still left out: {components}."


class EmptySupplementError(DomainError):
    """A supplement request that asks for nothing."""

    code = "supplement-empty"
    vi = "Phiếu yêu cầu bổ sung phải nêu ít nhất một nội dung."
    en = "A supplement request names at least one thing."


class SecondSupplementWithoutLeaderError(DomainError):
    """A second supplement request needs a leader and the leader's ground."""

    code = "second-supplement-without-leader"
    status = 409
    vi = "Hồ sơ đã được yêu cầu bổ sung {count} lần; lần tiếp theo phải có lãnh đạo đồng ý và nêu lý do."
    en = "A supplement was already requested {count} time(s); another needs a leader's approval with its ground."


class ProcessNotApprovedError(DomainError):
    """Without an approved internal process there is no path for the dossier."""

    code = "process-not-approved"
    status = 409
    vi = "Thủ tục chưa có quy trình nội bộ được phê duyệt; không thể tiếp nhận."
    en = "The procedure has no approved internal process; the dossier cannot be accepted."


class TimeLimitUnusableError(DomainError):
    """No due date can be promised from what is published."""

    code = "time-limit-unusable"
    status = 409
    vi = "Thời hạn công bố “{text}” không tính được ngày hẹn; hãy báo người biên tập danh mục."
    en = "The published limit “{text}” gives no due date; tell the catalogue editor."


class SigningImpossibleError(DomainError):
    """The regulation wants a signed paper and there is no certificate to sign with."""

    code = "signing-impossible"
    status = 503
    vi = "Quy chế yêu cầu văn bản ký số nhưng chứng thư của cơ quan chưa sẵn sàng; thao tác chưa được ghi nhận."
    en = "The regulation requires a signed paper but the agency's certificate is not available; nothing was done."


class RedirectedToItselfError(DomainError):
    """Directing the applicant to the agency they are already at helps nobody."""

    code = "redirected-to-itself"
    vi = "Cơ quan có thẩm quyền phải khác cơ quan đang tiếp nhận."
    en = "The competent agency must be another one than the receiving agency."


class NothingSuppliedError(DomainError):
    """The answer to a supplement request leaves requested papers out."""

    code = "supplement-answer-incomplete"
    vi = "Chưa bổ sung: {components}."
    en = "Still not supplied: {components}."


class DocumentNotReadyError(DomainError):
    """The paper exists in the record but cannot be handed out yet."""

    code = "document-not-ready"
    status = 409
    vi = "Văn bản chưa sẵn sàng: {problem}."
    en = "The document is not available yet: {problem}."


class TooManyDraftsError(DomainError):
    """One person holds as many drafts as anybody may. Source: R-SUB-03."""

    code = "too-many-drafts"
    status = 409
    vi = "Bạn đang có {most} bản nháp, không mở thêm được. Hãy nộp hoặc xóa những bản nháp không dùng nữa."
    en = "You have {most} drafts, and no more can be opened. Submit or delete those you no longer need."


class HeldByDecisionError(DomainError):
    """What a decision keeps is not thrown away, by its owner neither. Source: R-SEC-20."""

    code = "held-by-decision"
    status = 409
    vi = "Dữ liệu của bạn đang được giữ lại theo quyết định của cơ quan có thẩm quyền nên chưa xóa được."
    en = "What you have here is kept by decision of an authority and cannot be deleted yet."


class DraftAlreadySubmittedError(DomainError):
    """The draft became a dossier before; it makes no second one."""

    code = "draft-already-submitted"
    status = 409
    vi = "Bản nháp này đã được nộp, mã hồ sơ {dossier}."
    en = "This draft was submitted already; the dossier code is {dossier}."

    def headers(self) -> Mapping[str, str]:
        """Say where the dossier is."""
        return {"Location": f"/api/intake/dossiers/{self.params['dossier']}"}


class RequestKeyReusedError(DomainError):
    """The request key belongs to a submission with another content."""

    code = "idempotency-key-reused"
    vi = "Mã Idempotency-Key này đã được dùng cho một hồ sơ có nội dung khác."
    en = "This Idempotency-Key was used before for a dossier with another content."
