"""The rights of the suite: what may be done to what, each named once."""

from enum import StrEnum


class Right(StrEnum):
    """Something that may be done to something (quyền): `<what>.<deed>`. Source: requirements C."""

    BEGIN_DRAFT = "draft.begin"
    SUBMIT_DOSSIER = "dossier.submit"
    FOLLOW_DOSSIER = "dossier.follow"
    READ_DESK = "desk.read"
    CHECK_DOSSIER = "desk.check"
    ACCEPT_DOSSIER = "desk.accept"
    REFUSE_DOSSIER = "desk.refuse"
    REDIRECT_DOSSIER = "desk.redirect"
    CORRECT_CONTACT = "desk.correct_contact"
    REQUEST_SUPPLEMENT = "desk.request_supplement"
    APPROVE_SUPPLEMENT = "desk.approve_supplement"
    RECEIVE_RESULT = "desk.receive_result"
    HAND_OVER_RESULT = "desk.hand_over_result"
    READ_MALWARE = "malware_report.read"
    READ_HANDLING = "handling.read"
    TAKE_STEP = "handling.take_step"
    HANDLE_DOSSIER = "handling.handle"
    ASSIGN_DOSSIER = "handling.assign"
    DECIDE_DOSSIER = "handling.decide"
    DRILL_DOWN = "statistics.drill_down"
    EDIT_CATALOGUE = "catalogue.edit"
    EDIT_DIRECTORY = "directory.edit"
    READ_EDITS = "catalogue.read_edits"
    REGISTER_DECISION = "decision.register"
    REQUEST_CHANGE = "catalogue.request_change"
    READ_DRAFTS = "catalogue.read_drafts"
    CHECK_CONTENT = "catalogue.check"
    READ_CHANGES = "catalogue.read_changes"
    READ_ACCESS_LOG = "access_log.read"
    EDIT_NOTICES = "notice_template.edit"
    READ_OFFICERS = "officer.read"
    GRANT_RIGHTS = "officer.grant"
    READ_OPERATIONS = "operations.read"
    KEEP_OPERATIONS = "operations.keep"
    READ_CONDUCT = "conduct.read"
    KEEP_CONDUCT = "conduct.keep"
    CONFIRM_GRANTS = "officer.confirm_grant"
    SUSPEND_ACCOUNT = "account.suspend"
    CONFIRM_SUSPENSION = "account.confirm_suspension"
    READ_HOLDS = "hold.read"
    HOLD_RECORDS = "hold.propose"
    CONFIRM_HOLD = "hold.confirm"
    FOLLOW_QUESTION = "question.follow"
    READ_QUESTIONS = "question.read"
    TRIAGE_QUESTION = "question.triage"
    HANDLE_QUESTION = "question.handle"
    RELEASE_ANSWER = "question.release"
    PREPARE_PUBLICATION = "question.prepare_publication"
    PUBLISH_ANSWER = "question.publish"
    BAR_ASKER = "question.bar"
    READ_FEEDBACK = "feedback.read"
    ENTER_FEEDBACK = "feedback.enter"
    TRIAGE_FEEDBACK = "feedback.triage"
    HANDLE_FEEDBACK = "feedback.handle"
    PUBLISH_FEEDBACK = "feedback.publish"
    RATE_DOSSIER = "rating.give"
    OFFER_RATING = "rating.offer"
    LOG_CALL = "call.log"
    URGE_AGENCY = "agency.urge"
    FOLLOW_UP_RATING = "rating.follow_up"
    BUILD_SURVEY = "survey.build"
    READ_EVALUATIONS = "evaluation.read"
    EVALUATE_AGENCIES = "evaluation.conclude"
    READ_IMPROVEMENTS = "improvement.read"
    KEEP_IMPROVEMENTS = "improvement.keep"

    @property
    def label(self) -> str:
        """The right in Vietnamese."""
        return LABELS[self]


