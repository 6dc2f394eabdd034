"""The pages of officers: which there are for whom, in the order of the menu, and what each is for."""

from collections.abc import Collection
from dataclasses import dataclass

from regulation.roles import Right

from portal.domain.addresses import Address, Page


@dataclass(frozen=True)
class Place:
    """A page of the officers' menu: its words, what it is for, and the rights of which one opens it."""

    page: Address
    words: str
    says: str
    rights: frozenset[Right]
    unless: Right | None = None
    """With this right another page stands in its place."""


PLACES = (
    Place(
        Page.QUEUE,
        "Tiếp nhận và trả kết quả",
        "Hồ sơ chờ kiểm tra, tiếp nhận, trả kết quả.",
        frozenset({Right.READ_DESK}),
    ),
    Place(
        Page.WALK_IN,
        "Nhận tại quầy",
        "Tìm người đến quầy, lập hồ sơ cho họ.",
        frozenset({Right.ACCEPT_DOSSIER}),
    ),
    Place(
        Page.ARRIVALS,
        "Nhận tin hồ sơ mới",
        "Chọn nhận tin ngay hay trong bản tổng hợp mỗi sáng.",
        frozenset({Right.CHECK_DOSSIER}),
    ),
    Place(
        Page.WORK,
        "Giải quyết",
        "Hồ sơ đang giải quyết.",
        frozenset({Right.HANDLE_DOSSIER, Right.DECIDE_DOSSIER}),
    ),
    Place(Page.TO_SIGN, "Trình ký", "Hồ sơ chờ duyệt, ký.", frozenset({Right.DECIDE_DOSSIER})),
    Place(
        Page.CONSULTATIONS,
        "Cho ý kiến",
        "Hồ sơ của nơi khác đang chờ ý kiến của đơn vị, cơ quan bạn.",
        frozenset({Right.HANDLE_DOSSIER, Right.DECIDE_DOSSIER}),
    ),
    Place(
        Page.HOTLINE,
        "Tổng đài tra cứu",
        "Tìm hồ sơ theo mã cho người gọi đến, ghi cuộc gọi.",
        frozenset({Right.LOG_CALL}),
    ),
    Place(
        Page.URGING,
        "Đôn đốc cơ quan",
        "Cơ quan có hồ sơ quá hạn; nhắc bằng một nút.",
        frozenset({Right.URGE_AGENCY}),
    ),
    Place(
        Page.OVERDUE,
        "Hồ sơ quá hạn",
        "Tổng hợp theo ngày, theo kỳ; ghi ý kiến chỉ đạo.",
        frozenset({Right.URGE_AGENCY}),
    ),
    Place(Page.ASKED, "Hỏi đáp", "Câu hỏi của người dân.", frozenset({Right.READ_QUESTIONS})),
    Place(Page.FEEDBACK_LIST, "Phản ánh", "Phản ánh, kiến nghị.", frozenset({Right.READ_FEEDBACK})),
    Place(
        Page.FEEDBACK_ENTRY,
        "Phản ánh",
        "Ghi phản ánh nhận tại quầy.",
        frozenset({Right.ENTER_FEEDBACK}),
        Right.READ_FEEDBACK,
    ),
    Place(
        Page.RATING_TASKS,
        "Đánh giá thấp",
        "Đánh giá thấp cần tìm hiểu nguyên nhân.",
        frozenset({Right.FOLLOW_UP_RATING}),
    ),
    Place(
        Page.EVALUATIONS,
        "Đánh giá cơ quan",
        "Đánh giá việc giải quyết thủ tục theo cơ quan.",
        frozenset({Right.READ_EVALUATIONS}),
    ),
    Place(Page.BUILT_SURVEYS, "Khảo sát", "Soạn, mở và đóng khảo sát.", frozenset({Right.BUILD_SURVEY})),
    Place(
        Page.DECISIONS,
        "Quyết định công bố",
        "Quyết định công bố thủ tục; cơ quan nào phải cập nhật, đến khi nào.",
        frozenset({Right.REGISTER_DECISION}),
    ),
    Place(
        Page.DRAFTS_OF_PROCEDURE,
        "Soạn thủ tục",
        "Phiên bản đang soạn: khác gì, thiếu gì; kiểm soát nội dung; công bố.",
        frozenset({Right.READ_DRAFTS}),
    ),
    Place(
        Page.CHANGE_REQUESTS,
        "Đề nghị cập nhật",
        "Cập nhật thủ tục, danh sách cơ quan: gửi, thực hiện, theo dõi hạn.",
        frozenset({Right.READ_CHANGES}),
    ),
    Place(
        Page.OPERATIONS,
        "Vận hành",
        "Tình trạng từng thành phần, sao lưu, chứng thư.",
        frozenset({Right.READ_OPERATIONS}),
    ),
    Place(
        Page.BOOKS,
        "Sổ theo dõi",
        "Sự cố, bảo trì, vi phạm và các sổ khác.",
        frozenset({Right.READ_OPERATIONS, Right.READ_CONDUCT, Right.READ_IMPROVEMENTS}),
    ),
    Place(
        Page.ACCESS_LINES,
        "Nhật ký truy cập",
        "Ai đã tra cứu, xem, xuất, thay đổi gì; tìm theo người, xuất ra tệp.",
        frozenset({Right.READ_ACCESS_LOG}),
    ),
    Place(
        Page.OFFICERS,
        "Cán bộ",
        "Vai trò; cấp lại mật khẩu, gỡ xác thực hai bước, mở khóa.",
        frozenset({Right.GRANT_RIGHTS}),
    ),
    Place(
        Page.RIGHTS_REQUESTS,
        "Đăng ký quyền",
        "Văn bản của cơ quan đăng ký quyền cho cán bộ.",
        frozenset({Right.GRANT_RIGHTS}),
    ),
    Place(
        Page.ROLE_HOLDERS,
        "Vai trò của tỉnh",
        "Cơ quan chủ quản, điều phối, vận hành, an toàn, từ ngày nào đến ngày nào.",
        frozenset({Right.GRANT_RIGHTS}),
    ),
    Place(
        Page.USAGE_REVIEW,
        "Rà soát tài khoản",
        "Tài khoản có quyền mà không dùng trong kỳ: ngừng hoặc giữ, có báo cáo.",
        frozenset({Right.GRANT_RIGHTS}),
    ),
    Place(
        Page.GRANTS,
        "Quyền chờ xác nhận",
        "Quyền người khác đề nghị cấp, chờ bạn xác nhận.",
        frozenset({Right.CONFIRM_GRANTS}),
    ),
    Place(
        Page.SUSPENSIONS,
        "Tài khoản tạm ngừng",
        "Xác nhận, chấm dứt việc tạm ngừng tài khoản.",
        frozenset({Right.CONFIRM_SUSPENSION}),
    ),
    Place(
        Page.HOLDS,
        "Giữ lại theo quyết định",
        "Dữ liệu được giữ theo quyết định của người có thẩm quyền.",
        frozenset({Right.READ_HOLDS}),
    ),
    Place(
        Page.BARS,
        "Người không được đặt câu hỏi",
        "Ai tạm thời không được đặt câu hỏi, vì sao, đến khi nào.",
        frozenset({Right.BAR_ASKER}),
    ),
)


def places(rights: Collection[str]) -> tuple[Place, ...]:
    """Give the pages that somebody with these rights has."""
    held = set(rights)
    return tuple(one for one in PLACES if one.rights & held and one.unless not in held)
