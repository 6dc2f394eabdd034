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


def part_words(name: str) -> str:
    """Name the service of a process in words; an unknown one by its own name."""
    service = name.removesuffix(WORKER)
    return PARTS.get(service, service)


def ending(parts: Iterable[Any]) -> list[tuple[str, int]]:
    """Return how many days certificates have left, the first to end first, each kind once."""
    found: dict[str, int] = {}
    for part in parts:
        for name, days in part.days_left.items():
            found[name] = min(days, found.get(name, days))
    return sorted(found.items(), key=lambda one: one[1])
