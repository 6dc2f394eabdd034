"""The words for how the system stands: what people can do, and what somebody has to see to."""

from collections.abc import Iterable
from typing import Any

CAPABILITIES = {
    "information": "Tra cứu thủ tục",
    "sign_in": "Đăng nhập",
    "submission": "Nộp hồ sơ trực tuyến",
    "handling": "Giải quyết hồ sơ",
    "notices": "Gửi thông báo",
    "figures": "Số liệu thống kê",
}
PARTS = {
    "gateway": "Cổng vào",
    "portal": "Cổng dịch vụ công",
    "identity": "Tài khoản, đăng nhập",
    "catalog": "Danh mục thủ tục",
    "intake": "Tiếp nhận, trả kết quả",
    "processing": "Giải quyết hồ sơ",
    "qa": "Hỏi đáp, phản ánh",
    "notify": "Gửi thông báo",
    "stats": "Số liệu thống kê",
    "registers": "Sổ theo dõi",
}
"""Services in words; beside them stands the name that logs and alerts use."""
WORKER = "-worker"
PROBLEMS = {
    "away": "không trả lời",
    "late_jobs": "việc định kỳ chậm",
    "failed_jobs": "việc định kỳ hỏng",
    "not_told": "sự kiện chưa chuyển đi",
    "dead": "sự kiện bị bỏ lại, chờ người xử lý",
    "disk": "sắp hết chỗ chứa tệp",
    "certificate": "chứng thư số sắp hết hạn",
}
CERTIFICATES = {
    "signers": "Chứng thư ký của cán bộ, cơ quan",
    "signing-authority": "Nơi cấp chứng thư ký",
    "servers-authority": "Nơi cấp chứng thư máy chủ",
    "servers": "Chứng thư máy chủ",
    "edge": "Chứng thư của cổng công khai",
}
"""What certificates are for; others are shown by the name their setting has."""

JOBS = {
    "bulk": "Làm việc hàng loạt đã ra lệnh",
    "check-balance": "Đối chiếu số câu hỏi",
    "check-identity": "Đối chiếu số liệu hồ sơ",
    "deliver": "Gửi thông báo",
    "due-decisions": "Áp dụng quyết định đến ngày hiệu lực",
    "erase-accounts": "Xóa tài khoản đã đóng",
    "flag-change-requests": "Đánh dấu đề nghị cập nhật quá hạn",
    "flag-deadlines": "Đánh dấu hạn xử lý",
    "flag-overdue-checks": "Đánh dấu kiểm tra hồ sơ quá hạn",
    "first-passwords": "Gửi mật khẩu đầu cho cán bộ mới",
    "forget-askers": "Xóa dữ liệu người hỏi, người đánh giá hết hạn giữ",
    "forget-drafts": "Xóa bản nháp hết hạn giữ",
    "forget-expired": "Xóa mã, phiên hết hạn",
    "forget-lent": "Xóa ở cơ quan những câu hỏi đã về tỉnh",
    "forget-notices": "Xóa thông báo hết hạn giữ",
    "forget-uploads": "Xóa tệp không còn dùng",
    "hand-over": "Chuyển giao giữa tỉnh và cơ quan",
    "issue-documents": "Lập giấy tờ, văn bản",
    "mark-erased": "Ghi dấu dữ liệu đã xóa cho bản sao lưu",
    "observe": "Kiểm tra các thành phần",
    "recall-questions": "Lấy lại câu hỏi, phản ánh của cơ quan đã ngừng hoạt động",
    "remind-idle-officers": "Nhắc cán bộ để hồ sơ lâu chưa xem",
    "remind-of-holds": "Nhắc xem lại việc giữ dữ liệu",
    "remind-supplements": "Nhắc bổ sung hồ sơ",
    "rescan-files": "Quét lại mã độc",
    "check-papers": "Kiểm tra chữ ký số của giấy tờ trong kho",
    "retention": "Xóa sự kiện đã xử lý xong",
    "rotate-key": "Đổi khóa ký phiên",
    "seal-audit": "Niêm nhật ký truy cập",
    "seal-columns": "Mã hóa dữ liệu cá nhân",
    "send-digests": "Gửi bản tổng hợp hồ sơ chờ, quá hạn mỗi sáng",
    "ship-audit-head": "Gửi dấu nhật ký ra nơi khác",
    "tell-desks": "Báo bộ phận một cửa có hồ sơ mới",
    "waiting": "Theo dõi sự kiện đang chờ",
    "watch-surveys": "Đóng khảo sát hết hạn, nhắc khảo sát đến kỳ",
}
"""What the clock triggers, in words; guarded: each job of a service has them."""


def part_words(name: str) -> str:
    """Name the service of a process in words; an unknown one by its own name."""
    service = name.removesuffix(WORKER)
    return PARTS.get(service, service)


def job_words(name: str) -> str:
    """Say what a job does; an unknown one by its own name."""
    return JOBS.get(name, name)


def ending(parts: Iterable[Any]) -> list[tuple[str, int]]:
    """Return how many days certificates have left, the first to end first, each kind once."""
    found: dict[str, int] = {}
    for part in parts:
        for name, days in part.days_left.items():
            found[name] = min(days, found.get(name, days))
    return sorted(found.items(), key=lambda one: one[1])
