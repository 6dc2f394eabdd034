"""Why a question, an answer or a publication is refused."""

from common.errors import ConflictError, DomainError, ForbiddenError, InvalidInputError, NotFoundError


class QuestionNotFoundError(NotFoundError):
    """There is no such question, or not for this caller."""

    code = "question-not-found"
    vi = "Không tìm thấy câu hỏi."
    en = "The question was not found."


class QuestionsClosedError(NotFoundError):
    """The province takes no questions here."""

    code = "questions-closed"
    vi = "Tỉnh không tiếp nhận câu hỏi tại mục này. Hãy liên hệ Bộ phận một cửa nơi bạn ở."
    en = "The province takes no questions here. Ask the one-stop desk where you live."


class AskerBarredError(ForbiddenError):
    """A decision keeps whoever has this number or contact from asking. Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03"""

    code = "asker-barred"
    vi = (
        "Chưa nhận câu hỏi với giấy tờ hoặc liên hệ này đến hết ngày {until}, theo quyết định {decision}; lý do ghi "
        "trong quyết định. Khiếu nại: {appeal}."
    )
    en = (
        "No question is taken under this number or contact until {until}, by decision {decision}, which says why. "
        "Where to appeal: {appeal}."
    )


class AccountBarredError(AskerBarredError):
    """The same, told to the barred account itself with the ground. Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03"""

    vi = "Bạn chưa được đặt câu hỏi đến hết ngày {until}, theo quyết định {decision}: {ground}. Khiếu nại: {appeal}."
    en = "You may not ask until {until}, by decision {decision}: {ground}. Where to appeal: {appeal}."


class QuestionAlreadyAskedError(ConflictError):
    """The same person asked the very same and it is still open."""

    code = "question-already-asked"
    vi = "Bạn đã gửi câu hỏi này, số {number}, và câu hỏi đang được xử lý. Hãy mở đường dẫn theo dõi để xem."
    en = "You have sent this question already, number {number}, and it is being handled. Follow it by your link."


class SupplementsWaitError(ConflictError):
    """So many supplementary questions wait already. Source: R-QNA-19"""

    code = "supplements-wait"
    vi = "Đã có {most} câu hỏi bổ sung chờ trả lời. Hãy đợi trả lời rồi hỏi tiếp."
    en = "{most} supplementary questions wait for their answers already. Ask again when they are answered."


class QuestionDoubtfulError(InvalidInputError):
    """The text may hold abbreviations or somebody's number; the asker is asked once to look again. Source: R-QNA-04"""

    code = "question-text-doubtful"
    vi = "Hãy xem lại nội dung câu hỏi. Nếu vẫn muốn gửi như đang viết, hãy đánh dấu ô bên dưới rồi gửi lại."
    en = "Look at the text again. To send it as it is, tick the box below and send it again."


class ActionNotAllowedError(ConflictError):
    """The question does not stand where this is done."""

    code = "question-action-not-allowed"
    vi = "Không thực hiện được việc này: câu hỏi đang ở trạng thái “{vi_state}”."
    en = "This cannot be done: the question stands at “{en_state}”."


class AgencyUnknownError(DomainError):
    """The agency does not exist, or not any more."""

    code = "agency-unknown"
    vi = "Cơ quan này không có hoặc đã ngừng hoạt động. Hãy chọn cơ quan khác."
    en = "There is no such agency, or not any more. Choose another one."


class ProcedureUnknownError(DomainError):
    """There is no such procedure."""

    code = "procedure-unknown"
    vi = "Không có thủ tục mang mã này."
    en = "There is no procedure of this code."


class GroundNotUsedError(DomainError):
    """Nothing of this kind is refused for this ground here. Source: R-QNA-08, R-FBK-06, R-FBK-16"""

    code = "ground-not-used"
    vi = "Việc này được tiếp nhận tại đây; không từ chối vì lý do đã chọn."
    en = "This is taken here; it is not refused for the ground chosen."


class CalendarEndedError(ConflictError):
    """The working calendar says nothing of the days that a time limit needs."""

    code = "calendar-ended"
    vi = "Lịch làm việc của hệ thống chưa có những ngày này nên chưa tính được thời hạn. Hãy báo người quản trị."
    en = (
        "The working calendar does not reach these days, so no time limit can be set. Tell the administrator."
    )


class GivenBackToSameError(DomainError):
    """What an agency does not answer goes to another one."""

    code = "given-back-to-same"
    vi = "Cơ quan này đang giữ. Hãy chọn cơ quan khác."
    en = "This agency has it already. Choose another one."


class JustUrgedError(ConflictError):
    """The agency was urged a moment ago."""

    code = "just-urged"
    vi = "Cơ quan vừa được đôn đốc lúc {at}. Có thể đôn đốc lại sau một giờ."
    en = "The agency was urged at {at} already. It can be urged again after an hour."


class DeadlinePassedError(ConflictError):
    """The time limit is over; nothing moves it any more. Source: R-QNA-15"""

    code = "answer-deadline-passed"
    vi = "Đã quá hạn trả lời ({due}); không đổi được thời hạn nữa."
    en = "The answer was due at {due}; the time limit cannot be changed any more."


class DraftUnchangedError(DomainError):
    """What the leader wants changed is changed before it is passed on again. Source: R-QNA-20"""

    code = "draft-unchanged"
    vi = "Dự thảo vẫn như lúc lãnh đạo trả về. Hãy sửa theo yêu cầu rồi trình lại."
    en = "The draft is as it came back. Change it as the leader asks, then pass it on."