LABELS = {
    Right.BEGIN_DRAFT: "Soạn hồ sơ",
    Right.SUBMIT_DOSSIER: "Nộp hồ sơ",
    Right.FOLLOW_DOSSIER: "Theo dõi hồ sơ của mình",
    Right.READ_DESK: "Xem hồ sơ tại một cửa",
    Right.CHECK_DOSSIER: "Kiểm tra thành phần hồ sơ",
    Right.ACCEPT_DOSSIER: "Tiếp nhận hồ sơ",
    Right.REFUSE_DOSSIER: "Từ chối tiếp nhận",
    Right.REDIRECT_DOSSIER: "Hướng dẫn nộp đúng cơ quan",
    Right.CORRECT_CONTACT: "Sửa thông tin liên hệ",
    Right.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung",
    Right.APPROVE_SUPPLEMENT: "Cho phép yêu cầu bổ sung thêm một lần",
    Right.RECEIVE_RESULT: "Xác nhận đã nhận kết quả từ đơn vị",
    Right.HAND_OVER_RESULT: "Trả kết quả",
    Right.READ_MALWARE: "Xem báo cáo tệp có mã độc",
    Right.READ_HANDLING: "Xem hồ sơ đang giải quyết",
    Right.TAKE_STEP: "Nhận việc, hoàn thành bước của quy trình",
    Right.HANDLE_DOSSIER: "Thụ lý, đề xuất giải quyết",
    Right.ASSIGN_DOSSIER: "Phân công",
    Right.DECIDE_DOSSIER: "Duyệt, trả lại, ký",
    Right.DRILL_DOWN: "Xem các hồ sơ đứng sau số liệu",
    Right.EDIT_CATALOGUE: "Biên tập thủ tục, nội dung",
    Right.EDIT_DIRECTORY: "Sửa danh bạ cơ quan",
    Right.READ_EDITS: "Xem lịch sử biên tập",
    Right.REGISTER_DECISION: "Ghi quyết định công bố thủ tục",
    Right.REQUEST_CHANGE: "Gửi đề nghị cập nhật thủ tục, danh sách cơ quan",
    Right.READ_DRAFTS: "Xem bản thảo thủ tục",
    Right.CHECK_CONTENT: "Kiểm soát nội dung thủ tục trước khi công bố",
    Right.READ_CHANGES: "Xem quyết định công bố và đề nghị cập nhật",
    Right.READ_ACCESS_LOG: "Tra cứu, xuất nhật ký truy cập",
    Right.EDIT_NOTICES: "Sửa mẫu thông báo",
    Right.READ_OFFICERS: "Xem danh sách cán bộ",
    Right.GRANT_RIGHTS: "Cấp tài khoản và quyền cho cán bộ",
    Right.READ_OPERATIONS: "Xem tình trạng hệ thống, sổ sự cố và các sổ vận hành",
    Right.KEEP_OPERATIONS: "Ghi sổ sự cố và các sổ vận hành",
    Right.READ_CONDUCT: "Xem sổ vi phạm",
    Right.KEEP_CONDUCT: "Ghi sổ vi phạm",
    Right.CONFIRM_GRANTS: "Xác nhận quyền do người khác đề nghị cấp",
    Right.SUSPEND_ACCOUNT: "Đề nghị tạm ngừng tài khoản của người dân, tổ chức",
    Right.CONFIRM_SUSPENSION: "Xác nhận, chấm dứt việc tạm ngừng tài khoản",
    Right.READ_HOLDS: "Xem những gì được giữ lại theo quyết định",
    Right.HOLD_RECORDS: "Đề nghị giữ lại, thôi giữ tài khoản, hồ sơ, câu hỏi theo quyết định",
    Right.CONFIRM_HOLD: "Xác nhận việc giữ lại, thôi giữ",
    Right.FOLLOW_QUESTION: "Theo dõi câu hỏi của mình",
    Right.READ_QUESTIONS: "Xem câu hỏi",
    Right.TRIAGE_QUESTION: "Phân loại, chuyển, từ chối, đôn đốc câu hỏi",
    Right.HANDLE_QUESTION: "Dự thảo trả lời, trả lại câu hỏi không đúng thẩm quyền",
    Right.RELEASE_ANSWER: "Duyệt, phát hành câu trả lời",
    Right.PREPARE_PUBLICATION: "Che thông tin cá nhân, đề nghị công khai câu trả lời",
    Right.PUBLISH_ANSWER: "Xem lại lần hai, công khai, gỡ câu trả lời",
    Right.BAR_ASKER: "Ghi quyết định không cho đặt câu hỏi",
    Right.READ_FEEDBACK: "Xem phản ánh, kiến nghị",
    Right.ENTER_FEEDBACK: "Nhập phản ánh, kiến nghị đến qua kênh khác",
    Right.TRIAGE_FEEDBACK: "Phân loại, chuyển, đôn đốc phản ánh, kiến nghị",
    Right.HANDLE_FEEDBACK: "Xử lý, trả lời phản ánh, kiến nghị",
    Right.PUBLISH_FEEDBACK: "Xem lại lần hai, công khai kết quả xử lý",
    Right.RATE_DOSSIER: "Đánh giá việc tiếp nhận, giải quyết hồ sơ của mình",
    Right.OFFER_RATING: "Mời người dân đánh giá tại quầy",
    Right.LOG_CALL: "Ghi cuộc gọi với người dân về hồ sơ",
    Right.URGE_AGENCY: "Đôn đốc cơ quan có hồ sơ quá hạn",
    Right.FOLLOW_UP_RATING: "Xử lý đánh giá thấp",
    Right.BUILD_SURVEY: "Soạn, công bố, kết thúc khảo sát, lấy ý kiến",
    Right.READ_EVALUATIONS: "Xem đánh giá chất lượng phục vụ của các cơ quan",
    Right.EVALUATE_AGENCIES: "Đánh giá, kết luận chất lượng phục vụ của các cơ quan",
    Right.READ_IMPROVEMENTS: "Xem sổ khó khăn, vướng mắc và sổ tổng hợp góp ý, cải tiến",
    Right.KEEP_IMPROVEMENTS: "Ghi sổ khó khăn, vướng mắc và sổ tổng hợp góp ý, cải tiến",
}