class DraftNotMendedError(DomainError):
    """A leader who mends a draft changes something in it. Source: R-QNA-20"""

    code = "draft-not-mended"
    vi = "Bạn chưa sửa gì trong dự thảo. Hãy sửa rồi lưu, hoặc duyệt dự thảo như đang có."
    en = "Nothing in the draft was changed. Change it, or release it as it is."


class NotTheAuthorError(ForbiddenError):
    """A draft is taken back by whoever submitted it. Source: R-QNA-20"""

    code = "draft-of-another"
    vi = "Chỉ người đã trình dự thảo mới rút lại được."
    en = "Only who submitted the draft can take it back."


class CitationsMissingError(DomainError):
    """An answer cites a legal text, or says why not. Source: R-QNA-17"""

    code = "citations-missing"
    vi = "Hãy viện dẫn ít nhất một văn bản, hoặc ghi lý do không viện dẫn văn bản nào."
    en = "Cite at least one legal text, or say why none is cited."


class LeaderIncompleteError(DomainError):
    """An answer shows who answers and how to reach them. Source: R-QNA-16"""

    code = "leader-incomplete"
    vi = "Hãy ghi đủ họ tên, chức vụ, số điện thoại và thư điện tử của người trả lời."
    en = "Enter full name, position, telephone and e-mail of who answers."


class PublicationOffError(ConflictError):
    """The province does not publish answers."""

    code = "publication-off"
    vi = "Tỉnh không công khai câu trả lời."
    en = "The province does not publish answers."


class PersonalDataLeftError(DomainError):
    """What is to be published still tells who asked. Source: TN Đ.16.1; R-QNA-22"""

    code = "personal-data-left"
    vi = "Còn thông tin cá nhân trong nội dung công khai: {found}. Hãy che đi."
    en = "Personal data is left in what is to be published: {found}. Mask it."


class PublicationDoubtfulError(DomainError):
    """What is to be published may tell of somebody; whoever proposes it looks at these places. Source: R-QNA-22"""

    code = "publication-doubtful"
    vi = "Có thể lộ thông tin cá nhân: {found}. Hãy che đi; nếu được phép công khai, hãy đánh dấu ô bên dưới."
    en = "This may tell of somebody: {found}. Mask it; if it may be public, tick the box below."


class AskerForgottenError(ConflictError):
    """Who asked was erased: nobody can tell any more whether a text names that person. Source: R-QNA-22; R-QNA-24"""

    code = "asker-forgotten"
    vi = "Thông tin người hỏi đã được xóa, không còn kiểm tra được nội dung có nêu người hỏi hay không."
    en = "Who asked was erased, so nobody can check any more whether the text names that person."


class NoConsentError(DomainError):
    """The asker did not agree that the name is shown. Source: R-QNA-22"""

    code = "no-consent"
    vi = "Người hỏi không đồng ý công khai họ tên."
    en = "The asker did not agree to show the name."


class NameUnprovenError(DomainError):
    """A name that somebody without an account typed is not shown as who asked. Source: R-QNA-22"""

    code = "name-unproven"
    vi = "Người hỏi không dùng tài khoản, họ tên chưa được xác thực nên không được công khai."
    en = "The asker used no account, so the name is not proven and is not shown."


class SecondLookNeededError(ForbiddenError):
    """Whoever proposed a publication does not confirm it. Source: R-QNA-22"""

    code = "second-look-needed"
    vi = "Người đề nghị công khai không được tự xác nhận."
    en = "Who proposed the publication cannot confirm it."


class BarEndedError(ConflictError):
    """A bar ends once."""

    code = "bar-ended"
    vi = "Quyết định này đã được chấm dứt."
    en = "This decision has ended already."


class BarNamesNobodyError(DomainError):
    """A bar names at least one mark of a person."""

    code = "bar-names-nobody"
    vi = "Hãy ghi tài khoản, số giấy tờ, thư điện tử hoặc điện thoại của người bị áp dụng."
    en = "Enter the account, paper number, e-mail or telephone of the person."


class BarDatesError(DomainError):
    """A bar ends after it begins, within a year."""

    code = "bar-dates"
    vi = "Ngày hết hiệu lực phải sau hôm nay và không quá một năm."
    en = "The last day lies after today and within a year."


class FeedbackNotFoundError(NotFoundError):
    """There is no such feedback, or not for this caller."""

    code = "feedback-not-found"
    vi = "Không tìm thấy phản ánh, kiến nghị."
    en = "The feedback was not found."


class FeedbackElsewhereError(DomainError):
    """The province takes this by other channels. Source: R-FBK-01; R-FBK-03"""

    code = "feedback-elsewhere"
    vi = "Tỉnh tiếp nhận phản ánh, kiến nghị qua: {channels}."
    en = "The province takes feedback by: {channels}."


class QuestionElsewhereError(ConflictError):
    """Another instance has the question now. Source: decision 0068"""

    code = "question-elsewhere"
    vi = "Câu hỏi hiện do {holder_vi} xử lý, không thực hiện ở đây được."
    en = "The question is now handled by {holder_en}; nothing can be done to it here."


class NotHandedOverError(ConflictError):
    """Somebody tells of a question that was not given to whoever tells. Source: decision 0068"""

    code = "not-handed-over"
    vi = "Câu hỏi {number} không phải là của bên thông báo."
    en = "Question {number} does not belong to whoever tells of it."
